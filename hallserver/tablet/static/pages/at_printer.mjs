// @ts-check
/** Which printer a paper comes out of, and that it was sent there; kept for the next paper. Pure view. */

import { h, picto } from "../html.mjs";
import { button, said } from "../parts.mjs";
import { printersOf } from "../replica_views.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

/** The printer that was chosen last on this tablet, else one that prints. @param {any} model */
export function chosenPrinter(model) {
  const all = printersOf(model.items);
  return all.find((one) => one.id === model.printer) ?? all.find((one) => !one.stop) ?? all[0] ?? null;
}

/**
 * A few words to press beside the printer where the paper will come out.
 * @param {Eyes} eyes @param {{look: string, slot: string, paper: Record<string, any>, words: string}} given
 */
export function atPrinter(eyes, given) {
  const { slot, paper } = given;
  if (!chosenPrinter(eyes.model)) return h("p.quiet-text", null, eyes.t("tablet.no_printers"));
  const order = { do: "order-paper", slot, paper };
  const press = button(eyes, given.look, order, picto("ui", "printer"), given.words);
  return h("div.at-printer", null, printerList(eyes), press, told(eyes, slot));
}

/** Printers as a list to choose from, each with what stops it. @param {Eyes} eyes */
export function printerList(eyes) {
  const chosen = chosenPrinter(eyes.model);
  const one = (/** @type {any} */ printer) =>
    h(
      "option",
      { key: printer.id, value: printer.id, selected: printer.id === chosen?.id },
      printer.stop ? eyes.say([printer.name, fault(eyes, printer.stop)]) : printer.name,
    );
  return h(
    "select.printer-list",
    { "aria-label": eyes.t("tablet.which_printer"), value: chosen?.id ?? "", on: { change: { do: "choose-printer" } } },
    printersOf(eyes.model.items).map(one),
  );
}

/** @param {Eyes} eyes @param {string} id */
const fault = (eyes, id) => (eyes.knows(`ticket.fault.${id}`) ? eyes.t(`ticket.fault.${id}`) : "");

/** What came of it: refused, or on its way. @param {Eyes} eyes @param {string} slot */
export function told(eyes, slot) {
  const { ordered } = eyes.model;
  if (ordered?.slot !== slot) return said(eyes, slot);
  return h("p.said.good", { role: "status" }, picto("ui", "ok"), h("span", null, ordered.words(eyes)));
}
