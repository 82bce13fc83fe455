// @ts-check
/** Calling numbers: my counter, the number called huge, one green button for the next; who waits. Pure view. */

import { h, picto } from "../html.mjs";
import { button, nothing, said } from "../parts.mjs";
import { countersOf, hallOf, ofKind, waitingFor } from "../replica_views.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

const SHOWN_NEXT = 5;

/** @param {Eyes} eyes */
export function queuePage(eyes) {
  const counters = countersOf(eyes.model.items);
  const mine = counters.find((desk) => desk.number === eyes.model.counter);
  if (!mine) return chooseCounter(eyes, counters);
  return h(
    "section.queue",
    null,
    desk(eyes, mine),
    h("div.lines", null, nextUp(eyes, mine), others(eyes, counters, mine), services(eyes, mine)),
  );
}

/** @param {Eyes} eyes @param {any[]} counters */
function chooseCounter(eyes, counters) {
  const { t } = eyes;
  if (counters.length === 0) return nothing("number", t("tablet.no_counters"));
  const one = (/** @type {any} */ counter) =>
    h(
      "button.counter",
      { type: "button", key: counter.id, on: { click: { do: "my-counter", number: counter.number } } },
      h("b", null, counter.number),
      h(
        "span",
        null,
        h("strong", null, t("tablet.counter", { number: counter.number })),
        h("small", null, namesOf(eyes, counter.services)),
      ),
    );
  return h(
    "section.choose-counter",
    null,
    h("h2", null, t("tablet.choose_counter")),
    h("div.counters", null, counters.map(one)),
  );
}

/** @param {Eyes} eyes @param {string[]} services */
function namesOf(eyes, services) {
  const held = hallOf(eyes.model.items).services;
  return eyes.say(services.map((id) => held.find((/** @type {any} */ one) => one.id === id)?.name ?? id));
}

/** @param {Eyes} eyes @param {any} mine */
function desk(eyes, mine) {
  const { t } = eyes;
  const path = `/counters/${mine.number}`;
  const waiting = waitingFor(eyes.model.items, mine.services).length;
  return h(
    "div.desk",
    null,
    h(
      "div.desk-head",
      null,
      h("h2", null, t("tablet.counter", { number: mine.number })),
      h(
        "button.plain",
        { type: "button", on: { click: { do: "my-counter", number: null } } },
        t("tablet.other_counter"),
      ),
    ),
    h(
      "div.current",
      { role: "status", "data-called": String(Boolean(mine.current)) },
      h("span", null, mine.current ? t("tablet.at_counter") : t("tablet.nobody_here")),
      h("strong", null, mine.current ?? "—"),
    ),
    said(eyes, "desk"),
    h(
      "div.three",
      null,
      step(eyes, mine, { do: "desk", path: `${path}/recall`, body: {} }, "speaker", t("tablet.call_again")),
      step(eyes, mine, { do: "desk", path: `${path}/finish`, body: { outcome: "served" } }, "ok", t("tablet.finish")),
      step(
        eyes,
        mine,
        { do: "desk", path: `${path}/finish`, body: { outcome: "no_show" } },
        "own-way",
        t("tablet.no_show"),
      ),
    ),
    button(
      eyes,
      ".go.huge",
      { do: "desk", path: `${path}/call-next`, body: {} },
      h("span", null, t("tablet.call_next")),
      h("small", null, t("tablet.waiting_here", { count: waiting })),
    ),
  );
}

/** @param {Eyes} eyes @param {any} mine @param {any} action @param {string} sign @param {string} words */
function step(eyes, mine, action, sign, words) {
  const cannot = !mine.current || eyes.model.busy.has("desk");
  return h(
    "button.step-done",
    { type: "button", disabled: cannot, on: { click: action } },
    picto("ui", sign),
    h("span", null, words),
  );
}

/** @param {Eyes} eyes @param {any} mine */
function nextUp(eyes, mine) {
  const next = waitingFor(eyes.model.items, mine.services).slice(0, SHOWN_NEXT);
  return h(
    "div.next",
    null,
    h("h3", null, eyes.t("tablet.next_up")),
    next.length
      ? h(
          "ol.chips",
          null,
          next.map((ticket) => h("li", { key: ticket.id }, ticket.number)),
        )
      : h("p.quiet-text", null, eyes.t("refusal.NOBODY_WAITING")),
  );
}

/** @param {Eyes} eyes @param {any} mine */
function services(eyes, mine) {
  const rows = ofKind(eyes.model.items, "queue").sort((a, b) => (a.letter < b.letter ? -1 : 1));
  const row = (/** @type {any} */ line) =>
    h(
      `li${mine.services.includes(line.id) ? ".mine" : ""}`,
      { key: line.id },
      h("b", null, line.letter),
      h("span", null, eyes.say(line.name)),
      h("strong", { "data-none": String(line.waiting === 0) }, line.waiting),
    );
  return h("div.services", null, h("h3", null, eyes.t("tablet.waiting_by_service")), h("ul", null, rows.map(row)));
}

/** @param {Eyes} eyes @param {any[]} counters @param {any} mine */
function others(eyes, counters, mine) {
  const rest = counters.filter((desk) => desk !== mine);
  return h(
    "div.others",
    null,
    h("h3", null, eyes.t("tablet.other_counters")),
    h(
      "ul.desks",
      null,
      rest.map((desk) =>
        h(
          "li",
          { key: desk.id },
          h("span", null, eyes.t("tablet.counter", { number: desk.number })),
          h("strong", null, desk.state === "open" ? (desk.current ?? "—") : eyes.t("tablet.closed")),
        ),
      ),
    ),
  );
}
