// @ts-check
/** The form of a post as data: a new one, what is sent for it, and which field a refusal is about. Draws nothing. Pure. */

import { refusal } from "../parts.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

/** Field that a review finding is about. */
const OF_REASON = {
  missing_place: "place",
  missing_address: "address",
  missing_work: "work",
  outdated: "first_day",
  charges: "work",
  discrimination: "work",
  age: "work",
  part_time_settlement: "settlement",
};

/** A new form; the hall's usual day. @param {string} day */
export function emptyPost(day) {
  return {
    trade: null,
    employer: null,
    headcount: 5,
    pay_min: "",
    pay_max: "",
    pay_unit: "day",
    settlement: "daily",
    pay_day: 15,
    first_day: day,
    days: 1,
    is_long: false,
    starts_at: "",
    ends_at: "",
    trip: null,
    ways: ["own"],
    meals: [],
    lodging: "none",
    place: "",
    address: "",
    contact_name: "",
    contact_phone: "",
    work: "",
    giving: "at_once",
    job_class: "part_time",
    suits: [],
    insurance: "accident",
    gear: "",
  };
}

/** Yuan as typed -> fen; null for what is no amount. @param {string} typed */
export function fenOf(typed) {
  const yuan = typed.trim().replace(/[,\uff0c\s]/g, "");
  return /^\d+(\.\d{1,2})?$/.test(yuan) ? Math.round(Number(yuan) * 100) : null;
}

/** What is sent for a form. Nothing is judged here: an empty field goes as null and the server names it. @param {any} form */
export function postBody(form) {
  const least = fenOf(form.pay_min);
  return {
    employer: form.employer?.id ?? null,
    trade: form.trade,
    headcount: form.headcount,
    pay_min_fen: least,
    pay_max_fen: form.pay_max.trim() ? fenOf(form.pay_max) : least,
    pay_unit: form.pay_unit,
    settlement: form.settlement,
    pay_day: form.settlement === "monthly" ? form.pay_day : null,
    place: form.place,
    address: form.address,
    work: form.work,
    first_day: form.first_day,
    days: form.is_long ? null : form.days,
    starts_at: form.starts_at || null,
    ends_at: form.ends_at || null,
    meals: inOrder(form.meals, ["breakfast", "lunch", "dinner"]),
    lodging: form.lodging,
    ways: form.trip ? ["bus", ...form.ways] : form.ways,
    trip: form.trip,
    contact_name: form.contact_name,
    contact_phone: form.contact_phone,
    giving: form.giving,
    job_class: form.job_class,
    suits: form.suits,
    insurance: form.insurance,
    gear: form.gear,
  };
}

/** @param {string[]} chosen @param {string[]} order */
const inOrder = (chosen, order) => order.filter((one) => chosen.includes(one));

/** What the server refused, by field, in words; `""` where no field is to blame. @param {Eyes} eyes @param {any} told @returns {Record<string, string>} */
export function mistakesOf(eyes, told) {
  if (!told || told.kind === "lost") return {};
  if (told.code === "POST_BLOCKED") {
    return Object.fromEntries(
      told.facts.reasons.map((/** @type {string} */ reason) => [
        OF_REASON[/** @type {"age"} */ (reason)] ?? "",
        eyes.t(`tablet.blocked.${reason}`),
      ]),
    );
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
