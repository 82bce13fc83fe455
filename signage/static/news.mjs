// @ts-check
/** Posts that deserve a moment at the top of the list: new, better paid, filled. Pure: a short line that never grows long. */

/** @typedef {"new" | "raised" | "full"} Kind */
/** @typedef {{key: string, kind: Kind}} Piece */

export const SHOWN_MS = 8000;
export const PACE_MS = 700;
/** At most so many stand above the list at once. */
export const SLOTS = 2;
const WAITING_MAX = 3;
/** @type {Record<Kind, number>} */
const WEIGHT = { new: 0, raised: 1, full: 2 };

/**
 * What a change is worth telling: a post that was not there, a raise not yet told, a post that just filled.
 * @param {Record<string, any> | undefined} before @param {Record<string, any> | undefined} after @returns {Kind | null}
 */
export function kindOf(before, after) {
  if (!after) return null;
  if (after.state === "full") return before && before.state !== "full" ? "full" : null;
  if (!before) return "new";
  return after.raised && after.raised.at !== before.raised?.at ? "raised" : null;
}

/** The line with a piece added, newest first among equals; what does not fit is not told here: it comes round with the others.
 * @param {Piece[]} waiting @param {Piece} piece @returns {Piece[]} */
export function enqueue(waiting, piece) {
  const others = waiting.filter((one) => one.key !== piece.key);
  return [piece, ...others].sort((a, b) => WEIGHT[a.kind] - WEIGHT[b.kind]).slice(0, WAITING_MAX);
}
