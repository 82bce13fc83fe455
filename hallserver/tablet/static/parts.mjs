// @ts-check
/** Pieces that every page is made of: fields, choices, steppers, what the server said. Pure. */

import { h, picto } from "./html.mjs";

/** @typedef {import("./html.mjs").Action} Action */
/** @typedef {import("./html.mjs").Child} Child */
/**
 * @typedef {object} Eyes what a view may look at
 * @property {(id: string, facts?: Record<string, any>) => string} t text of the catalogue
 * @property {(value: any) => string} say words a message of the feed
 * @property {(id: string) => boolean} knows whether the catalogue has the text
 * @property {any} model
 * @property {(command: string) => boolean} may whether this person may
 * @property {import("/static/wire/hall_clock.mjs").HallClock | null} clock
 * @property {number} now ms, monotonic
 */

/** @param {Eyes} eyes @param {string} slot */
export const isBusy = (eyes, slot) => eyes.model.busy.has(slot);

/** A button that does one thing; while its answer is on the way it says so and takes no second press. @param {Eyes} eyes @param {string} look @param {Action} action @param {Child[]} children */
export function button(eyes, look, action, ...children) {
  const isOnTheWay = isBusy(eyes, slotOf(action));
  return h(
    `button${look}`,
    { type: "button", on: { click: action }, disabled: isOnTheWay, "aria-busy": isOnTheWay && "true" },
    ...children,
  );
}

/** Where what came of an action is remembered. @param {Action} action @returns {string} */
export const slotOf = (action) => action.slot ?? action.do;

/** What the server said about the last try of an action, in plain words; nothing when it went well. @param {Eyes} eyes @param {string} slot */
export function said(eyes, slot) {
  const busy = eyes.model.busy.get(slot);
  if (busy === "repeating") return h("p.said.waits", { role: "status" }, eyes.t("tablet.repeating"));
  const told = eyes.model.said.get(slot);
  if (!told) return null;
  if (told.kind === "lost") return h("p.said.bad", { role: "alert" }, eyes.t("tablet.lost"));
  return h("p.said.bad", { role: "alert" }, picto("ui", "warning"), h("span", null, refusal(eyes, told)));
}

/** @param {Eyes} eyes @param {{code: string, facts: Record<string, any>}} told */
export function refusal(eyes, told) {
  return eyes.t(`refusal.${told.code}`, told.facts);
}

/**
 * A labelled field of a form. What is wrong with it stands under it and is announced with it.
 * @param {Eyes} eyes @param {{form: string, name: string, label: string, type?: string, wrong?: string | null | undefined, hint?: string, inputmode?: string, autocomplete?: string, rows?: number, maxlength?: number, fills?: boolean}} field
 */
export function field(eyes, field) {
  const {
    form,
    name,
    label,
    wrong = null,
    hint = "",
    rows,
    type = "text",
    inputmode,
    autocomplete = "off",
    maxlength,
  } = field;
  const id = `${form}-${name}`;
  const facts = {
    id,
    name,
    inputmode,
    autocomplete,
    maxlength,
    value: eyes.model.forms[form]?.[name] ?? "",
    "aria-invalid": wrong ? "true" : null,
    "aria-describedby": wrong ? `${id}-wrong` : null,
    placeholder: hint || null,
    on: { input: { do: "type", form, name } },
  };
  const box = rows ? h("textarea", { ...facts, rows }) : h("input", { ...facts, type });
  return h(
    `div.field${wrong ? ".wrong" : ""}${field.fills ? ".fills" : ""}`,
    { key: id },
    h("label", { for: id }, label),
    box,
    wrong && mistake(id, wrong),
  );
}

/** @param {string} id @param {string} words */
export const mistake = (id, words) => h("p.mistake", { id: `${id}-wrong`, role: "alert" }, words);

/**
 * One of a few, as a row of buttons; `act` where more follows from it than that it is chosen.
 * @param {Eyes} eyes @param {{form: string, name: string, label: string, options: Array<[any, Child]>, wrong?: string | null | undefined, fills?: boolean, act?: string}} given
 */
export function choice(eyes, given) {
  const chosen = eyes.model.forms[given.form]?.[given.name];
  const id = `${given.form}-${given.name}`;
  const option = (/** @type {[any, Child]} */ [value, words]) =>
    h(
      "button.choice",
      {
        type: "button",
        role: "radio",
        "aria-checked": String(chosen === value),
        on: { click: { do: given.act ?? "choose", form: given.form, name: given.name, value } },
      },
      words,
    );
  return group(
    id,
    given,
    h("div.choices", { role: "radiogroup", "aria-labelledby": `${id}-label` }, given.options.map(option)),
  );
}

/**
 * Any of a few.
 * @param {Eyes} eyes @param {{form: string, name: string, label: string, options: Array<[any, Child]>, wrong?: string | null | undefined, fills?: boolean}} given
 */
export function several(eyes, given) {
  const chosen = eyes.model.forms[given.form]?.[given.name] ?? [];
  const id = `${given.form}-${given.name}`;
  const option = (/** @type {[any, Child]} */ [value, words]) =>
    h(
      "button.choice.tick",
      {
        type: "button",
        role: "checkbox",
        "aria-checked": String(chosen.includes(value)),
        on: { click: { do: "toggle", form: given.form, name: given.name, value } },
      },
      words,
    );
  return group(
    id,
    given,
    h("div.choices", { role: "group", "aria-labelledby": `${id}-label` }, given.options.map(option)),
  );
}

/**
 * A number by thumbs.
 * @param {Eyes} eyes @param {{form: string, name: string, label: string, least: number, most: number, unit?: string, act?: string, wrong?: string | null | undefined}} given
 */
export function stepper(eyes, given) {
  const { form, name, least, most } = given;
  const value = eyes.model.forms[form]?.[name] ?? least;
  const id = `${form}-${name}`;
  const step = (/** @type {number} */ by, /** @type {string} */ sign) =>
    h(
      "button.step",
      {
        type: "button",
        "aria-label": eyes.t(by > 0 ? "tablet.more" : "tablet.fewer", { what: given.label, n: Math.abs(by) }),
        disabled: value + by < least || value + by > most,
        on: { click: { do: given.act ?? "choose", form, name, value: value + by } },
      },
      sign,
    );
  const shown = h("output.number", { "aria-live": "polite" }, value, given.unit && h("small", null, ` ${given.unit}`));
  return group(
    id,
    given,
    h(
      "div.stepper",
      { role: "group", "aria-labelledby": `${id}-label` },
      step(-5, "−5"),
      step(-1, "−"),
      shown,
      step(1, "+"),
      step(5, "+5"),
    ),
  );
}

/** @param {string} id @param {{label: string, wrong?: string | null | undefined, fills?: boolean}} given @param {Child} body */
function group(id, given, body) {
  return h(
    `div.field${given.wrong ? ".wrong" : ""}${given.fills ? ".fills" : ""}`,
    { key: id },
    h("span.label", { id: `${id}-label` }, given.label),
    body,
    given.wrong && mistake(id, given.wrong),
  );
}

/** Hours and minutes by two lists: "" is not said. @param {Eyes} eyes @param {{form: string, name: string, label: string, wrong?: string | null | undefined}} given */
export function clockTime(eyes, given) {
  const { form, name, label } = given;
  const [hour = "", minute = ""] = String(eyes.model.forms[form]?.[name] ?? "").split(":");
  const list = (/** @type {"hour" | "minute"} */ part, /** @type {string} */ value, /** @type {string[]} */ options) =>
    h(
      "select",
      {
        "aria-label": `${label} ${eyes.t(`tablet.${part}`)}`,
        value,
        on: { change: { do: "type-time", form, name, part } },
      },
      h("option", { value: "" }, "--"),
      options.map((one) => h("option", { value: one, selected: one === value }, one)),
    );
  return group(
    `${form}-${name}`,
    given,
    h("div.clock-time", null, list("hour", hour, HOURS), h("span", null, ":"), list("minute", minute, MINUTES)),
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
const MINUTES = Array.from({ length: 12 }, (_, five) => String(five * 5).padStart(2, "0"));

/** Digits for thumbs. @param {Eyes} eyes @param {string} form @param {string} name @param {number} most */
export function keypad(eyes, form, name, most) {
  const key = (/** @type {string} */ digit) =>
    h("button.key", { type: "button", on: { click: { do: "digit", form, name, digit, most } } }, digit);
  const wipe = h(
    "button.key.quiet",
    {
      type: "button",
      "aria-label": eyes.t("tablet.wipe"),
      on: { click: { do: "digit", form, name, digit: "wipe", most } },
    },
    "⌫",
  );
  return h("div.keypad", null, [..."123456789"].map(key), h("span", null), key("0"), wipe);
}

/** Nothing to show is said, never left blank. @param {string} sign @param {string} words @param {Child[]} more */
export function nothing(sign, words, ...more) {
  return h("div.nothing", null, picto("ui", sign), h("p", null, words), ...more);
}

/** Is asked once more before it is done. @param {Eyes} eyes @param {string} look @param {Action} action @param {string} words @param {string} sure */
export function twice(eyes, look, action, words, sure) {
  const isAsked = eyes.model.asked === slotOf(action);
  return isAsked
    ? button(eyes, `${look}.sure`, action, sure)
    : button(eyes, look, { do: "ask-again", about: slotOf(action) }, words);
}

/** How many of how many. @param {number} reached @param {number} of */
export const counted = (reached, of) => h("span.counted", null, reached, h("small", null, `/${of}`));
