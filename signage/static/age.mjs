// @ts-check
/** What a wall says about the age of its picture. Pure; decided by elapsed time since the last frame, never by the socket. */

export const AGED_MS = 10_000;
export const STALE_MS = 60_000;

/** @typedef {"waiting" | "fresh" | "aged" | "stale" | "never"} Standing */

/**
 * waiting: nothing came yet, and not for long; never: nothing came for a minute; fresh: current; aged: a small sign says
 * so; stale: the picture gives way to "not current".
 * @param {number | null} ageMs  since the last frame; null where there never was one
 * @param {number} sinceStartMs
 * @param {boolean} isLoaded  a first picture came
 * @returns {Standing}
 */
export function standing(ageMs, sinceStartMs, isLoaded) {
  if (ageMs === null || !isLoaded) return sinceStartMs >= STALE_MS ? "never" : "waiting";
  if (ageMs >= STALE_MS) return "stale";
  return ageMs >= AGED_MS ? "aged" : "fresh";
}

/** An age as a message for the catalogue, in the largest unit that is at least one. @param {number} ageMs */
export function ageFacts(ageMs) {
  const seconds = Math.floor(ageMs / 1000);
  if (seconds < 60) return { id: "wall.seconds", count: seconds };
  if (seconds < 3600) return { id: "wall.minutes", count: Math.floor(seconds / 60) };
  return { id: "wall.hours", count: Math.floor(seconds / 3600) };
}
