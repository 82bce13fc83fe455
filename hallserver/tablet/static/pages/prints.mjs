// @ts-check
/** How the printers stand, and slips that somebody must look after: printed again, moved, or found. Pure view. */

import { h, picto } from "../html.mjs";
import { button, said } from "../parts.mjs";
import { printersOf, troubledPrints } from "../replica_views.mjs";
import { localTime } from "../shell.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

const NOTHING_SENT = ["queued", "failed"];

/** @param {Eyes} eyes */
export function troubled(eyes) {
  const { t, model } = eyes;
  const prints = troubledPrints(model.items, eyes.clock?.at(eyes.now) ?? 0);
  if (prints.length === 0) return null;
  return h(
    "div.troubled",
    null,
    h("h2", null, t("tablet.print_trouble", { count: prints.length })),
    said(eyes, "print"),
    h(
      "ul",
      null,
      prints.map((job) => slip(eyes, job)),
    ),
  );
}

/** @param {Eyes} eyes @param {any} job */
function slip(eyes, job) {
  const { t, model } = eyes;
  const isOpen = model.asked === `print-${job.id}`;
  const words = h(
    "span.words",
    null,
    h("b", null, eyes.say([paperName(eyes, job.kind), job.number])),
    h("small", null, `${job.device_name} · ${localTime(eyes, job.at)}`),
  );
  const why = h("span.why", null, h("b", null, t(`tablet.print.${job.state}`)), h("small", null, reason(eyes, job)));
  const opener = button(
    eyes,
    ".plain",
    { do: "ask-again", about: isOpen ? null : `print-${job.id}` },
    t(isOpen ? "tablet.leave_it" : "tablet.look_after"),
  );
  return h(
    "li",
    { key: job.id, "data-open": isOpen ? "true" : null },
    h("div.line", null, picto("ui", "printer"), words, why, eyes.may("reprint") && opener),
    isOpen && h("div.choices", null, ...waysOut(eyes, job)),
  );
}

/** Papers have a name, slips are known by their number. @param {Eyes} eyes @param {string} kind */
const paperName = (eyes, kind) => (eyes.knows(`tablet.paper.${kind}`) ? eyes.t(`tablet.paper.${kind}`) : "");

/** What can be done with a slip: what surely did not come out moves, what may have come out is printed again and says so. @param {Eyes} eyes @param {any} job */
function waysOut(eyes, job) {
  const { t } = eyes;
  const isWaiting = NOTHING_SENT.includes(job.state);
  if (job.is_withdrawn) return [h("p.quiet-text", null, t("tablet.print_moves"))];
  const verb = isWaiting ? "move" : "reprint";
  const choice = (/** @type {any} */ device) =>
    button(
      eyes,
      ".plain",
      { do: "print-act", slot: "print", id: job.id, verb, body: { device: device.id } },
      picto("ui", "printer"),
      t(`tablet.print_${verb}_at`, { name: device.name }),
    );
  const found = (/** @type {boolean} */ came_out) =>
    button(
      eyes,
      came_out ? ".go" : ".plain",
      { do: "print-act", slot: "print", id: job.id, verb: "settle", body: { came_out } },
      t(came_out ? "tablet.print_came_out" : "tablet.print_not_out"),
    );
  const targets = targetsOf(eyes, job);
  return [...(isWaiting ? [] : [found(true)]), ...targets.map(choice), ...(isWaiting ? [] : [found(false)])];
}

/** Its own printer first, which a waiting slip would only be moved away from. @param {Eyes} eyes @param {any} job */
function targetsOf(eyes, job) {
  const others = printersOf(eyes.model.items).filter((one) => one.id !== job.device);
  return job.state === "queued" ? others : [{ id: job.device, name: job.device_name }, ...others];
}

/** @param {Eyes} eyes */
export function printers(eyes) {
  const { t, model } = eyes;
  const all = printersOf(model.items);
  if (all.length === 0) return null;
  return h(
    "div.printers",
    null,
    h(
      "div.list-head",
      null,
      h("h2", null, t("tablet.printers")),
      eyes.may("order-paper") &&
        button(eyes, ".plain.to-papers", { do: "go", page: "papers" }, picto("ui", "paper"), t("tablet.papers")),
    ),
    h(
      "ul",
      null,
      all.map((one) => printer(eyes, one)),
    ),
  );
}

/** @param {Eyes} eyes @param {any} one */
function printer(eyes, one) {
  const tone = one.stop ? "stop" : one.is_near_end ? "near" : "good";
  return h(
    "li",
    { key: one.id, "data-tone": tone },
    picto("ui", one.stop || one.is_near_end ? "warning" : "ok"),
    h("span.words", null, h("b", null, one.name), h("small", null, condition(eyes, one))),
    !one.stop && one.slips_left !== null && h("b.slips", null, eyes.t("tablet.slips_left", { count: one.slips_left })),
  );
}

/** @param {Eyes} eyes @param {any} one */
function condition(eyes, one) {
  if (one.stop) return fault(eyes, one.stop);
  const paper = eyes.t(one.is_near_end ? "tablet.paper_near_end" : "tablet.printer_ready");
  return one.can_prove ? paper : `${paper} · ${eyes.t("tablet.cannot_prove")}`;
}

/** @param {Eyes} eyes @param {any} job */
const reason = (eyes, job) => fault(eyes, job.reason);

/** A fault that the printer's words know, or nothing. @param {Eyes} eyes @param {string} id */
const fault = (eyes, id) => (eyes.knows(`ticket.fault.${id}`) ? eyes.t(`ticket.fault.${id}`) : "");
