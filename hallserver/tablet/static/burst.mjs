// @ts-check
/** Tells a typing scanner (a keyboard to the machine) from fingers: many keys at once, then Enter. Pure. */

const BETWEEN_MS = 80;
const SHORTEST = 8;

export class Burst {
  constructor() {
    this.typed = "";
    this.lastAt = -Infinity;
  }

  /** Whether a key pressed now would be the first of a burst. @param {number} at ms */
  beginsAt(at) {
    return this.typed === "" || at - this.lastAt > BETWEEN_MS;
  }

  /** The code when a burst ends with Enter, else null. @param {string} key of the KeyboardEvent @param {number} at ms @returns {string | null} */
  press(key, at) {
    if (key === "Shift") return null;
    const goesOn = !this.beginsAt(at);
    this.lastAt = at;
    if (key === "Enter") {
      const code = goesOn && this.typed.length >= SHORTEST ? this.typed : null;
      this.typed = "";
      return code;
    }
    if (key.length === 1) this.typed = goesOn ? this.typed + key : key;
    return null;
  }
}
