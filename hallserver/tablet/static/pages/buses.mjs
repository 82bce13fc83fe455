// @ts-check
/** The day's buses: which leaves when, how full, which door is open; and a bus planned anew. Pure view. */

import { h, picto } from "../html.mjs";
import { button, choice, clockTime, field, nothing, said, stepper } from "../parts.mjs";
import { BUS_SIGNS, dayAfter, tripsOf } from "../replica_views.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

/** @param {Eyes} eyes */
export function busesPage(eyes) {
  const { t } = eyes;
  const trips = tripsOf(eyes.model.items, eyes.clock?.businessDay ?? "");
  const plan = eyes.may("plan-trip") && button(eyes, ".go", { do: "go", page: "plan" }, t("tablet.plan_bus"));
  return h(
    "section.buses",
    null,
    trips.length
      ? h(
          "ul.bus-list",
          null,
          trips.map((trip) => bus(eyes, trip)),
        )
      : nothing("bus", t("tablet.no_buses")),
    plan && h("div.bottom", null, plan),
  );
}

/** @param {Eyes} eyes @param {any} trip */
function bus(eyes, trip) {
  const { t } = eyes;
  const words = `${t(`sign.${trip.sign}`)} ${trip.at} ${trip.dest}`;
  return h(
    "li",
    { key: trip.id },
    h(
      "button.bus",
      {
        type: "button",
        "data-state": trip.state,
        "aria-label": `${words}, ${t(`tablet.trip.${trip.state}`)}, ${t("tablet.aboard_of", { aboard: trip.aboard, expected: trip.expected })}`,
        on: { click: { do: "go", page: "boarding", id: trip.id } },
      },
      picto("signs", trip.sign),
      h("strong.time", null, trip.at),
      h(
        "span.where",
        null,
        h("b", null, trip.dest),
        h("small", null, t("tablet.bay", { bay: trip.bay }), trip.plate && ` · ${trip.plate}`),
      ),
      h(
        "span.count",
        null,
        h("strong", null, trip.aboard, h("small", null, `/${trip.expected}`)),
        h("small", null, t("tablet.capacity", { count: trip.capacity })),
      ),
      h("span.state", null, t(`tablet.trip.${trip.state}`)),
    ),
  );
}

/** @param {Eyes} eyes */
export function planPage(eyes) {
  const wrong = mistakesOf(eyes);
  const told = Object.keys(wrong).length === 0 && said(eyes, "plan-trip");
  const isBusy = eyes.model.busy.has("plan-trip");
  const send = h("button.go", { type: "submit", disabled: isBusy }, eyes.t("tablet.plan_bus"));
  const form = { on: { submit: { do: "plan-trip" } } };
  return h("form.plan.fields", form, planFields(eyes, wrong), h("div.bottom", null, told, send));
}

/** @param {Eyes} eyes @param {Record<string, string>} wrong */
function planFields(eyes, wrong) {
  const of = (/** @type {string} */ name) => ({
    form: "plan",
    name,
    label: eyes.t(`tablet.field.${name}`),
    wrong: wrong[name],
  });
  const today = eyes.clock?.businessDay ?? eyes.model.forms.plan.day;
  const days = [0, 1].map((on) => dayAfter(today, on));
  /** @type {Array<[any, any]>} */
  const signs = BUS_SIGNS.map((sign) => [sign, picto("signs", sign, eyes.t(`sign.${sign}`))]);
  return [
    choice(eyes, { ...of("sign"), fills: true, options: signs }),
    choice(eyes, { ...of("day"), options: days.map((day) => [day, eyes.say({ d: day })]) }),
    clockTime(eyes, of("departs_at")),
    clockTime(eyes, of("returns_at")),
    field(eyes, { ...of("destination"), maxlength: 80 }),
    stepper(eyes, { ...of("bay"), least: 1, most: 99 }),
    stepper(eyes, { ...of("capacity"), least: 1, most: 80 }),
    field(eyes, { ...of("plate"), maxlength: 12 }),
  ];
}

/** @param {Eyes} eyes @returns {Record<string, string>} */
function mistakesOf(eyes) {
  const told = eyes.model.said.get("plan-trip");
  const named = told?.code === "BAD_REQUEST" ? told.facts.field?.split(".")[0] : null;
  if (told?.code === "BUS_GONE") return { departs_at: eyes.t("tablet.wrong.past") };
  return named ? { [named]: eyes.t(named === "sign" ? "tablet.wrong.choose" : "tablet.wrong.fill") } : {};
}
