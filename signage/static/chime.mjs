// @ts-check
/** Two short tones before a number is called, made by the page itself; no file. Silent where the browser forbids sound. */

const TONES_HZ = [659.26, 523.25];
const TONE_S = 0.32;
const LOUDNESS = 0.35;

export class Chime {
  constructor() {
    /** @type {AudioContext | null} */
    this.context = null;
  }

  /** @returns {number} ms until it is over */
  ring() {
    this.context ??= new AudioContext();
    const context = this.context;
    if (context.state === "suspended") context.resume().catch(() => undefined);
    TONES_HZ.forEach((hertz, nth) => tone(context, hertz, context.currentTime + nth * TONE_S));
    return TONES_HZ.length * TONE_S * 1000;
  }
}

/** @param {AudioContext} context @param {number} hertz @param {number} at */
function tone(context, hertz, at) {
  const source = new OscillatorNode(context, { frequency: hertz });
  const swell = new GainNode(context, { gain: 0 });
  swell.gain.setValueAtTime(0, at);
  swell.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  swell.gain.exponentialRampToValueAtTime(0.001, at + TONE_S);
  source.connect(swell).connect(context.destination);
  source.start(at);
  source.stop(at + TONE_S);
}
