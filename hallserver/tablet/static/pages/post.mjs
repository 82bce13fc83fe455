// @ts-check
/** A post made with thumbs: trade as a picture, employer, then the rest; what is refused is named at its field. Pure view. */

import { h, picto } from "../html.mjs";
import { nothing, said } from "../parts.mjs";
import { hallOf } from "../replica_views.mjs";
import { mistakesOf } from "./post_form.mjs";
import { sections } from "./post_sections.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

const EMPLOYERS_SHOWN = 40;

/** @param {Eyes} eyes */
export function postPage(eyes) {
  const form = eyes.model.forms.post;
  if (!form.trade || eyes.model.postStep === "trade") return trades(eyes);
  if (!form.employer || eyes.model.postStep === "employer") return employers(eyes);
  return details(eyes, form);
}

/** @param {Eyes} eyes */
function trades(eyes) {
  const { t, say, model } = eyes;
  const search = (model.forms.post.search ?? "").trim().toLowerCase();
  const found = hallOf(model.items).trades.filter((/** @type {any} */ trade) =>
    say(trade.name).toLowerCase().includes(search),
  );
  const one = (/** @type {any} */ trade) =>
    h(
      "button.trade",
      {
        type: "button",
        key: trade.id,
        "aria-pressed": String(model.forms.post.trade === trade.id),
        on: { click: { do: "post-trade", value: trade.id } },
      },
      h("span.tile", null, picto("trades", trade.pictogram)),
      h("span", null, say(trade.name)),
    );
  return h(
    "section.pick",
    null,
    finder(eyes, "search", t("tablet.find_trade")),
    found.length ? h("div.trades", null, found.map(one)) : nothing("jobs", t("tablet.no_match")),
  );
}

/** @param {Eyes} eyes @param {string} name @param {string} words */
function finder(eyes, name, words) {
  return h("input.find", {
    key: name,
    type: "search",
    "aria-label": words,
    placeholder: words,
    autocomplete: "off",
    value: eyes.model.forms.post[name] ?? "",
    on: { input: { do: "type", form: "post", name } },
  });
}

/** @param {Eyes} eyes */
function employers(eyes) {
  const { t, model } = eyes;
  const search = (model.forms.post.employer_search ?? "").trim().toLowerCase();
  const found = (model.employers ?? []).filter((/** @type {any} */ one) =>
    `${one.name} ${one.address}`.toLowerCase().includes(search),
  );
  const one = (/** @type {any} */ employer) =>
    h(
      "li",
      { key: employer.id },
      h(
        "button.employer",
        { type: "button", on: { click: { do: "post-employer", employer } } },
        h("b", null, employer.name),
        h("small", null, employer.address),
      ),
    );
  const told = said(eyes, "employers");
  return h(
    "section.pick",
    null,
    finder(eyes, "employer_search", t("tablet.find_employer")),
    told,
    found.length
      ? h(
          "ul.employers",
          null,
          found.slice(0, EMPLOYERS_SHOWN).map(one),
          found.length > EMPLOYERS_SHOWN &&
            h("li.none", null, t("tablet.narrow", { count: found.length - EMPLOYERS_SHOWN })),
        )
      : !told && nothing("me", t(model.employers ? "tablet.no_match" : "tablet.loading")),
  );
}

/** @param {Eyes} eyes @param {any} form */
function details(eyes, form) {
  const { t } = eyes;
  const wrong = mistakesOf(eyes, eyes.model.said.get("post-job"));
  const [first] = Object.entries(wrong).map(([name, words]) =>
    eyes.knows(`tablet.field.${name}`) ? t("tablet.at_field", { field: t(`tablet.field.${name}`), words }) : words,
  );
  return h(
    "form.post.fields",
    { on: { submit: { do: "post-job" } } },
    chosen(eyes, form, wrong),
    sections(eyes, form, wrong),
    h(
      "div.bottom",
      null,
      eyes.model.said.get("post-job")?.kind === "lost" || eyes.model.busy.has("post-job")
        ? said(eyes, "post-job")
        : first && h("p.said.bad", { role: "alert" }, picto("ui", "warning"), h("span", null, first)),
      h("button.go", { type: "submit", disabled: eyes.model.busy.has("post-job") }, t("tablet.post_now")),
    ),
  );
}

/** Trade and employer, to be tapped for another. @param {Eyes} eyes @param {any} form @param {Record<string, string>} wrong */
function chosen(eyes, form, wrong) {
  const trade = hallOf(eyes.model.items).trades.find((/** @type {any} */ one) => one.id === form.trade);
  return h(
    "div.chosen",
    null,
    h(
      "button.picked",
      { type: "button", "data-wrong": String("trade" in wrong), on: { click: { do: "post-step", step: "trade" } } },
      h("span.tile", null, picto("trades", trade?.pictogram ?? form.trade)),
      h("span", null, h("b", null, eyes.say(trade?.name)), h("small", null, eyes.t("tablet.change"))),
    ),
    h(
      "button.picked",
      {
        type: "button",
        "data-wrong": String("employer" in wrong),
        on: { click: { do: "post-step", step: "employer" } },
      },
      h("span", null, h("b", null, form.employer.name), h("small", null, eyes.t("tablet.change"))),
    ),
  );
}
