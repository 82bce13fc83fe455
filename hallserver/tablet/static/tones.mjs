// @ts-check
/** A short sound and a shake for a scan: high and once when somebody is aboard, low and twice when not. Never the only sign. */

/** @type {AudioContext | null} */
let audio = null;

/** @param {boolean} isGood */
export function chime(isGood) {
  navigator.vibrate?.(isGood ? 60 : [120, 80, 120]);
  audio ??= new AudioContext();
  if (audio.state === "suspended") void audio.resume();
  const starts = isGood ? [0] : [0, 0.18];
  for (const start of starts) beep(audio, isGood ? 1320 : 220, audio.currentTime + start);
}

/** @param {AudioContext} audio @param {number} hertz @param {number} at */
function beep(audio, hertz, at) {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.value = 0.15;
  tone.frequency.value = hertz;
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.12);
}
