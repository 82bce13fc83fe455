// @ts-check
/** Papers that come out of a printer: those of a bus, or those that anybody may take. Pure view. */

import { h, picto } from "../html.mjs";
import { button, nothing } from "../parts.mjs";
import { one } from "../replica_views.mjs";
import { chosenPrinter, printerList, told } from "./at_printer.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

/** @param {Eyes} eyes @param {string | undefined} trip */
export function papersHead(eyes, trip) {
  const back = trip ? { page: "boarding", id: trip } : { page: "devices" };
  return { title: eyes.t(trip ? "tablet.papers_of_bus" : "tablet.papers"), back, isWide: true };
}

/** @param {Eyes} eyes @param {string | undefined} id of a bus */
export function papersPage(eyes, id) {
  if (!chosenPrinter(eyes.model)) return nothing("printer", eyes.t("tablet.no_printers"));
  const trip = id ? one(eyes.model.items, "trip", id) : null;
  if (id && !trip) return nothing("bus", eyes.t("refusal.NOT_FOUND"));
  return h(
    "section.papers",
    null,
    trip && ofBus(eyes, trip),
    h("div.where", null, h("h2", null, eyes.t("tablet.which_printer")), printerList(eyes)),
    h("div.tiles", null, trip ? busPapers(eyes, trip) : commonPapers(eyes)),
    told(eyes, "paper"),
  );
}

/** @param {Eyes} eyes @param {any} trip */
function ofBus(eyes, trip) {
  const words = eyes.say([trip.dest, eyes.t("tablet.bay", { bay: trip.bay })]);
  const sign = picto("signs", trip.sign, eyes.t(`sign.${trip.sign}`));
  return h("p.bus-line", null, sign, h("b", null, trip.at), h("span", null, words));
}

/** @param {Eyes} eyes @param {any} trip */
function busPapers(eyes, trip) {
  const { t } = eyes;
  const of = (/** @type {string} */ kind) => ({ kind, trip: trip.id });
  return [
    tile(eyes, "bus", of("windscreen"), t("tablet.paper_line.windscreen")),
    tile(eyes, "people2", of("manifest"), t("tablet.paper_line.manifest", { count: trip.expected })),
  ];
}

/** @param {Eyes} eyes */
const commonPapers = (eyes) => [
  tile(eyes, "rights", { kind: "rights_card" }, eyes.t("tablet.paper_line.rights_card")),
  tile(eyes, "printer", { kind: "test_page" }, eyes.t("tablet.paper_line.test_page")),
];

/** @param {Eyes} eyes @param {string} sign @param {Record<string, any>} paper @param {string} line */
function tile(eyes, sign, paper, line) {
  return button(
    eyes,
    ".paper-tile",
    { do: "order-paper", slot: "paper", paper },
    picto("ui", sign),
    h("b", null, eyes.t(`tablet.paper.${paper.kind}`)),
    h("small", null, line),
  );
}
