// @ts-check
/** The door of one bus: scan, who is missing, undo, depart; its passenger list once it left. Pure view. */

import { h, picto } from "../html.mjs";
import { button, field, isBusy, nothing, said } from "../parts.mjs";
import { one, seatsOf } from "../replica_views.mjs";
import { answer } from "./answer.mjs";
import { manifestPage } from "./manifest.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

const LONG_MIN = 90;

/** @param {Eyes} eyes @param {string} id */
export function boardingTitle(eyes, id) {
  const trip = one(eyes.model.items, "trip", id);
  if (!trip) return eyes.t("tablet.door.buses");
  return h(
    "span.trip-title",
    null,
    h("strong", null, trip.at),
    picto("signs", trip.sign, eyes.t(`sign.${trip.sign}`)),
    h("span.dest", null, trip.dest),
    h("span.bay", null, eyes.t("tablet.bay", { bay: trip.bay })),
  );
}

/** @param {Eyes} eyes @param {string} id */
export function boardingPage(eyes, id) {
  const trip = one(eyes.model.items, "trip", id);
  if (!trip) return nothing("bus", eyes.t("refusal.NOT_FOUND"));
  if (trip.state === "departed") return manifestPage(eyes, trip);
  return h("section.boarding", null, h("div.door", null, answer(eyes, trip), door(eyes, trip)), list(eyes, trip));
}

/** @param {Eyes} eyes @param {any} trip */
function door(eyes, trip) {
  const { t, model } = eyes;
  if (trip.state === "planned")
    return h(
      "div.scan",
      null,
      said(eyes, "open"),
      button(eyes, ".go.huge", { do: "open", trip: trip.id }, t("tablet.open_boarding")),
    );
  const typed = model.forms.scan?.code ?? "";
  return h(
    "form.scan",
    { on: { submit: { do: "scan-typed", trip: trip.id } } },
    field(eyes, { form: "scan", name: "code", label: t("tablet.type_code"), maxlength: 40, inputmode: "text" }),
    h(
      "button.light",
      { type: "submit", disabled: typed.trim() === "" || isBusy(eyes, "scan") },
      t("tablet.check_code"),
    ),
  );
}

/** @param {Eyes} eyes @param {any} trip */
function list(eyes, trip) {
  const { t, model } = eyes;
  const search = model.forms.seats?.search ?? "";
  const seats = seatsOf(model.items, trip.id, search);
  const none = h("li.none", null, t(trip.expected ? "tablet.no_match" : "tablet.no_seats"));
  return h(
    "div.list",
    null,
    h(
      "div.list-head",
      null,
      h("h2", null, t("tablet.missing", { count: trip.missing }), " · ", t("tablet.empty", { count: trip.empty })),
      papersOf(eyes, trip),
    ),
    h(
      "p.quiet-text",
      null,
      eyes.say([
        leavesIn(eyes, trip),
        t("tablet.capacity", { count: trip.capacity }),
        t("tablet.bay", { bay: trip.bay }),
      ]),
    ),
    share(eyes, trip),
    h("input.find", {
      type: "search",
      "aria-label": t("tablet.find_seat"),
      placeholder: t("tablet.find_seat"),
      value: search,
      autocomplete: "off",
      on: { input: { do: "type", form: "seats", name: "search" } },
    }),
    said(eyes, "undo"),
    h(
      "ul.seats",
      { tabindex: "0", "aria-label": t("tablet.seats") },
      seats.length ? seats.map((seat) => row(eyes, trip, seat)) : none,
    ),
    h("div.bottom", null, said(eyes, "depart"), trip.state === "boarding" && depart(eyes, trip)),
  );
}

/** Where the papers of this bus come out. @param {Eyes} eyes @param {any} trip */
export const papersOf = (eyes, trip) =>
  eyes.may("order-paper") &&
  button(
    eyes,
    ".plain.to-papers",
    { do: "go", page: "papers", id: trip.id },
    picto("ui", "printer"),
    eyes.t("tablet.to_papers"),
  );

/** How full, as a bar. @param {Eyes} eyes @param {any} trip */
function share(eyes, trip) {
  const label = eyes.t("tablet.aboard_of", { aboard: trip.aboard, expected: trip.expected });
  const range = {
    "aria-valuemin": "0",
    "aria-valuemax": trip.expected,
    "aria-valuenow": trip.aboard,
    "aria-label": label,
  };
  const vars = { "--share": String(trip.expected ? trip.aboard / trip.expected : 0) };
  return h("div.share", { role: "progressbar", ...range, vars }, h("span", null));
}

/** @param {Eyes} eyes @param {any} trip */
function depart(eyes, trip) {
  const held = {
    type: "button",
    disabled: isBusy(eyes, "depart"),
    "aria-describedby": "hold-how",
    on: { hold: { do: "depart", trip: trip.id } },
  };
  const how = h("p.visually-hidden", { id: "hold-how" }, eyes.t("tablet.hold_how"));
  return [h("button.go.hold", held, h("span", null, eyes.t("tablet.hold_depart"))), how];
}

/** @param {Eyes} eyes @param {any} trip */
function leavesIn(eyes, trip) {
  if (!eyes.clock) return "";
  const minutes = eyes.clock.minutesUntil(trip.departs_at, eyes.now);
  if (minutes > LONG_MIN)
    return eyes.t("tablet.leaves_in_hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return minutes > 0 ? eyes.t("tablet.leaves_in", { count: minutes }) : eyes.t("tablet.leaves_now");
}

/** @param {Eyes} eyes @param {any} trip @param {any} seat */
function row(eyes, trip, seat) {
  const { t } = eyes;
  const isAboard = seat.state === "aboard";
  const state = isAboard ? since(eyes, seat) : t("tablet.expected");
  const party = seat.party > 1 && h("small", null, t("tablet.party", { count: seat.party }));
  const undo = isAboard && trip.state === "boarding";
  return h(
    "li.seat",
    { key: seat.id, "data-state": seat.state, "data-fresh": String(eyes.model.scan?.body?.seat === seat.id) },
    h("b.tail", null, seat.tail),
    h("span.who", null, h("span", null, seat.number), h("small", null, state), party),
    undo &&
      button(eyes, ".plain", { do: "undo", trip: trip.id, seat: seat.id, slot: `undo-${seat.id}` }, t("tablet.undo")),
  );
}

/** How long aboard, in words. @param {Eyes} eyes @param {any} seat */
function since(eyes, seat) {
  const minutes = eyes.clock ? Math.max(0, Math.floor((eyes.clock.at(eyes.now) - Date.parse(seat.at)) / 60_000)) : 0;
  return minutes < 1 ? eyes.t("tablet.just_now") : eyes.t("tablet.minutes_ago", { count: minutes });
}
