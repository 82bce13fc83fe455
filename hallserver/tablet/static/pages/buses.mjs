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
  const { t, model } = eyes;
  const wrong = mistakesOf(eyes);
  const day = eyes.clock?.businessDay ?? "";
  const form = "plan";
  return h(
    "form.plan.fields",
    { on: { submit: { do: "plan-trip" } } },
    choice(eyes, {
      form,
      name: "sign",
      label: t("tablet.field.sign"),
      wrong: wrong.sign,
      fills: true,
      options: BUS_SIGNS.map((sign) => [sign, picto("signs", sign, t(`sign.${sign}`))]),
    }),
    choice(eyes, {
      form,
      name: "day",
      label: t("tablet.field.day"),
      wrong: wrong.day,
      options: [0, 1].map((on) => [dayAfter(day, on), eyes.say({ d: dayAfter(day, on) })]),
    }),
    clockTime(eyes, { form, name: "departs_at", label: t("tablet.field.departs_at"), wrong: wrong.departs_at }),
    clockTime(eyes, { form, name: "returns_at", label: t("tablet.field.returns_at"), wrong: wrong.returns_at }),
    field(eyes, {
      form,
      name: "destination",
      label: t("tablet.field.destination"),
      maxlength: 80,
      wrong: wrong.destination,
    }),
    stepper(eyes, { form, name: "bay", label: t("tablet.field.bay"), least: 1, most: 99, wrong: wrong.bay }),
    stepper(eyes, {
      form,
      name: "capacity",
      label: t("tablet.field.capacity"),
      least: 1,
      most: 80,
      wrong: wrong.capacity,
    }),
    field(eyes, { form, name: "plate", label: t("tablet.field.plate"), maxlength: 12, wrong: wrong.plate }),
    h(
      "div.bottom",
      null,
      Object.keys(wrong).length === 0 && said(eyes, "plan-trip"),
      h("button.go", { type: "submit", disabled: model.busy.has("plan-trip") }, t("tablet.plan_bus")),
    ),
  );
}

/** @param {Eyes} eyes @returns {Record<string, string>} */
function mistakesOf(eyes) {
  const told = eyes.model.said.get("plan-trip");
  const named = told?.code === "BAD_REQUEST" ? told.facts.field?.split(".")[0] : null;
  if (told?.code === "BUS_GONE") return { departs_at: eyes.t("tablet.wrong.past") };
  return named ? { [named]: eyes.t(named === "sign" ? "tablet.wrong.choose" : "tablet.wrong.fill") } : {};
}
