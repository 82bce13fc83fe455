// @ts-check
/** The paper kit: what will come out for which day, and one press that orders it. Pure view. */

import { h, picto } from "../html.mjs";
import { choice, isBusy, nothing, said, stepper } from "../parts.mjs";
import { dayAfter } from "../replica_views.mjs";
import { chosenPrinter, printerList, told } from "./at_printer.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

/** How many of each may be wished for; the server holds the bounds, these keep thumbs inside them. */
const WISHES = [
  { name: "numbers", least: 10, most: 200 },
  { name: "posts", least: 0, most: 60 },
  { name: "rights_cards", least: 0, most: 40 },
];

/** @param {Eyes} eyes */
export function kitPage(eyes) {
  const printer = chosenPrinter(eyes.model);
  if (!printer) return nothing("printer", eyes.t("tablet.no_printers"));
  return h("form.kit", { on: { submit: { do: "order-kit" } } }, wishes(eyes), plan(eyes));
}

/** @param {Eyes} eyes */
function wishes(eyes) {
  const { t } = eyes;
  const today = eyes.clock?.businessDay ?? eyes.model.forms.kit.day;
  const days = [dayAfter(today, 1), today];
  return h(
    "div.wishes",
    null,
    h("p.quiet-text", null, t("tablet.kit_why")),
    choice(eyes, {
      form: "kit",
      name: "day",
      label: t("tablet.kit_day"),
      act: "kit-wish",
      options: days.map((day) => [day, eyes.say({ d: day })]),
    }),
    WISHES.map((wish) => stepper(eyes, { form: "kit", ...wish, label: t(`tablet.kit_${wish.name}`), act: "kit-wish" })),
    h("div.field", null, h("span.label", null, t("tablet.which_printer")), printerList(eyes)),
  );
}

/** @param {Eyes} eyes */
function plan(eyes) {
  const { model, t } = eyes;
  const kit = model.kit;
  const isBusyNow = isBusy(eyes, "order-kit");
  const press = kit ? t("tablet.kit_print", { count: kit.sheets, day: eyes.say({ d: kit.day }) }) : t("tablet.loading");
  return h(
    "div.kit-plan",
    null,
    kit ? sheets(eyes, kit) : said(eyes, "kit-plan"),
    h(
      "div.bottom",
      null,
      told(eyes, "order-kit"),
      h(
        "button.go",
        { type: "submit", disabled: !kit || isBusyNow, "aria-busy": isBusyNow && "true" },
        picto("ui", "printer"),
        press,
      ),
    ),
  );
}

/** @param {Eyes} eyes @param {any} kit */
function sheets(eyes, kit) {
  const { t } = eyes;
  const row = (/** @type {string} */ words, /** @type {number} */ count) =>
    h("li", null, h("span", null, words), h("b", null, t("tablet.sheets", { count })));
  const ranges = eyes.say(kit.leased.map((/** @type {string[]} */ range) => range.join("–")));
  const notes = [
    kit.buses === 0 && t("tablet.kit_no_buses"),
    t("tablet.kit_posts_of", { count: kit.posts, all: kit.posts_open }),
    t("tablet.kit_letter", { letter: kit.letter }),
    ranges && t("tablet.kit_leased", { ranges }),
  ];
  return h(
    "div.sheets",
    null,
    h("h2", null, t("tablet.kit_comes", { count: kit.sheets, day: eyes.say({ d: kit.day }) })),
    h(
      "ul.sheet-list",
      null,
      row(t("tablet.kit_cover"), 1),
      kit.parts.map((/** @type {any} */ part) => row(eyes.say(part.part), part.sheets)),
    ),
    h(
      "ul.notes",
      null,
      notes.filter(Boolean).map((note) => h("li", null, note)),
    ),
  );
}
