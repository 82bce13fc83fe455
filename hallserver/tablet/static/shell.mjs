// @ts-check
/** The frame around every page: where one is, who is signed in, the hall's clock, how old the picture is. Pure. */

import { h, picto } from "./html.mjs";
import { BUS_SIGNS, hallOf, ofKind, printersOf, troubledPrints, waitingForReview } from "./replica_views.mjs";

/** @typedef {import("./parts.mjs").Eyes} Eyes */
/** @typedef {import("./html.mjs").Child} Child */

const SIGN_AFTER_MS = 10_000;
const STALE_AFTER_MS = 60_000;

/** Signs of the pages themselves. */
const UI_SIGNS = [
  "warning",
  "clock",
  "ok",
  "qr",
  "back",
  "bus",
  "speaker",
  "own-way",
  "people2",
  "staff",
  "fair",
  "home",
  "jobs",
  "number",
  "me",
  "printer",
  "paper",
  "rights",
];

/** Pictures that may first be needed when the server is gone are fetched before, unseen. @param {Eyes} eyes */
function fetchedAhead(eyes) {
  const trades = hallOf(eyes.model.items).trades.map((/** @type {any} */ trade) => picto("trades", trade.pictogram));
  return h(
    "div.visually-hidden",
    { "aria-hidden": "true", key: "ahead" },
    UI_SIGNS.map((sign) => picto("ui", sign)),
    BUS_SIGNS.map((sign) => picto("signs", sign)),
    trades,
  );
}

/** Doors of the rail: page, pictogram, the command that opens it. */
const DOORS = [
  { page: "jobs", sign: "jobs", command: "approve-job" },
  { page: "queue", sign: "number", command: "call-next" },
  { page: "buses", sign: "bus", command: "board" },
  { page: "people", sign: "me", command: "register-worker" },
  { page: "paper", sign: "paper", command: "take-in" },
  { page: "devices", sign: "printer", command: "pair-device" },
];

/** @typedef {"loading" | "fresh" | "ageing" | "stale"} Freshness */

/** What age says, whatever the socket says. @param {number | null} ageMs @returns {Freshness} */
export function freshness(ageMs) {
  if (ageMs === null) return "loading";
  if (ageMs < SIGN_AFTER_MS) return "fresh";
  return ageMs < STALE_AFTER_MS ? "ageing" : "stale";
}

/** Pages this person may open, first the one to start with. @param {(command: string) => boolean} may @returns {string[]} */
export function pagesOpen(may) {
  return DOORS.filter(({ command }) => may(command)).map(({ page }) => page);
}

/** @param {Eyes} eyes @param {{title: Child, back?: {page: string, id?: string} | null, isWide?: boolean}} head @param {Child[]} body */
export function frame(eyes, head, ...body) {
  const { back = null, isWide = false } = head;
  return h(
    "div.frame",
    { "data-rail": isWide ? "none" : "shown" },
    h(
      "header.bar",
      null,
      back && leave(eyes, back),
      h("h1", { tabindex: "-1", id: "title" }, head.title),
      cutOff(eyes),
      h("div.signs", null, demo(eyes), who(eyes), language(eyes), clock(eyes)),
    ),
    !isWide && rail(eyes),
    h("main", null, stale(eyes), body),
    fetchedAhead(eyes),
  );
}

/** @param {Eyes} eyes @param {{page: string, id?: string}} back */
function leave(eyes, back) {
  return h(
    "button.back",
    { type: "button", "aria-label": eyes.t("tablet.back"), on: { click: { do: "go", ...back } } },
    picto("ui", "back"),
  );
}

/** @param {Eyes} eyes */
function rail(eyes) {
  const open = pagesOpen(eyes.may);
  const { items } = eyes.model;
  const slips = troubledPrints(items, eyes.clock?.at(eyes.now) ?? 0).length;
  const looked = slips + printersOf(items).filter((one) => one.stop || one.is_near_end).length;
  const alarms = { jobs: waitingForReview(items), devices: looked, paper: ofKind(items, "paper").length };
  const door = (/** @type {{page: string, sign: string}} */ { page, sign }) => {
    const alarm = alarms[/** @type {"jobs"} */ (page)] ?? 0;
    const isHere = eyes.model.page.name === page;
    return h(
      "button.door",
      { type: "button", "aria-current": isHere ? "page" : null, on: { click: { do: "go", page } } },
      picto("ui", sign),
      h("span", null, eyes.t(`tablet.door.${page}`)),
      alarm > 0 && h("b.alarm", { "aria-label": eyes.t(`tablet.alarm.${page}`, { count: alarm }) }, alarm),
    );
  };
  return h(
    "nav.rail",
    { "aria-label": eyes.t("tablet.doors") },
    DOORS.filter(({ page }) => open.includes(page)).map(door),
  );
}

/** The moment contact was lost and what waits to be sent; nothing while fresh. @param {Eyes} eyes */
function cutOff(eyes) {
  const age = freshness(eyes.model.ageMs);
  const count = [...eyes.model.busy.values()].filter((state) => state === "repeating").length;
  const parts = [
    age === "fresh" || age === "loading" ? "" : eyes.t("tablet.offline_since", { at: lostAt(eyes) }),
    count > 0 ? eyes.t("tablet.unsent", { count }) : "",
  ];
  const words = eyes.say(parts);
  return words && h("span.offline", { role: "status", key: "offline" }, words);
}

/** @param {Eyes} eyes */
const demo = (eyes) => hallOf(eyes.model.items).demo && h("span.demo", null, eyes.t("hall.demo"));

/** @param {Eyes} eyes */
const lostAt = (eyes) => clockShort(eyes.clock?.wallClock(eyes.now - (eyes.model.ageMs ?? 0)) ?? "");

/** "05:42" as people write it. @param {string} time */
export const clockShort = (time) => time.replace(/^0(?=\d:)/, "");

/** @param {Eyes} eyes */
function stale(eyes) {
  if (freshness(eyes.model.ageMs) !== "stale") return null;
  return h(
    "div.stale",
    { role: "alert", key: "stale" },
    picto("ui", "warning"),
    h("p", null, h("strong", null, eyes.t("tablet.stale", { at: lostAt(eyes) })), " ", eyes.t("tablet.stale_next")),
  );
}

/** @param {Eyes} eyes */
function who(eyes) {
  const { staff } = eyes.model.session;
  return h(
    "button.who",
    {
      type: "button",
      "aria-label": eyes.t("tablet.sign_out_of", { name: staff.name }),
      on: { click: { do: "go", page: "me" } },
    },
    picto("ui", "me"),
    h("span.name", null, staff.name),
  );
}

/** @param {Eyes} eyes */
export function language(eyes) {
  return h(
    "button.language",
    { type: "button", lang: eyes.t("tablet.other_language.tag"), on: { click: { do: "language" } } },
    eyes.t("tablet.other_language"),
  );
}

/** @param {Eyes} eyes */
function clock(eyes) {
  const time = eyes.clock ? clockShort(eyes.clock.wallClock(eyes.now)) : "";
  return h("time.clock", { "aria-label": eyes.t("tablet.hall_clock", { time }) }, time);
}

/** An instant as the hall's clocks show it, "6:20"; nothing before the clock is known. @param {Eyes} eyes @param {string | null} instant */
export function localTime(eyes, instant) {
  if (!eyes.clock || !instant) return "";
  return clockShort(new Date(Date.parse(instant) + eyes.clock.offsetMs).toISOString().slice(11, 16));
}
