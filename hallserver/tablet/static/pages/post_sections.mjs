// @ts-check
/** The groups of fields of a post, each in a box of its own. Pure view. */

import { h, picto } from "../html.mjs";
import { choice, clockTime, field, several, stepper } from "../parts.mjs";
import { dayAfter, tripsOf } from "../replica_views.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */
/** @typedef {Array<[any, any]>} Options */

const UNITS = ["day", "hour", "shift", "month", "piece", "order"];
const SETTLEMENTS = ["daily", "weekly", "half_monthly", "monthly", "on_completion"];
const MONEY = { inputmode: "decimal", maxlength: 9 };

/** Fields of the post by name: label and mistake follow from it. @param {Eyes} eyes @param {Record<string, string>} wrong */
function fieldsOf(eyes, wrong) {
  const of = (/** @type {string} */ name) => ({
    form: "post",
    name,
    label: eyes.t(`tablet.field.${name}`),
    wrong: wrong[name],
  });
  return {
    text: (/** @type {string} */ name, /** @type {any} */ more) => field(eyes, { ...of(name), ...more }),
    pick: (/** @type {string} */ name, /** @type {Options} */ options, more = {}) =>
      choice(eyes, { ...of(name), options, ...more }),
    any: (/** @type {string} */ name, /** @type {Options} */ options) => several(eyes, { ...of(name), options }),
    count: (/** @type {string} */ name, /** @type {number} */ most, more = {}) =>
      stepper(eyes, { ...of(name), least: 1, most, ...more }),
    clock: (/** @type {string} */ name) => clockTime(eyes, of(name)),
  };
}

/** @typedef {ReturnType<typeof fieldsOf>} Fields */

/** Ids with their words. @param {Eyes} eyes @param {string[]} ids @param {string} prefix @returns {Options} */
const worded = (eyes, ids, prefix) => ids.map((id) => [id, eyes.t(`${prefix}.${id}`)]);

/** @param {Eyes} eyes @param {any} form @param {Record<string, string>} wrong */
export function sections(eyes, form, wrong) {
  const fields = fieldsOf(eyes, wrong);
  return SECTIONS.map(([name, parts]) =>
    h(
      name === "giving" ? "fieldset.wide" : "fieldset",
      { key: name },
      h("legend", null, eyes.t(`tablet.section.${name}`)),
      parts(eyes, form, fields, wrong),
    ),
  );
}

/** @type {Array<[string, (eyes: Eyes, form: any, fields: Fields, wrong: Record<string, string>) => any[]]>} */
const SECTIONS = [
  ["pay", pay],
  ["time", time],
  ["way", way],
  ["board", board],
  ["work", work],
  ["contact", contact],
  ["giving", giving],
];

/** @param {Eyes} eyes @param {any} form @param {Fields} fields @param {Record<string, string>} wrong */
function pay(eyes, form, { text, pick, count }, wrong) {
  const { t } = eyes;
  const least = { ...MONEY, label: t("tablet.field.pay_min_fen"), wrong: wrong.pay_min_fen };
  const most = { ...MONEY, label: t("tablet.field.pay_max_fen"), wrong: wrong.pay_min_fen ? null : wrong.pay_max_fen };
  return [
    count("headcount", 500, { unit: t("tablet.people_unit") }),
    h("div.pair.money", null, text("pay_min", least), text("pay_max", most)),
    pick("pay_unit", worded(eyes, UNITS, "job.unit")),
    pick("settlement", worded(eyes, SETTLEMENTS, "job.settle")),
    form.settlement === "monthly" && count("pay_day", 31),
  ];
}

/** @param {Eyes} eyes @param {any} form @param {Fields} fields */
function time(eyes, form, { pick, count, clock }) {
  const today = eyes.clock?.businessDay ?? form.first_day;
  const days = [0, 1, 2].map((on) => dayAfter(today, on));
  return [
    pick(
      "first_day",
      days.map((day) => [day, eyes.say({ d: day })]),
    ),
    h("div.pair", null, clock("starts_at"), clock("ends_at")),
    pick("is_long", [
      [false, eyes.t("tablet.some_days")],
      [true, eyes.t("job.long_term")],
    ]),
    !form.is_long && count("days", 365),
  ];
}

/** @param {Eyes} eyes @param {any} form @param {Fields} fields */
function way(eyes, form, { pick, any }) {
  const trips = tripsOf(eyes.model.items, form.first_day).filter((trip) =>
    ["planned", "boarding"].includes(trip.state),
  );
  /** @type {Options} */
  const buses = [
    [null, eyes.t("tablet.no_bus")],
    ...trips.map((trip) => /** @type {[any, any]} */ ([trip.id, bus(eyes, trip)])),
  ];
  return [pick("trip", buses, { fills: true }), any("ways", worded(eyes, ["own", "employer_car"], "tablet.way_there"))];
}

/** @param {Eyes} eyes @param {any} trip */
function bus(eyes, trip) {
  const words = h("span", null, h("b", null, trip.at), h("small", null, trip.dest));
  return h("span.trip-option", null, picto("signs", trip.sign, eyes.t(`sign.${trip.sign}`)), words);
}

/** @param {Eyes} eyes @param {any} _form @param {Fields} fields */
function board(eyes, _form, { pick, any }) {
  return [
    any("meals", worded(eyes, ["breakfast", "lunch", "dinner"], "tablet.meal")),
    pick("lodging", worded(eyes, ["none", "free", "paid"], "tablet.lodging")),
  ];
}

/** @param {Eyes} _eyes @param {any} _form @param {Fields} fields */
function work(_eyes, _form, { text }) {
  return [
    text("work", { rows: 3, maxlength: 200 }),
    text("place", { maxlength: 40 }),
    text("address", { maxlength: 120 }),
    text("gear", { maxlength: 60 }),
  ];
}

/** @param {Eyes} _eyes @param {any} _form @param {Fields} fields */
function contact(_eyes, _form, { text }) {
  return [text("contact_name", { maxlength: 40 }), text("contact_phone", { inputmode: "tel", maxlength: 19 })];
}

/** @param {Eyes} eyes @param {any} _form @param {Fields} fields */
function giving(eyes, _form, { pick, any }) {
  return [
    pick("giving", worded(eyes, ["at_once", "agree", "staff"], "tablet.giving")),
    pick("job_class", worded(eyes, ["part_time", "full_time", "public_benefit"], "tablet.class")),
    pick("insurance", worded(eyes, ["none", "accident", "injury"], "job.insurance")),
    any("suits", worded(eyes, ["older", "disabled", "no_reading"], "job.suits")),
  ];
}
