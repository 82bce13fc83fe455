// @ts-check
/** Called numbers and the departure board. Pure: words come from a speaker, time as an argument. */

import { plainName } from "./rows.mjs";

/** @typedef {import("./rows.mjs").Speaker} Speaker */
/** @typedef {Record<string, any>} Item */

const SPOKEN_WITHIN_MS = 30_000;
const COUNTS_FROM_MIN = 90;

/** Calls, newest first. @param {Map<string, Item>} items @returns {Item[]} */
export function calls(items) {
  const all = [...items].filter(([key]) => key.startsWith("call/")).map(([, item]) => item);
  return all.sort((a, b) => b.order - a.order);
}

/** Each number once, as it was called last. @param {Item[]} newestFirst @returns {Item[]} */
export function eachOnce(newestFirst) {
  const told = new Set();
  return newestFirst.filter((call) => !told.has(call.number) && told.add(call.number));
}

/**
 * Calls to be told now, oldest first: newer than the last told one and less than 30 s of real time old.
 * @param {Item[]} newestFirst @param {number} toldOrder @param {number} hallNow ms @param {number} rate hall seconds per real second
 */
export function untold(newestFirst, toldOrder, hallNow, rate) {
  const isRecent = (/** @type {Item} */ call) => hallNow - Date.parse(call.at) < SPOKEN_WITHIN_MS * rate;
  return newestFirst.filter((call) => call.chime && call.order > toldOrder && isRecent(call)).reverse();
}

/**
 * @typedef {object} BusView
 * @property {string} key
 * @property {string | null} sign
 * @property {string} dest
 * @property {string} at
 * @property {string} where  bay, and in how many minutes
 * @property {string} seats
 * @property {"open" | "boarding" | "none" | "over"} tone
 */

/** Countdowns that never count up: what was said last, per trip and departure. */
export class Countdown {
  constructor() {
    /** @type {Map<string, {departs: string, minutes: number}>} */
    this.said = new Map();
  }

  /** @param {string} key @param {string} departs @param {number} minutes */
  least(key, departs, minutes) {
    const before = this.said.get(key);
    const least = before && before.departs === departs ? Math.min(before.minutes, minutes) : minutes;
    this.said.set(key, { departs, minutes: least });
    return least;
  }

  /** @param {Set<string>} keys those still on the board */
  keepOnly(keys) {
    for (const key of this.said.keys()) if (!keys.has(key)) this.said.delete(key);
  }
}

/** The next buses by departure. @param {Map<string, Item>} items @returns {[string, Item][]} */
export function busOrder(items) {
  const trips = [...items].filter(([key]) => key.startsWith("trip/"));
  return trips.sort(([a, one], [b, other]) => byText(one.departs_at + a, other.departs_at + b));
}

/** @param {string} a @param {string} b */
function byText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @param {[string, Item]} trip @param {number} minutes  until departure, 0 when it is due @param {Speaker} speaker @returns {BusView} */
export function busView([key, item], minutes, speaker) {
  const isOver = item.state === "departed" || item.state === "cancelled";
  const bay = speaker.text("wall.bay", { bay: item.bay });
  return {
    key,
    sign: plainName(item.sign),
    dest: item.dest,
    at: item.at,
    where: isOver ? bay : speaker.say([bay, soon(item, minutes, speaker)]),
    seats: isOver ? speaker.text(`wall.${item.state}`) : seats(item.left, speaker),
    tone: isOver ? "over" : item.left <= 0 ? "none" : item.state === "boarding" ? "boarding" : "open",
  };
}

/** @param {Item} item @param {number} minutes @param {Speaker} speaker */
function soon(item, minutes, speaker) {
  if (item.state === "boarding") return speaker.text("wall.boarding");
  if (minutes > COUNTS_FROM_MIN) return "";
  return minutes > 0 ? speaker.text("wall.minutes_left", { count: minutes }) : speaker.text("wall.overdue");
}

/** @param {number} left @param {Speaker} speaker */
function seats(left, speaker) {
  return left > 0 ? speaker.text("wall.seats", { count: left }) : speaker.text("wall.no_seats");
}
