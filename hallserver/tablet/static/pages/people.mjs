// @ts-check
/** A worker gets a card: only the name is needed; code and QR to photograph stay until the next person. Pure view. */

import { h, picto } from "../html.mjs";
import { button, field, said } from "../parts.mjs";
import { atPrinter, chosenPrinter, printerList, told } from "./at_printer.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

const QUIET_ZONE = 4;

/** @param {Eyes} eyes */
export function peoplePage(eyes) {
  const comes = h("div.nothing", null, picto("ui", "qr"), h("p", null, eyes.t("tablet.card_comes")));
  const empty = h("div.no-card", null, comes, again(eyes));
  const place = h("div.card-place", null, eyes.model.card ? card(eyes, eyes.model.card) : empty);
  return h("section.people", null, form(eyes), place);
}

/** @param {Eyes} eyes */
function form(eyes) {
  const { t, model } = eyes;
  const wrong = mistakesOf(eyes);
  const fields = [
    { name: "name", label: t("tablet.person_name"), maxlength: 40 },
    { name: "phone", label: t("tablet.person_phone"), maxlength: 19, inputmode: "tel" },
    { name: "id_number", label: t("tablet.person_id"), maxlength: 18 },
  ];
  const isReady = (model.forms.person?.name ?? "").trim() !== "" && !model.busy.has("register");
  return h(
    "form.register",
    { on: { submit: { do: "register" } } },
    h("h2", null, t("tablet.register")),
    fields.map((one) => field(eyes, { form: "person", ...one, wrong: wrong[one.name] })),
    h("p.quiet-text", null, t("tablet.person_why")),
    Object.keys(wrong).length === 0 && said(eyes, "register"),
    h("button.go", { type: "submit", disabled: !isReady }, t("tablet.register_now")),
  );
}

/** A card that was lost comes out again by its code, typed or scanned. @param {Eyes} eyes */
function again(eyes) {
  const { t, model } = eyes;
  if (!chosenPrinter(model)) return null;
  const typed = (model.forms.again?.code ?? "").trim();
  return h(
    "form.card-again",
    { on: { submit: { do: "card-again" } } },
    h("h2", null, t("tablet.card_again")),
    field(eyes, { form: "again", name: "code", label: t("tablet.card_code"), maxlength: 40 }),
    h(
      "div.at-printer",
      null,
      printerList(eyes),
      h("button.light", { type: "submit", disabled: !typed || model.busy.has("card-again") }, t("tablet.print_card")),
      told(eyes, "card-again"),
    ),
  );
}

/** The field that was refused, in words. @param {Eyes} eyes @returns {Record<string, string>} */
function mistakesOf(eyes) {
  const told = eyes.model.said.get("register");
  if (told?.code === "TOO_YOUNG") return { id_number: eyes.t("refusal.TOO_YOUNG", told.facts) };
  const named = told?.code === "BAD_REQUEST" ? told.facts.field : null;
  return ["name", "phone", "id_number"].includes(named) ? { [named]: eyes.t(`tablet.wrong.${named}`) } : {};
}

/** @param {Eyes} eyes @param {{name: string, code: string, qr: string[]}} held */
function card(eyes, held) {
  const { t } = eyes;
  return h(
    "div.card",
    { role: "status" },
    h("h2", null, t("tablet.card_of", { name: held.name })),
    qr(held.qr, t("tablet.card_qr")),
    h("p.big-code", null, held.code),
    h("p.quiet-text", null, t("tablet.card_photo")),
    atPrinter(eyes, {
      look: ".go",
      slot: "card",
      paper: { kind: "worker_card", code: held.code },
      words: t("tablet.print_card"),
    }),
    button(eyes, ".quiet", { do: "next-person" }, t("tablet.next_person")),
  );
}

/** Rows of "0" and "1" as one path, quiet zone included. @param {string[]} rows @param {string} words */
export function qr(rows, words) {
  const size = rows.length + 2 * QUIET_ZONE;
  const dark = rows.flatMap((row, y) =>
    [...row].map((bit, x) => (bit === "1" ? `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h1v1h-1z` : "")),
  );
  return h(
    "svg.qr",
    { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": words, "shape-rendering": "crispEdges" },
    h("path", { d: dark.join("") }),
  );
}
