// @ts-check
/** The door of one bus: scan, answer as colour and word, who is missing, undo, depart; the manifest afterwards. Pure view. */

import { h, picto } from "../html.mjs";
import { button, field, isBusy, nothing, said } from "../parts.mjs";
import { one, seatsOf } from "../replica_views.mjs";
import { localTime } from "../shell.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

const LONG_MIN = 90;

/** @param {Eyes} eyes @param {string} id */
export function boardingTitle(eyes, id) {
  const trip = one(eyes.model.items, "trip", id);
  if (!trip) return eyes.t("tablet.door.buses");
  return h("span.trip-title", null, h("strong", null, trip.at), picto("signs", trip.sign, eyes.t(`sign.${trip.sign}`)), h("span.dest", null, trip.dest), h("span.bay", null, eyes.t("tablet.bay", { bay: trip.bay })));
}

/** @param {Eyes} eyes @param {string} id */
export function boardingPage(eyes, id) {
  const trip = one(eyes.model.items, "trip", id);
  if (!trip) return nothing("bus", eyes.t("refusal.NOT_FOUND"));
  if (trip.state === "departed") return manifestPage(eyes, trip);
  return h("section.boarding", null, h("div.door", null, answer(eyes, trip), door(eyes, trip)), list(eyes, trip));
}

/** @typedef {{tone: "calm" | "wait" | "good" | "bad", word: any, number: any, line: any}} Said the half of the screen that answers */

/** The four words of the half screen. @param {Eyes} eyes @param {any} trip @returns {Said} */
export function answerOf(eyes, trip) {
  const { t, model } = eyes;
  const scan = model.scan?.trip === trip.id ? model.scan : null;
  const count = counted(trip.aboard, trip.expected);
  if (trip.state === "planned") return { tone: "calm", word: t("tablet.trip.planned"), number: counted(trip.aboard, trip.expected), line: t("tablet.open_first") };
  if (!scan) return { tone: "calm", word: t("tablet.scan_now"), number: count, line: t("tablet.scan_how") };
  if (scan.state === "asking") return { tone: "wait", word: t("tablet.asking"), number: count, line: t("tablet.tail", { tail: scan.shown }) };
  if (scan.state === "repeating") return { tone: "wait", word: t("tablet.asking_again"), number: count, line: t("tablet.asking_again_line") };
  if (scan.state === "lost") return { tone: "bad", word: t("tablet.not_taken"), number: null, line: t("tablet.not_taken_line") };
  return scan.state === "aboard" ? aboard(eyes, scan.body) : REFUSED[/** @type {"NO_SEAT"} */ (scan.code)]?.(eyes, scan.facts) ?? refused(eyes, scan.code, scan.facts);
}

/** @param {number} aboard @param {number} expected */
const counted = (aboard, expected) => h("span.counted", null, aboard, h("small", null, `/${expected}`));

/** @param {Eyes} eyes @param {any} body @returns {Said} */
function aboard(eyes, body) {
  const { t, say } = eyes;
  const party = body.party > 1 ? t("tablet.party", { count: body.party }) : "";
  return { tone: "good", word: t("tablet.aboard"), number: counted(body.aboard, body.expected), line: say([body.label, t("tablet.tail", { tail: body.tail }), party]) };
}

/** @type {Record<string, (eyes: Eyes, facts: any) => Said>} */
const REFUSED = {
  ALREADY_ABOARD: (eyes, facts) => ({ tone: "bad", word: eyes.t("tablet.already"), number: facts.at, line: eyes.say([eyes.t("tablet.by", { name: facts.by }), eyes.t("tablet.tail", { tail: facts.tail })]) }),
  WRONG_BUS: (eyes, facts) => ({
    tone: "bad", word: eyes.t("tablet.wrong_bus"),
    number: h("span.right-bus", null, picto("signs", facts.sign, eyes.t(`sign.${facts.sign}`)), facts.at),
    line: eyes.say([eyes.t("tablet.goes_with", { sign: eyes.t(`sign.${facts.sign}`), bay: facts.bay }), eyes.t("tablet.tail", { tail: eyes.model.scan.shown })]),
  }),
};

/** @param {Eyes} eyes @param {string} code @param {any} facts @returns {Said} */
const refused = (eyes, code, facts) => ({ tone: "bad", word: eyes.t("tablet.not_aboard"), number: null, line: eyes.t(`refusal.${code}`, facts) });

/** @param {Eyes} eyes @param {any} trip */
function answer(eyes, trip) {
  const { tone, word, number, line } = answerOf(eyes, trip);
  const sign = { good: "ok", bad: "warning", wait: "clock", calm: trip.state === "planned" ? "bus" : "qr" }[tone];
  const undo = alreadySeat(eyes, trip);
  return h("div.answer", { "data-tone": tone, role: "status", "aria-live": "assertive" },
    h("p.word", null, picto("ui", sign), h("span", null, word)), number !== null && h("p.figure", null, number), h("p.line", null, line),
    undo && h("button.on-colour", { type: "button", on: { click: { do: "undo", trip: trip.id, seat: undo.id } } }, eyes.t("tablet.undo_that")));
}

/** The seat of a second scan, so that a mistaken first one can be taken back on the spot. @param {Eyes} eyes @param {any} trip */
function alreadySeat(eyes, trip) {
  const { scan, items } = eyes.model;
  if (scan?.trip !== trip.id || scan.code !== "ALREADY_ABOARD") return null;
  return seatsOf(items, trip.id, scan.facts.tail).find((seat) => seat.tail === scan.facts.tail && seat.state === "aboard") ?? null;
}

/** @param {Eyes} eyes @param {any} trip */
function door(eyes, trip) {
  const { t, model } = eyes;
  if (trip.state === "planned") return h("div.scan", null, said(eyes, "open"), button(eyes, ".go.huge", { do: "open", trip: trip.id }, t("tablet.open_boarding")));
  const typed = model.forms.scan?.code ?? "";
  return h("form.scan", { on: { submit: { do: "scan-typed", trip: trip.id } } },
    field(eyes, { form: "scan", name: "code", label: t("tablet.type_code"), maxlength: 40, inputmode: "text" }),
    h("button.light", { type: "submit", disabled: typed.trim() === "" || isBusy(eyes, "scan") }, t("tablet.check_code")));
}

/** @param {Eyes} eyes @param {any} trip */
function list(eyes, trip) {
  const { t, model } = eyes;
  const seats = seatsOf(model.items, trip.id, model.forms.seats?.search ?? "");
  const share = trip.expected ? trip.aboard / trip.expected : 0;
  return h("div.list", null,
    h("h2", null, t("tablet.missing", { count: trip.missing }), " · ", t("tablet.empty", { count: trip.empty })),
    h("p.quiet-text", null, eyes.say([leavesIn(eyes, trip), t("tablet.capacity", { count: trip.capacity }), t("tablet.bay", { bay: trip.bay })])),
    h("div.share", { role: "progressbar", "aria-valuemin": "0", "aria-valuemax": trip.expected, "aria-valuenow": trip.aboard, "aria-label": t("tablet.aboard_of", { aboard: trip.aboard, expected: trip.expected }), vars: { "--share": String(share) } }, h("span", null)),
    h("input.find", { type: "search", "aria-label": t("tablet.find_seat"), placeholder: t("tablet.find_seat"), value: model.forms.seats?.search ?? "", autocomplete: "off", on: { input: { do: "type", form: "seats", name: "search" } } }),
    said(eyes, "undo"),
    h("ul.seats", { tabindex: "0", "aria-label": t("tablet.seats") }, seats.length ? seats.map((seat) => row(eyes, trip, seat)) : h("li.none", null, t(trip.expected ? "tablet.no_match" : "tablet.no_seats"))),
    h("div.bottom", null, said(eyes, "depart"), trip.state === "boarding" && h("button.go.hold", { type: "button", disabled: isBusy(eyes, "depart"), "aria-describedby": "hold-how", on: { hold: { do: "depart", trip: trip.id } } }, h("span", null, t("tablet.hold_depart"))), trip.state === "boarding" && h("p.visually-hidden", { id: "hold-how" }, t("tablet.hold_how"))));
}

/** @param {Eyes} eyes @param {any} trip */
function leavesIn(eyes, trip) {
  if (!eyes.clock) return "";
  const minutes = eyes.clock.minutesUntil(trip.departs_at, eyes.now);
  if (minutes > LONG_MIN) return eyes.t("tablet.leaves_in_hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return minutes > 0 ? eyes.t("tablet.leaves_in", { count: minutes }) : eyes.t("tablet.leaves_now");
}

/** @param {Eyes} eyes @param {any} trip @param {any} seat */
function row(eyes, trip, seat) {
  const { t } = eyes;
  const isAboard = seat.state === "aboard";
  const state = isAboard ? since(eyes, seat) : t("tablet.expected");
  const party = seat.party > 1 && h("small", null, t("tablet.party", { count: seat.party }));
  const undo = isAboard && trip.state === "boarding";
  return h("li.seat", { key: seat.id, "data-state": seat.state, "data-fresh": String(eyes.model.scan?.body?.seat === seat.id) },
    h("b.tail", null, seat.tail), h("span.who", null, h("span", null, seat.number), h("small", null, state), party),
    undo && button(eyes, ".plain", { do: "undo", trip: trip.id, seat: seat.id, slot: `undo-${seat.id}` }, t("tablet.undo")));
}

/** How long aboard, in words. @param {Eyes} eyes @param {any} seat */
function since(eyes, seat) {
  const minutes = eyes.clock ? Math.max(0, Math.floor((eyes.clock.at(eyes.now) - Date.parse(seat.at)) / 60_000)) : 0;
  return minutes < 1 ? eyes.t("tablet.just_now") : eyes.t("tablet.minutes_ago", { count: minutes });
}

/** What left, frozen; also what the printed page shows. @param {Eyes} eyes @param {any} trip */
function manifestPage(eyes, trip) {
  const { t, model } = eyes;
  const held = model.manifest?.trip === trip.id ? model.manifest : null;
  if (!held) return h("section.manifest", null, said(eyes, "manifest") ?? (isBusy(eyes, "manifest") && h("p.quiet-text", { role: "status" }, t("tablet.loading"))), button(eyes, ".quiet", { do: "manifest", trip: trip.id }, t("tablet.load_again")));
  const cells = (/** @type {any} */ seat) => [seat.number, seat.tail, name(eyes, seat), seat.party, t(`tablet.seat.${seat.state}`), seat.at ? localTime(eyes, seat.at) : "—"];
  const line = (/** @type {any} */ seat) => h("tr", { key: seat.number, "data-state": seat.state }, cells(seat).map((cell) => h("td", null, cell || "—")));
  return h("section.manifest", null,
    h("div.manifest-head", null, picto("signs", trip.sign, t(`sign.${trip.sign}`)),
      h("div", null, h("h2", null, `${trip.at} ${trip.dest}`), h("p", null, eyes.say([t("tablet.departed_at", { at: localTime(eyes, held.departed_at) }), t("tablet.version", { n: held.version }), trip.plate]))),
      h("p.total", null, counted(trip.aboard, trip.expected), h("small", null, t("tablet.missing", { count: trip.missing }))), button(eyes, ".quiet", { do: "print" }, picto("ui", "printer"), t("tablet.print_list"))),
    h("div.table", { tabindex: "0", role: "region", "aria-label": t("tablet.list") },
      h("table", null, h("thead", null, h("tr", null, ["number", "tail", "name", "people", "state", "time"].map((head) => h("th", { scope: "col" }, t(`tablet.column.${head}`))))), h("tbody", null, held.seats.map(line)))),
    h("p.promise.paper-only", null, t("hall.promise")));
}

/** @param {Eyes} eyes @param {any} seat */
const name = (eyes, seat) => (typeof seat.name === "object" ? eyes.say(seat.name) : seat.name);
