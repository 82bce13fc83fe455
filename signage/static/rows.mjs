// @ts-check
/** A post as a row of the wall, the order of rows, and the hall's totals. Pure: knows no page; words come from a speaker. */

/** @typedef {{say: (value: any) => string, text: (id: string, facts?: Record<string, any>) => string}} Speaker */
/** @typedef {{kind: "daily" | "settle" | "bus" | "perk", text: string, sign: string | null}} Tag */
/**
 * @typedef {object} RowView
 * @property {string} key
 * @property {string | null} pictogram  name under `trades/`
 * @property {string} title
 * @property {string[]} facts  employer, place, day and hours, for how long
 * @property {Tag[]} tags  settlement first, then the bus, then what else there is
 * @property {string} amount
 * @property {string} unit
 * @property {string} left  places left, or the word for none
 * @property {string} leftLabel  empty where the post is full
 * @property {boolean} isFull
 * @property {string} raised  words of a raise, else empty
 */

const JOB = "job/";
const PLAIN_NAME = /^[a-z0-9-]+$/;

/** @param {string} key */
export function isJob(key) {
  return key.startsWith(JOB);
}

/** @param {string} key @param {Record<string, any>} item @param {Speaker} speaker @returns {RowView} */
export function rowView(key, item, speaker) {
  const isFull = item.state === "full";
  return {
    key,
    pictogram: plainName(item.pictogram),
    title: speaker.say(item.title),
    facts: [item.employer, item.place, ...[item.when].flat().map((part) => speaker.say(part))].filter(Boolean),
    tags: tagsOf(item, speaker),
    amount: item.pay.amount,
    unit: speaker.say(item.pay.unit),
    left: isFull ? speaker.text("wall.full") : String(item.left),
    leftLabel: isFull ? "" : speaker.text("wall.left"),
    isFull,
    raised: item.raised && !isFull ? speaker.text("wall.raised", { from: item.raised.from, to: item.raised.to }) : "",
  };
}

/** @param {Record<string, any>} item @param {Speaker} speaker @returns {Tag[]} */
function tagsOf(item, speaker) {
  /** @type {Tag[]} */
  const tags = [{ kind: item.settlement === "daily" ? "daily" : "settle", text: speaker.say(item.settle), sign: null }];
  if (item.bus) {
    tags.push({ kind: "bus", text: speaker.text("wall.bus_tag", { at: item.bus.at }), sign: plainName(item.bus.sign) });
  }
  for (const perk of item.perks) tags.push({ kind: "perk", text: speaker.say(perk), sign: null });
  return tags;
}

/** A picture's name that can be nothing but a name in a path, else null. @param {unknown} name */
export function plainName(name) {
  return typeof name === "string" && PLAIN_NAME.test(name) ? name : null;
}

/** Keys of the posts in the order of the wall: by rank, then by key so that equals keep their places.
 * @param {Map<string, Record<string, any>>} items @returns {string[]} */
export function jobOrder(items) {
  const ranked = [...items].filter(([key]) => isJob(key)).map(([key, item]) => ({ key, place: placeOf(key, item) }));
  ranked.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  return ranked.map((one) => one.key);
}

/** What a row is sorted by. @param {string} key @param {Record<string, any>} item */
export function placeOf(key, item) {
  return `${item.rank} ${key}`;
}

/** Open posts and the places they still have. @param {Map<string, Record<string, any>>} items */
export function totals(items) {
  let count = 0;
  let places = 0;
  for (const [key, item] of items) {
    if (!isJob(key) || item.state !== "live") continue;
    count += 1;
    places += item.left;
  }
  return { count, places };
}

/** Splits words into figures, grouped by thousands, and what stands between them.
 * @param {string} words @returns {{text: string, isFigure: boolean}[]} */
export function figures(words) {
  return words
    .split(/(\d+)/)
    .filter(Boolean)
    .map((part) => {
      const isFigure = /^\d+$/.test(part);
      return { text: isFigure ? Number(part).toLocaleString("en-US") : part, isFigure };
    });
}
