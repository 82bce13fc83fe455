// @ts-check
/** The passenger list of a bus that left, frozen; also what its printed page shows. Pure view. */

import { h, picto } from "../html.mjs";
import { button, counted, isBusy, said } from "../parts.mjs";
import { localTime } from "../shell.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

const COLUMNS = ["number", "tail", "name", "people", "state", "time"];

/** @param {Eyes} eyes @param {any} trip */
export function manifestPage(eyes, trip) {
  const held = eyes.model.manifest?.trip === trip.id ? eyes.model.manifest : null;
  if (!held) return notRead(eyes, trip);
  return h(
    "section.manifest",
    null,
    head(eyes, trip, held),
    table(eyes, held.seats),
    h("p.promise.paper-only", null, eyes.t("hall.promise")),
  );
}

/** @param {Eyes} eyes @param {any} trip */
function notRead(eyes, trip) {
  const isLoading = isBusy(eyes, "manifest");
  const told = isLoading ? h("p.quiet-text", { role: "status" }, eyes.t("tablet.loading")) : said(eyes, "manifest");
  return h(
    "section.manifest",
    null,
    told,
    button(eyes, ".quiet", { do: "manifest", trip: trip.id }, eyes.t("tablet.load_again")),
  );
}

/** @param {Eyes} eyes @param {any} trip @param {any} held */
function head(eyes, trip, held) {
  const { t } = eyes;
  const facts = [
    t("tablet.departed_at", { at: localTime(eyes, held.departed_at) }),
    t("tablet.version", { n: held.version }),
    trip.plate,
  ];
  return h(
    "div.manifest-head",
    null,
    picto("signs", trip.sign, t(`sign.${trip.sign}`)),
    h("div", null, h("h2", null, `${trip.at} ${trip.dest}`), h("p", null, eyes.say(facts))),
    h(
      "p.total",
      null,
      counted(trip.aboard, trip.expected),
      h("small", null, t("tablet.missing", { count: trip.missing })),
    ),
    h(
      "div.ways-out",
      null,
      button(eyes, ".quiet", { do: "print" }, picto("ui", "paper"), t("tablet.print_list")),
      eyes.may("order-paper") &&
        button(
          eyes,
          ".quiet",
          { do: "go", page: "papers", id: trip.id },
          picto("ui", "printer"),
          t("tablet.to_papers"),
        ),
    ),
  );
}

/** @param {Eyes} eyes @param {any[]} seats */
function table(eyes, seats) {
  const { t } = eyes;
  const columns = COLUMNS.map((column) => h("th", { scope: "col" }, t(`tablet.column.${column}`)));
  const rows = seats.map((seat) =>
    h(
      "tr",
      { key: seat.number, "data-state": seat.state },
      cells(eyes, seat).map((cell) => h("td", null, cell || "—")),
    ),
  );
  return h(
    "div.table",
    { tabindex: "0", role: "region", "aria-label": t("tablet.list") },
    h("table", null, h("thead", null, h("tr", null, columns)), h("tbody", null, rows)),
  );
}

/** Names are worded for a volunteer, plain for who may read them. @param {Eyes} eyes @param {any} seat */
function cells(eyes, seat) {
  return [
    seat.number,
    seat.tail,
    eyes.say(seat.name),
    seat.party,
    eyes.t(`tablet.seat.${seat.state}`),
    localTime(eyes, seat.at),
  ];
}
