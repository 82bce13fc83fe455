// @ts-check
/** Tells a typing scanner (a keyboard to the machine) from fingers: many keys at once, then Enter. Pure. */

const BETWEEN_MS = 60;
const SHORTEST = 8;

export class Burst {
  constructor() {
    this.typed = "";
    this.lastAt = -Infinity;
  }

  /** True while what comes can only be a scanner. */
  get isRunning() {
    return this.typed.length >= 3;
  }

  /** The code when a burst ends with Enter, else null. @param {string} key of the KeyboardEvent @param {number} at ms @returns {string | null} */
  press(key, at) {
    const goesOn = at - this.lastAt <= BETWEEN_MS;
    if (key === "Shift") return null;
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
