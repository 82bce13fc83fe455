// @ts-check
/** A worker gets a card: only the name is needed; code and QR to photograph stay until the next person. Pure view. */

import { h, picto } from "../html.mjs";
import { button, field, said } from "../parts.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

const QUIET_ZONE = 4;

/** @param {Eyes} eyes */
export function peoplePage(eyes) {
  const { t, model } = eyes;
  const told = model.said.get("register");
  const named = told?.code === "BAD_REQUEST" ? told.facts.field : told?.code === "TOO_YOUNG" ? "id_number" : null;
  const wrong = (/** @type {string} */ name) =>
    named === name
      ? told.code === "TOO_YOUNG"
        ? t("refusal.TOO_YOUNG", told.facts)
        : t(`tablet.wrong.${name}`)
      : null;
  return h(
    "section.people",
    null,
    h(
      "form.register",
      { on: { submit: { do: "register" } } },
      h("h2", null, t("tablet.register")),
      field(eyes, {
        form: "person",
        name: "name",
        label: t("tablet.person_name"),
        maxlength: 40,
        wrong: wrong("name"),
      }),
      field(eyes, {
        form: "person",
        name: "phone",
        label: t("tablet.person_phone"),
        inputmode: "tel",
        maxlength: 19,
        wrong: wrong("phone"),
      }),
      field(eyes, {
        form: "person",
        name: "id_number",
        label: t("tablet.person_id"),
        maxlength: 18,
        wrong: wrong("id_number"),
      }),
      h("p.quiet-text", null, t("tablet.person_why")),
      !named && said(eyes, "register"),
      h(
        "button.go",
        { type: "submit", disabled: !(model.forms.person?.name ?? "").trim() || model.busy.has("register") },
        t("tablet.register_now"),
      ),
    ),
    h(
      "div.card-place",
      null,
      model.card
        ? card(eyes, model.card)
        : h("div.nothing", null, picto("ui", "qr"), h("p", null, t("tablet.card_comes"))),
    ),
  );
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
