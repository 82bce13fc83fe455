// @ts-check
/** The half of the screen that answers a scan: a colour, a word, a number and a line. Pure view. */

import { h, picto } from "../html.mjs";
import { counted } from "../parts.mjs";
import { seatsOf } from "../replica_views.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */
/** @typedef {{tone: "calm" | "wait" | "good" | "bad", word: any, number: any, line: any}} Said the half of the screen that answers */

/** The four words of the half screen. @param {Eyes} eyes @param {any} trip @returns {Said} */
export function answerOf(eyes, trip) {
  const { t, model } = eyes;
  const scan = model.scan?.trip === trip.id ? model.scan : null;
  const count = counted(trip.aboard, trip.expected);
  if (trip.state === "planned")
    return {
      tone: "calm",
      word: t("tablet.trip.planned"),
      number: counted(trip.aboard, trip.expected),
      line: t("tablet.open_first"),
    };
  if (!scan) return { tone: "calm", word: t("tablet.scan_now"), number: count, line: t("tablet.scan_how") };
  if (scan.state === "asking")
    return { tone: "wait", word: t("tablet.asking"), number: count, line: t("tablet.tail", { tail: scan.shown }) };
  if (scan.state === "repeating")
    return { tone: "wait", word: t("tablet.asking_again"), number: count, line: t("tablet.asking_again_line") };
  if (scan.state === "lost")
    return { tone: "bad", word: t("tablet.not_taken"), number: null, line: t("tablet.not_taken_line") };
  return scan.state === "aboard"
    ? aboard(eyes, scan.body)
    : (REFUSED[/** @type {"NO_SEAT"} */ (scan.code)]?.(eyes, scan.facts) ?? refused(eyes, scan.code, scan.facts));
}

/** @param {Eyes} eyes @param {any} body @returns {Said} */
function aboard(eyes, body) {
  const { t, say } = eyes;
  const party = body.party > 1 ? t("tablet.party", { count: body.party }) : "";
  return {
    tone: "good",
    word: t("tablet.aboard"),
    number: counted(body.aboard, body.expected),
    line: say([body.label, t("tablet.tail", { tail: body.tail }), party]),
  };
}

/** @type {Record<string, (eyes: Eyes, facts: any) => Said>} */
const REFUSED = {
  ALREADY_ABOARD: (eyes, facts) => ({
    tone: "bad",
    word: eyes.t("tablet.already"),
    number: facts.at,
    line: eyes.say([eyes.t("tablet.by", { name: facts.by }), eyes.t("tablet.tail", { tail: facts.tail })]),
  }),
  WRONG_BUS: (eyes, facts) => ({
    tone: "bad",
    word: eyes.t("tablet.wrong_bus"),
    number: h("span.right-bus", null, picto("signs", facts.sign, eyes.t(`sign.${facts.sign}`)), facts.at),
    line: eyes.say([
      eyes.t("tablet.goes_with", { sign: eyes.t(`sign.${facts.sign}`), bay: facts.bay }),
      eyes.t("tablet.tail", { tail: eyes.model.scan.shown }),
    ]),
  }),
};

/** @param {Eyes} eyes @param {string} code @param {any} facts @returns {Said} */
const refused = (eyes, code, facts) => ({
  tone: "bad",
  word: eyes.t("tablet.not_aboard"),
  number: null,
  line: eyes.t(`refusal.${code}`, facts),
});

/** @param {Eyes} eyes @param {any} trip */
export function answer(eyes, trip) {
  const { tone, word, number, line } = answerOf(eyes, trip);
  const sign = { good: "ok", bad: "warning", wait: "clock", calm: trip.state === "planned" ? "bus" : "qr" }[tone];
  const undo = alreadySeat(eyes, trip);
  return h(
    "div.answer",
    { "data-tone": tone, role: "status", "aria-live": "assertive" },
    h("p.word", null, picto("ui", sign), h("span", null, word)),
    number !== null && h("p.figure", null, number),
    h("p.line", null, line),
    undo &&
      h(
        "button.on-colour",
        { type: "button", on: { click: { do: "undo", trip: trip.id, seat: undo.id } } },
        eyes.t("tablet.undo_that"),
      ),
  );
}

/** The seat of a second scan, so that a mistaken first one can be taken back on the spot. @param {Eyes} eyes @param {any} trip */
function alreadySeat(eyes, trip) {
  const { scan, items } = eyes.model;
  if (scan?.trip !== trip.id || scan.code !== "ALREADY_ABOARD") return null;
  return (
    seatsOf(items, trip.id, scan.facts.tail).find((seat) => seat.tail === scan.facts.tail && seat.state === "aboard") ??
    null
  );
}
