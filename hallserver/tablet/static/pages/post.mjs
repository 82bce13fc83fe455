// @ts-check
/** A post made with thumbs: trade as a picture, employer, then the rest; what is refused is named at its field. Pure. */

import { h, picto } from "../html.mjs";
import { choice, clockTime, field, nothing, refusal, said, several, stepper } from "../parts.mjs";
import { dayAfter, hallOf, tripsOf } from "../replica_views.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

export const UNITS = ["day", "hour", "shift", "month", "piece", "order"];
export const SETTLEMENTS = ["daily", "weekly", "half_monthly", "monthly", "on_completion"];
const EMPLOYERS_SHOWN = 40;

/** Field that a review finding is about. */
const OF_REASON = { missing_place: "place", missing_address: "address", missing_work: "work", outdated: "first_day", charges: "work", discrimination: "work", age: "work", part_time_settlement: "settlement" };

/** A new form; the hall's usual day. @param {string} day */
export function emptyPost(day) {
  return { trade: null, employer: null, headcount: 5, pay_min: "", pay_max: "", pay_unit: "day", settlement: "daily", pay_day: 15, first_day: day, days: 1, is_long: false, starts_at: "", ends_at: "", trip: null, ways: ["own"], meals: [], lodging: "none", place: "", address: "", contact_name: "", contact_phone: "", work: "", giving: "at_once", job_class: "part_time", suits: [], insurance: "accident", gear: "" };
}

/** Yuan as typed -> fen; null for what is no amount. @param {string} typed */
export function fenOf(typed) {
  const yuan = typed.trim().replace(/[,，\s]/g, "");
  return /^\d+(\.\d{1,2})?$/.test(yuan) ? Math.round(Number(yuan) * 100) : null;
}

/** What is sent for a form. Nothing is judged here: an empty field goes as null and the server names it. @param {any} form */
export function postBody(form) {
  const least = fenOf(form.pay_min);
  return {
    employer: form.employer?.id ?? null, trade: form.trade, headcount: form.headcount,
    pay_min_fen: least, pay_max_fen: form.pay_max.trim() ? fenOf(form.pay_max) : least, pay_unit: form.pay_unit,
    settlement: form.settlement, pay_day: form.settlement === "monthly" ? form.pay_day : null,
    place: form.place, address: form.address, work: form.work, first_day: form.first_day, days: form.is_long ? null : form.days,
    starts_at: form.starts_at || null, ends_at: form.ends_at || null, meals: inOrder(form.meals, ["breakfast", "lunch", "dinner"]), lodging: form.lodging,
    ways: form.trip ? ["bus", ...form.ways] : form.ways, trip: form.trip, contact_name: form.contact_name, contact_phone: form.contact_phone,
    giving: form.giving, job_class: form.job_class, suits: form.suits, insurance: form.insurance, gear: form.gear,
  };
}

/** @param {string[]} chosen @param {string[]} order */
const inOrder = (chosen, order) => order.filter((one) => chosen.includes(one));

/** What the server refused, by field, in words; `""` where no field is to blame. @param {Eyes} eyes @param {any} told @returns {Record<string, string>} */
export function mistakesOf(eyes, told) {
  if (!told || told.kind === "lost") return {};
  if (told.code === "POST_BLOCKED") {
    return Object.fromEntries(told.facts.reasons.map((/** @type {string} */ reason) => [OF_REASON[/** @type {"age"} */ (reason)] ?? "", eyes.t(`tablet.blocked.${reason}`)]));
  }
  if (told.code === "NOT_FOUND") return { [told.facts.what ?? ""]: eyes.t("tablet.wrong.choose") };
  if (told.code !== "BAD_REQUEST") return { "": refusal(eyes, told) };
  return together(eyes, told.facts);
}

/** @param {Eyes} eyes @param {{field?: string, problem?: string}} facts @returns {Record<string, string>} */
function together(eyes, facts) {
  const { field: named = "", problem = "" } = facts;
  if (named) return { [named.split(".")[0] ?? ""]: eyes.t("tablet.wrong.fill") };
  if (problem.includes("pay_max_fen")) return { pay_max_fen: eyes.t("tablet.wrong.pay_order") };
  if (problem.includes("starts_at")) return { starts_at: eyes.t("tablet.wrong.both_times") };
  return { "": eyes.t("refusal.BAD_REQUEST") };
}

/** @param {Eyes} eyes */
export function postPage(eyes) {
  const form = eyes.model.forms.post;
  if (!form.trade || eyes.model.postStep === "trade") return trades(eyes);
  if (!form.employer || eyes.model.postStep === "employer") return employers(eyes);
  return details(eyes, form);
}

/** @param {Eyes} eyes */
function trades(eyes) {
  const { t, say, model } = eyes;
  const search = (model.forms.post.search ?? "").trim().toLowerCase();
  const found = hallOf(model.items).trades.filter((/** @type {any} */ trade) => say(trade.name).toLowerCase().includes(search));
  const one = (/** @type {any} */ trade) => h("button.trade", { type: "button", key: trade.id, "aria-pressed": String(model.forms.post.trade === trade.id), on: { click: { do: "post-trade", value: trade.id } } }, h("span.tile", null, picto("trades", trade.pictogram)), h("span", null, say(trade.name)));
  return h("section.pick", null, finder(eyes, "search", t("tablet.find_trade")), found.length ? h("div.trades", null, found.map(one)) : nothing("jobs", t("tablet.no_match")));
}

/** @param {Eyes} eyes @param {string} name @param {string} words */
function finder(eyes, name, words) {
  return h("input.find", { key: name, type: "search", "aria-label": words, placeholder: words, autocomplete: "off", value: eyes.model.forms.post[name] ?? "", on: { input: { do: "type", form: "post", name } } });
}

/** @param {Eyes} eyes */
function employers(eyes) {
  const { t, model } = eyes;
  const search = (model.forms.post.employer_search ?? "").trim().toLowerCase();
  const found = (model.employers ?? []).filter((/** @type {any} */ one) => `${one.name} ${one.address}`.toLowerCase().includes(search));
  const one = (/** @type {any} */ employer) => h("li", { key: employer.id }, h("button.employer", { type: "button", on: { click: { do: "post-employer", employer } } }, h("b", null, employer.name), h("small", null, employer.address)));
  const told = said(eyes, "employers");
  return h("section.pick", null, finder(eyes, "employer_search", t("tablet.find_employer")), told,
    found.length ? h("ul.employers", null, found.slice(0, EMPLOYERS_SHOWN).map(one), found.length > EMPLOYERS_SHOWN && h("li.none", null, t("tablet.narrow", { count: found.length - EMPLOYERS_SHOWN }))) : !told && nothing("me", t(model.employers ? "tablet.no_match" : "tablet.loading")));
}

/** @param {Eyes} eyes @param {any} form */
function details(eyes, form) {
  const { t } = eyes;
  const wrong = mistakesOf(eyes, eyes.model.said.get("post-job"));
  const [first] = Object.entries(wrong).map(([name, words]) => (eyes.knows(`tablet.field.${name}`) ? t("tablet.at_field", { field: t(`tablet.field.${name}`), words }) : words));
  return h("form.post.fields", { on: { submit: { do: "post-job" } } }, chosen(eyes, form, wrong), SECTIONS.map((section) => section(eyes, form, wrong)),
    h("div.bottom", null, eyes.model.said.get("post-job")?.kind === "lost" || eyes.model.busy.has("post-job") ? said(eyes, "post-job") : first && h("p.said.bad", { role: "alert" }, picto("ui", "warning"), h("span", null, first)),
      h("button.go", { type: "submit", disabled: eyes.model.busy.has("post-job") }, t("tablet.post_now"))));
}

/** Trade and employer, to be tapped for another. @param {Eyes} eyes @param {any} form @param {Record<string, string>} wrong */
function chosen(eyes, form, wrong) {
  const trade = hallOf(eyes.model.items).trades.find((/** @type {any} */ one) => one.id === form.trade);
  return h("div.chosen", null,
    h("button.picked", { type: "button", "data-wrong": String("trade" in wrong), on: { click: { do: "post-step", step: "trade" } } }, h("span.tile", null, picto("trades", trade?.pictogram ?? form.trade)), h("span", null, h("b", null, eyes.say(trade?.name)), h("small", null, eyes.t("tablet.change")))),
    h("button.picked", { type: "button", "data-wrong": String("employer" in wrong), on: { click: { do: "post-step", step: "employer" } } }, h("span", null, h("b", null, form.employer.name), h("small", null, eyes.t("tablet.change")))));
}

/** @type {Array<(eyes: Eyes, form: any, wrong: Record<string, string>) => any>} */
const SECTIONS = [pay, time, bus, board, place, contact, giving];

/** @param {Eyes} eyes @param {any} form @param {Record<string, string>} wrong */
function pay(eyes, form, wrong) {
  const { t } = eyes;
  return h("fieldset", { key: "pay" }, h("legend", null, t("tablet.section.pay")),
    stepper(eyes, { form: "post", name: "headcount", label: t("tablet.field.headcount"), least: 1, most: 500, unit: t("tablet.people_unit"), wrong: wrong.headcount }),
    h("div.pair.money", null, field(eyes, { form: "post", name: "pay_min", label: t("tablet.field.pay_min_fen"), inputmode: "decimal", maxlength: 9, wrong: wrong.pay_min_fen }), field(eyes, { form: "post", name: "pay_max", label: t("tablet.field.pay_max_fen"), inputmode: "decimal", maxlength: 9, wrong: wrong.pay_min_fen ? null : wrong.pay_max_fen })),
    choice(eyes, { form: "post", name: "pay_unit", label: t("tablet.field.pay_unit"), options: UNITS.map((unit) => [unit, t(`job.unit.${unit}`)]), wrong: wrong.pay_unit }),
    choice(eyes, { form: "post", name: "settlement", label: t("tablet.field.settlement"), options: SETTLEMENTS.map((one) => [one, t(`job.settle.${one}`)]), wrong: wrong.settlement }),
    form.settlement === "monthly" && stepper(eyes, { form: "post", name: "pay_day", label: t("tablet.field.pay_day"), least: 1, most: 31, wrong: wrong.pay_day }));
}

/** @param {Eyes} eyes @param {any} form @param {Record<string, string>} wrong */
function time(eyes, form, wrong) {
  const { t } = eyes;
  const today = eyes.clock?.businessDay ?? form.first_day;
  return h("fieldset", { key: "time" }, h("legend", null, t("tablet.section.time")),
    choice(eyes, { form: "post", name: "first_day", label: t("tablet.field.first_day"), options: [0, 1, 2].map((on) => [dayAfter(today, on), eyes.say({ d: dayAfter(today, on) })]), wrong: wrong.first_day }),
    h("div.pair", null, clockTime(eyes, { form: "post", name: "starts_at", label: t("tablet.field.starts_at"), wrong: wrong.starts_at }), clockTime(eyes, { form: "post", name: "ends_at", label: t("tablet.field.ends_at"), wrong: wrong.ends_at })),
    choice(eyes, { form: "post", name: "is_long", label: t("tablet.field.length"), options: [[false, t("tablet.some_days")], [true, t("job.long_term")]] }),
    !form.is_long && stepper(eyes, { form: "post", name: "days", label: t("tablet.field.days"), least: 1, most: 365, wrong: wrong.days }));
}

/** @param {Eyes} eyes @param {any} form @param {Record<string, string>} wrong */
function bus(eyes, form, wrong) {
  const { t } = eyes;
  const trips = tripsOf(eyes.model.items, form.first_day).filter((trip) => ["planned", "boarding"].includes(trip.state));
  const words = (/** @type {any} */ trip) => h("span.trip-option", null, picto("signs", trip.sign, t(`sign.${trip.sign}`)), h("span", null, h("b", null, trip.at), h("small", null, trip.dest)));
  return h("fieldset", { key: "bus" }, h("legend", null, t("tablet.section.way")),
    choice(eyes, { form: "post", name: "trip", label: t("tablet.field.trip"), fills: true, wrong: wrong.trip, options: [[null, t("tablet.no_bus")], ...trips.map((trip) => /** @type {[any, any]} */ ([trip.id, words(trip)]))] }),
    several(eyes, { form: "post", name: "ways", label: t("tablet.field.ways"), wrong: wrong.ways, options: [["own", t("tablet.way_there.own")], ["employer_car", t("tablet.way_there.employer_car")]] }));
}

/** @param {Eyes} eyes @param {any} form @param {Record<string, string>} wrong */
function board(eyes, form, wrong) {
  const { t } = eyes;
  return h("fieldset", { key: "board" }, h("legend", null, t("tablet.section.board")),
    several(eyes, { form: "post", name: "meals", label: t("tablet.field.meals"), wrong: wrong.meals, options: ["breakfast", "lunch", "dinner"].map((meal) => [meal, t(`tablet.meal.${meal}`)]) }),
    choice(eyes, { form: "post", name: "lodging", label: t("tablet.field.lodging"), wrong: wrong.lodging, options: ["none", "free", "paid"].map((one) => [one, t(`tablet.lodging.${one}`)]) }));
}

/** @param {Eyes} eyes @param {any} form @param {Record<string, string>} wrong */
function place(eyes, form, wrong) {
  const { t } = eyes;
  return h("fieldset", { key: "place" }, h("legend", null, t("tablet.section.work")),
    field(eyes, { form: "post", name: "work", label: t("tablet.field.work"), rows: 3, maxlength: 200, wrong: wrong.work }),
    field(eyes, { form: "post", name: "place", label: t("tablet.field.place"), maxlength: 40, wrong: wrong.place }),
    field(eyes, { form: "post", name: "address", label: t("tablet.field.address"), maxlength: 120, wrong: wrong.address }),
    field(eyes, { form: "post", name: "gear", label: t("tablet.field.gear"), maxlength: 60, wrong: wrong.gear }));
}

/** @param {Eyes} eyes @param {any} form @param {Record<string, string>} wrong */
function contact(eyes, form, wrong) {
  const { t } = eyes;
  return h("fieldset", { key: "contact" }, h("legend", null, t("tablet.section.contact")),
    field(eyes, { form: "post", name: "contact_name", label: t("tablet.field.contact_name"), maxlength: 40, wrong: wrong.contact_name }),
    field(eyes, { form: "post", name: "contact_phone", label: t("tablet.field.contact_phone"), inputmode: "tel", maxlength: 19, wrong: wrong.contact_phone }));
}

/** @param {Eyes} eyes @param {any} form @param {Record<string, string>} wrong */
function giving(eyes, form, wrong) {
  const { t } = eyes;
  const some = (/** @type {string} */ name, /** @type {string[]} */ options, /** @type {(one: string) => string} */ words) => choice(eyes, { form: "post", name, label: t(`tablet.field.${name}`), wrong: wrong[name], options: options.map((one) => [one, words(one)]) });
  return h("fieldset.wide", { key: "giving" }, h("legend", null, t("tablet.section.giving")),
    some("giving", ["at_once", "agree", "staff"], (one) => t(`tablet.giving.${one}`)),
    some("job_class", ["part_time", "full_time", "public_benefit"], (one) => t(`tablet.class.${one}`)),
    some("insurance", ["none", "accident", "injury"], (one) => t(`job.insurance.${one}`)),
    several(eyes, { form: "post", name: "suits", label: t("tablet.field.suits"), wrong: wrong.suits, options: ["older", "disabled", "no_reading"].map((one) => [one, t(`job.suits.${one}`)]) }));
}
