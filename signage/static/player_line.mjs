// @ts-check
/** Tells the player that runs this page what it must know: what to say and how the page stands. Without a player: nobody. */

/** @typedef {{kind: "say", message: any, language: string, today: string} | {kind: "stands", standing: string} | {kind: "shut-out"}} Told */

/** @param {Told} told */
export function tellPlayer(told) {
  const line = /** @type {{gighallTell?: (text: string) => void}} */ (/** @type {unknown} */ (globalThis));
  line.gighallTell?.(JSON.stringify(told));
}
