// @ts-check
/** Reads the staff replica for the pages: which posts, buses, seats, numbers, machines. Decides no rule. Pure. */

/** @typedef {Map<string, Record<string, any>>} Items */
/** @typedef {{id: string} & Record<string, any>} Entry */

/** Picture signs a bus may carry, in the order in which they are offered. */
export const BUS_SIGNS = [
  "star",
  "triangle",
  "circle",
  "fish",
  "umbrella",
  "square",
  "moon",
  "flower",
  "bird",
  "tree",
  "heart",
  "house",
];

/** All items of a kind with their ids. @param {Items} items @param {string} kind @returns {Entry[]} */
export function ofKind(items, kind) {
  const head = `${kind}/`;
  return [...items]
    .filter(([key]) => key.startsWith(head))
    .map(([key, item]) => ({ id: key.slice(head.length), ...item }));
}

/** @param {Items} items @param {string} kind @param {string} id @returns {Entry | null} */
export function one(items, kind, id) {
  const item = items.get(`${kind}/${id}`);
  return item ? { id, ...item } : null;
}

/** The hall's own choices; an empty hall before the first picture. @param {Items} items */
export function hallOf(items) {
  return /** @type {any} */ (
    items.get("hall/main") ?? { services: [], counters: [], trades: [], name: null, demo: false }
  );
}

/** @typedef {"all" | "waiting" | "live"} JobFilter */

/** Posts that match, newest first (ids are made in the order of time). @param {Items} items @param {string} search @param {JobFilter} filter @param {(value: any) => string} say */
export function jobsFound(items, search, filter, say) {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (/** @type {Entry} */ job) => {
    const text = `${say(job.title)} ${job.employer} ${job.place}`.toLowerCase();
    return isOfFilter(job, filter) && words.every((word) => text.includes(word));
  };
  return ofKind(items, "job")
    .filter(fits)
    .sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** @param {Entry} job @param {JobFilter} filter */
function isOfFilter(job, filter) {
  if (filter === "waiting") return job.review === "submitted";
  return filter === "all" || job.state === "live";
}

/** @param {Items} items */
export function waitingForReview(items) {
  return ofKind(items, "job").filter((job) => job.review === "submitted").length;
}

/** Buses of a business day, the next to leave first, gone ones last. @param {Items} items @param {string} day */
export function tripsOf(items, day) {
  const isGone = (/** @type {Entry} */ trip) => ["departed", "cancelled"].includes(trip.state);
  return ofKind(items, "trip")
    .filter((trip) => trip.day === day)
    .sort((a, b) => Number(isGone(a)) - Number(isGone(b)) || (a.departs_at + a.sign < b.departs_at + b.sign ? -1 : 1));
}

/** Seats of a bus that match a tail or number: missing ones by number, then who boarded, newest first. @param {Items} items @param {string} trip @param {string} search */
export function seatsOf(items, trip, search) {
  const wanted = search.trim().toUpperCase();
  const fits = (/** @type {Entry} */ seat) => seat.trip === trip && `${seat.number} ${seat.tail}`.includes(wanted);
  return ofKind(items, "seat").filter(fits).sort(bySeat);
}

/** @param {Entry} a @param {Entry} b */
function bySeat(a, b) {
  if (a.state !== b.state) return a.state === "aboard" ? -1 : 1;
  if (a.state === "aboard" && a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.number < b.number ? -1 : 1;
}

/** Who waits for one of these services, longest first. @param {Items} items @param {string[]} services */
export function waitingFor(items, services) {
  return ofKind(items, "ticket")
    .filter((ticket) => ticket.state === "waiting" && services.includes(ticket.service))
    .sort((a, b) => (a.issued_at + a.number < b.issued_at + b.number ? -1 : 1));
}

/** @param {Items} items */
export function countersOf(items) {
  return ofKind(items, "counter")
    .map((desk) => ({ ...desk, number: Number(desk.id) }))
    .sort((a, b) => a.number - b.number);
}

const ROLES = ["wall", "kiosk", "printer", "tablet", "network"];

/** Machines that may come in first, by role and name. @param {Items} items */
export function devicesOf(items) {
  const rank = (/** @type {Entry} */ device) =>
    `${device.state === "active" ? 0 : 1}${ROLES.indexOf(device.role)}${device.name}`;
  return ofKind(items, "device").sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

const WAITS_LONG_MS = 60_000;

/** Slips that somebody must look after, newest first: not out, perhaps out, or waiting for more than a minute.
 * @param {Items} items @param {number} hallNow ms since 1970, hall time */
export function troubledPrints(items, hallNow) {
  const isTrouble = (/** @type {Entry} */ job) =>
    job.state === "failed" || job.state === "unknown" || hallNow - Date.parse(job.at) > WAITS_LONG_MS;
  return ofKind(items, "print")
    .filter(isTrouble)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** Machines that print, as they last said; those in trouble first. @param {Items} items */
export function printersOf(items) {
  const rank = (/** @type {Entry} */ one) => `${one.stop ? 0 : one.is_near_end ? 1 : 2}${one.name}`;
  return ofKind(items, "printer")
    .filter((one) => items.get(`device/${one.id}`)?.state === "active")
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** A business day some days on, "2026-11-21". @param {string} day @param {number} on */
export function dayAfter(day, on) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + on * 86_400_000).toISOString().slice(0, 10);
}
