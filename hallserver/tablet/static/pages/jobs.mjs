// @ts-check
/** Posts that live or wait: found by trade or employer, opened beside the list, approved, refused, raised, closed. Pure view. */

import { h, picto } from "../html.mjs";
import { button, field, nothing, said, twice } from "../parts.mjs";
import { jobsFound, one, waitingForReview } from "../replica_views.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

const SHOWN = 60;
const REASONS = ["unclear", "charges", "limits", "phone", "pay"];

/** @param {Eyes} eyes @param {string | undefined} id */
export function jobsPage(eyes, id) {
  return h(
    "section.jobs",
    { "data-open": String(Boolean(id)) },
    list(eyes, id),
    h("div.detail", null, id ? detail(eyes, id) : nothing("jobs", eyes.t("tablet.choose_job"))),
  );
}

/** @param {Eyes} eyes @param {string | undefined} id */
function list(eyes, id) {
  const { t, model } = eyes;
  const find = model.forms.jobs ?? {};
  const found = jobsFound(model.items, find.search ?? "", find.filter ?? "all", eyes.say);
  const filter = (/** @type {string} */ name, /** @type {string} */ words) =>
    h(
      "button.choice",
      {
        type: "button",
        role: "radio",
        "aria-checked": String((find.filter ?? "all") === name),
        on: { click: { do: "choose", form: "jobs", name: "filter", value: name } },
      },
      words,
    );
  return h(
    "div.list",
    null,
    h(
      "div.search",
      null,
      h("input.find", {
        type: "search",
        "aria-label": t("tablet.find_job"),
        placeholder: t("tablet.find_job"),
        value: find.search ?? "",
        autocomplete: "off",
        on: { input: { do: "type", form: "jobs", name: "search" } },
      }),
      h(
        "div.choices",
        { role: "radiogroup", "aria-label": t("tablet.which_jobs") },
        filter("all", t("tablet.filter.all")),
        filter("waiting", t("tablet.filter.waiting", { count: waitingForReview(model.items) })),
        filter("live", t("tablet.filter.live")),
      ),
    ),
    h(
      "ul.job-list",
      { tabindex: "0", "aria-label": t("tablet.found_jobs", { count: found.length }) },
      found.slice(0, SHOWN).map((job) => row(eyes, job, id)),
      found.length > SHOWN && h("li.none", null, t("tablet.narrow", { count: found.length - SHOWN })),
      found.length === 0 && h("li.none", null, t("tablet.no_jobs")),
    ),
    h("div.bottom", null, button(eyes, ".go", { do: "start-post" }, t("tablet.post_job"))),
  );
}

/** @param {Eyes} eyes @param {any} job @param {string | undefined} open */
function row(eyes, job, open) {
  return h(
    "li",
    { key: job.id },
    h(
      "button.job",
      {
        type: "button",
        "aria-current": job.id === open ? "true" : null,
        on: { click: { do: "go", page: "jobs", id: job.id } },
      },
      h("span.tile", null, picto("trades", job.pictogram)),
      h(
        "span.words",
        null,
        h("b", null, eyes.say(job.title)),
        h("small", null, job.employer),
        h("small", null, eyes.say(job.when)),
      ),
      h(
        "span.right",
        null,
        h("strong.pay", null, job.pay.amount, h("small", null, eyes.say(job.pay.unit))),
        state(eyes, job),
      ),
    ),
  );
}

/** Word and colour of where a post stands. @param {Eyes} eyes @param {any} job */
function state(eyes, job) {
  if (job.review === "submitted") return h("span.chip.waiting", null, eyes.t("tablet.job.submitted"));
  if (job.state === "filled" || job.left === 0) return h("span.chip.full", null, eyes.t("tablet.job.full"));
  return h("span.chip.live", null, eyes.t("tablet.left_of", { left: job.left, count: job.headcount }));
}

/** @param {Eyes} eyes @param {string} id */
function detail(eyes, id) {
  const { t, say, model } = eyes;
  const job = one(model.items, "job", id);
  if (!job)
    return model.posted === id
      ? h("div.nothing", { role: "status" }, picto("ui", "clock"), h("p", null, t("tablet.post_on_its_way")))
      : nothing("jobs", t("tablet.job_over"));
  const facts = [
    ["when", job.when],
    ["place", [job.place, job.address]],
    ["pay", [job.settle]],
    ["board", job.board],
    ["way", ways(eyes, job)],
    ["back", job.return],
    ["work", job.work],
    ["gear", job.gear],
    ["insurance", job.insurance],
    ["giving", t(`tablet.giving.${job.giving}`)],
  ];
  const shown = facts.map(([name, value]) => [String(name), say(value)]).filter(([, words]) => words);
  const line = (/** @type {string[]} */ [name, words]) =>
    h("div", { key: name }, h("dt", null, t(`tablet.fact.${name}`)), h("dd", null, words));
  const list = h("dl", null, shown.map(line));
  return h(
    "article",
    { key: id },
    h("button.plain.only-narrow", { type: "button", on: { click: { do: "go", page: "jobs" } } }, t("tablet.to_list")),
    standing(eyes, job),
    h(
      "div.job-head",
      null,
      h("span.tile", null, picto("trades", job.pictogram)),
      h("div", null, h("h2", null, say(job.title)), h("p", null, job.employer)),
      h("p.pay", null, job.pay.amount, h("small", null, say(job.pay.unit))),
    ),
    reasons(eyes, job),
    model.jobAct ? [acts(eyes, job), list] : [list, acts(eyes, job)],
  );
}

/** Said from the feed: on the walls, or waiting for a second person. @param {Eyes} eyes @param {any} job */
function standing(eyes, job) {
  const { t } = eyes;
  if (job.review === "submitted")
    return h(
      "p.standing.waiting",
      { role: "status" },
      picto("ui", "clock"),
      h("span", null, h("b", null, t("tablet.job.submitted")), " ", t("tablet.job.submitted_line")),
    );
  if (job.left === 0)
    return h(
      "p.standing.full",
      { role: "status" },
      picto("ui", "people2"),
      h("span", null, h("b", null, t("tablet.job.full"))),
    );
  return h(
    "p.standing.live",
    { role: "status" },
    picto("ui", "ok"),
    h(
      "span",
      null,
      h("b", null, t("tablet.job.live")),
      " ",
      t("tablet.left_of", { left: job.left, count: job.headcount }),
    ),
  );
}

/** @param {Eyes} eyes @param {any} job */
function ways(eyes, job) {
  return job.ways.map((/** @type {string} */ way) =>
    way === "bus" && job.bus
      ? `${eyes.t(`sign.${job.bus.sign}`)} ${job.bus.at} · ${eyes.t("tablet.bay", { bay: job.bus.bay })}`
      : eyes.t(`tablet.way_there.${way}`),
  );
}

/** @param {Eyes} eyes @param {any} job */
function reasons(eyes, job) {
  return (
    job.reasons.length > 0 &&
    h(
      "ul.reasons",
      { "aria-label": eyes.t("tablet.look_at") },
      job.reasons.map((/** @type {any} */ reason) =>
        h("li", { key: reason.k }, picto("ui", "warning"), h("span", null, eyes.say(reason))),
      ),
    )
  );
}

/** @param {Eyes} eyes @param {any} job */
function acts(eyes, job) {
  const { t, model } = eyes;
  if (model.jobAct === "refuse") return refuse(eyes, job);
  if (model.jobAct === "raise") return raise(eyes, job);
  const close = twice(
    eyes,
    ".quiet",
    { do: "job", verb: "close", id: job.id, body: {}, slot: "close" },
    t("tablet.close_job"),
    t("tablet.close_sure"),
  );
  if (job.review === "submitted") {
    return h(
      "div.acts",
      null,
      said(eyes, "approve"),
      button(eyes, ".quiet", { do: "job-act", act: "refuse" }, t("tablet.refuse")),
      button(eyes, ".go", { do: "job", verb: "approve", id: job.id, body: {}, slot: "approve" }, t("tablet.approve")),
    );
  }
  return h(
    "div.acts",
    null,
    said(eyes, "close"),
    close,
    button(eyes, ".dark", { do: "job-act", act: "raise", job }, t("tablet.raise")),
  );
}

/** @param {Eyes} eyes @param {any} job */
function refuse(eyes, job) {
  const { t, model } = eyes;
  const reason = model.forms.refuse?.reason ?? "";
  const ready = (/** @type {string} */ name) =>
    h(
      "button.choice",
      {
        type: "button",
        on: { click: { do: "choose", form: "refuse", name: "reason", value: t(`tablet.reason.${name}`) } },
      },
      t(`tablet.reason.${name}`),
    );
  return h(
    "div.acts.form",
    null,
    h("div.choices", { role: "group", "aria-label": t("tablet.why_refuse") }, REASONS.map(ready)),
    field(eyes, { form: "refuse", name: "reason", label: t("tablet.why_refuse"), maxlength: 80 }),
    said(eyes, "refuse"),
    h(
      "div.pair",
      null,
      button(eyes, ".quiet", { do: "job-act", act: null }, t("tablet.never_mind")),
      h(
        "button.stop",
        {
          type: "button",
          disabled: reason.trim() === "" || model.busy.has("refuse"),
          on: { click: { do: "job", verb: "refuse", id: job.id, body: { reason: reason.trim() }, slot: "refuse" } },
        },
        t("tablet.refuse"),
      ),
    ),
  );
}

/** @param {Eyes} eyes @param {any} job */
function raise(eyes, job) {
  const { t, model } = eyes;
  const isRange = job.pay.min_fen !== job.pay.max_fen;
  const unit = eyes.say(job.pay.unit);
  const amount = (/** @type {string} */ name, /** @type {string} */ label) =>
    field(eyes, {
      form: "raise",
      name,
      label: t("tablet.with_unit", { label: t(label), unit }),
      inputmode: "decimal",
      maxlength: 9,
    });
  return h(
    "div.acts.form",
    null,
    h("p", null, t("tablet.raise_from", { amount: job.pay.amount, unit })),
    amount("min", isRange ? "tablet.field.pay_min_fen" : "tablet.raise_to"),
    isRange && amount("max", "tablet.field.pay_max_fen"),
    said(eyes, "pay"),
    h(
      "div.pair",
      null,
      button(eyes, ".quiet", { do: "job-act", act: null }, t("tablet.never_mind")),
      h(
        "button.go",
        { type: "button", disabled: model.busy.has("pay"), on: { click: { do: "raise-pay", id: job.id, isRange } } },
        t("tablet.raise"),
      ),
    ),
  );
}
