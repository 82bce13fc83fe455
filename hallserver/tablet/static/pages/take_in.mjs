// @ts-check
/** What was written on paper while machines stood, typed in line by line; what does not fit stays beside. Pure view. */

import { h, picto } from "../html.mjs";
import { button, choice, clockTime, field, said, stepper } from "../parts.mjs";
import { countersOf, dayAfter, hallOf, tripsOf } from "../replica_views.mjs";
import { keptLines, takenLines } from "./kept_lines.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

export const LINE_KINDS = ["number", "place", "aboard", "departed"];
const SIGNS = { number: "number", place: "jobs", aboard: "bus", departed: "clock" };
const POSTS_SHOWN = 5;

/** @param {Eyes} eyes */
export function takeInPage(eyes) {
  const kept = keptLines(eyes);
  const beside = h("div.beside", null, toKit(eyes), kept, takenLines(eyes, kept === null));
  return h("section.take-in", null, lineForm(eyes), beside);
}

/** @param {Eyes} eyes */
const toKit = (eyes) =>
  eyes.may("order-kit") &&
  button(eyes, ".quiet.to-kit", { do: "go", page: "kit" }, picto("ui", "printer"), eyes.t("tablet.kit_title"));

/** @param {Eyes} eyes */
function lineForm(eyes) {
  const { t, model } = eyes;
  const paper = model.forms.paper;
  const wrong = mistakesOf(eyes);
  const told = Object.keys(wrong).length === 0 && said(eyes, "take-in");
  return h(
    "form.line",
    { on: { submit: { do: "take-in" } } },
    h(
      "div.line-fields",
      null,
      choice(eyes, { ...of(eyes, "kind", wrong), options: LINE_KINDS.map((kind) => [kind, kindWords(eyes, kind)]) }),
      h(
        "div.when",
        null,
        choice(eyes, { ...of(eyes, "day", wrong), act: "paper-day", options: days(eyes) }),
        clockTime(eyes, of(eyes, "at", wrong)),
      ),
      FIELDS[/** @type {"number"} */ (paper.kind)](eyes, wrong),
    ),
    h(
      "div.bottom",
      null,
      told,
      lastOne(eyes),
      h("button.go", { type: "submit", disabled: model.busy.has("take-in") }, t("tablet.take_in")),
    ),
  );
}

/** @param {Eyes} eyes @param {string} kind */
const kindWords = (eyes, kind) => [picto("ui", SIGNS[/** @type {"number"} */ (kind)]), eyes.t(`tablet.line.${kind}`)];

/** @param {Eyes} eyes @param {string} name @param {Record<string, string>} wrong */
const of = (eyes, name, wrong) => ({
  form: "paper",
  name,
  label: eyes.t(`tablet.line_field.${name}`),
  wrong: wrong[name],
});

/** @param {Eyes} eyes @returns {Array<[any, any]>} */
function days(eyes) {
  const today = eyes.clock?.businessDay ?? eyes.model.forms.paper.day;
  return [today, dayAfter(today, -1)].map((day) => [day, eyes.say({ d: day })]);
}

/** @type {Record<"number" | "place" | "aboard" | "departed", (eyes: Eyes, wrong: Record<string, string>) => any>} */
const FIELDS = {
  number: (eyes, wrong) => [
    h("div.pair", null, numberField(eyes, wrong), desks(eyes, wrong)),
    services(eyes, wrong),
  ],
  place: (eyes, wrong) => [post(eyes, wrong), eyes.model.forms.paper.job && person(eyes, wrong)],
  aboard: (eyes, wrong) => [numberField(eyes, wrong), trips(eyes, wrong)],
  departed: (eyes, wrong) => [trips(eyes, wrong), h("p.quiet-text", null, eyes.t("tablet.departed_last"))],
};

/** @param {Eyes} eyes @param {Record<string, string>} wrong */
const numberField = (eyes, wrong) =>
  field(eyes, {
    ...of(eyes, "number", wrong),
    maxlength: 40,
    hint: eyes.t(`tablet.number_hint.${eyes.model.forms.paper.kind}`),
  });

/** @param {Eyes} eyes @param {Record<string, string>} wrong */
function services(eyes, wrong) {
  const { services } = hallOf(eyes.model.items);
  const options = services.map((/** @type {any} */ one) => [one.id, eyes.say(one.name)]);
  return choice(eyes, { ...of(eyes, "service", wrong), options });
}

/** @param {Eyes} eyes @param {Record<string, string>} wrong */
function desks(eyes, wrong) {
  const served = countersOf(eyes.model.items).map((desk) => [desk.number, desk.number]);
  /** @type {Array<[any, any]>} */
  const options = [[null, eyes.t("tablet.line_waits")], .../** @type {Array<[any, any]>} */ (served)];
  return choice(eyes, { ...of(eyes, "counter", wrong), options });
}

/** @param {Eyes} eyes @param {Record<string, string>} wrong */
function trips(eyes, wrong) {
  const all = tripsOf(eyes.model.items, eyes.model.forms.paper.day);
  if (all.length === 0) return h("p.quiet-text", null, eyes.t("tablet.no_buses_that_day"));
  /** @type {Array<[any, any]>} */
  const options = all.map((trip) => {
    const sign = picto("signs", trip.sign, eyes.t(`sign.${trip.sign}`));
    const where = h("span", null, h("b", null, trip.at), h("small", null, trip.dest));
    return [trip.id, h("span.trip-option", null, sign, where)];
  });
  return choice(eyes, { ...of(eyes, "trip", wrong), options });
}

/**
 * Posts of the day that match what was typed, or whose code was scanned.
 * @param {any} model @param {(value: any) => string} say
 */
export function postsFound(model, say) {
  const words = String(model.forms.paper.search ?? "")
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean);
  const fits = (/** @type {any} */ one) => {
    const text = `${say(one.title)} ${one.employer} job/${one.id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return (model.paperPosts?.posts ?? []).filter(fits);
}

/** @param {Eyes} eyes @param {Record<string, string>} wrong */
function post(eyes, wrong) {
  const { t, model } = eyes;
  const chosen = model.paperPosts?.posts.find((/** @type {any} */ one) => one.id === model.forms.paper.job);
  if (chosen) return postButton(eyes, chosen, { do: "paper-post", post: null }, t("tablet.change"));
  const found = postsFound(model, eyes.say);
  const rest = found.length - POSTS_SHOWN;
  const offered = (/** @type {any} */ one) =>
    postButton(eyes, one, { do: "paper-post", post: one }, t("tablet.line_left", { count: one.left }));
  return [
    field(eyes, { ...of(eyes, "search", { search: wrong.job ?? "" }), maxlength: 60, hint: t("tablet.search_hint") }),
    model.paperPosts
      ? found.length === 0 && h("p.quiet-text", null, t("tablet.no_match"))
      : (said(eyes, "paper-posts") ?? h("p.quiet-text", null, t("tablet.loading"))),
    found.slice(0, POSTS_SHOWN).map(offered),
    rest > 0 && h("p.quiet-text", null, t("tablet.narrow", { count: rest })),
  ];
}

/** @param {Eyes} eyes @param {any} one @param {import("../html.mjs").Action} action @param {string} more */
const postButton = (eyes, one, action, more) =>
  h(
    "button.post-line",
    { key: one.id, type: "button", on: { click: action } },
    h("span.tile", null, picto("trades", one.pictogram)),
    h("span.words", null, h("b", null, eyes.say(one.title)), h("small", null, one.employer)),
    h("small.more", null, more),
  );

/** @param {Eyes} eyes @param {Record<string, string>} wrong */
function person(eyes, wrong) {
  const { t, model } = eyes;
  const chosen = model.paperPosts.posts.find((/** @type {any} */ one) => one.id === model.forms.paper.job);
  /** @type {Array<[any, any]>} */
  const ways = chosen.ways.map((/** @type {string} */ way) => [way, t(`tablet.way_there.${way}`)]);
  return [
    h("div.pair", null, numberField(eyes, wrong), field(eyes, { ...of(eyes, "name", wrong), maxlength: 40 })),
    choice(eyes, { ...of(eyes, "way", wrong), options: ways }),
    stepper(eyes, { ...of(eyes, "party_size", wrong), least: 1, most: 4, unit: t("tablet.people_unit") }),
  ];
}

/** @param {Eyes} eyes */
function lastOne(eyes) {
  const { last } = eyes.model.takenIn;
  if (!last) return null;
  const tone = last.state === "open" ? "bad" : "good";
  const sign = picto("ui", tone === "bad" ? "warning" : "ok");
  return h(`p.said.${tone}`, { role: "status" }, sign, h("span", null, last.words(eyes)));
}

const CHOSEN = ["service", "counter", "job", "trip", "way"];
/** Where what was refused is to be mended. @type {Record<string, string>} */
const AT_NUMBER = { NUMBER_UNKNOWN: "number", CODE_MISTYPED: "number" };

/** The field that was refused, in words. @param {Eyes} eyes @returns {Record<string, string>} */
export function mistakesOf(eyes) {
  const refused = eyes.model.said.get("take-in");
  if (refused?.kind !== "refused") return {};
  const at = AT_NUMBER[refused.code];
  if (at) return { [at]: eyes.t(`refusal.${refused.code}`) };
  const named = refused.code === "BAD_REQUEST" ? String(refused.facts.field).split(".").pop() : null;
  if (!named) return {};
  if (named === "at" && refused.facts.problem === "is still to come") return { at: eyes.t("tablet.wrong.to_come") };
  return { [named]: eyes.t(CHOSEN.includes(named) ? "tablet.wrong.choose" : "tablet.wrong.fill") };
}
