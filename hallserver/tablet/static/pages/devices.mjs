// @ts-check
/** The hall's machines: let in by six digits, shut out; printers and their slips stand between. Pure view. */

import { h, picto } from "../html.mjs";
import { field, keypad, nothing, said, twice } from "../parts.mjs";
import { devicesOf } from "../replica_views.mjs";
import { printers, troubled } from "./prints.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

const SIGNS = { wall: "fair", kiosk: "home", tablet: "staff", printer: "printer", network: "qr" };

/** @param {Eyes} eyes */
export function devicesPage(eyes) {
  return h("section.devices", null, pairing(eyes), h("div.machines", null, troubled(eyes), printers(eyes), machines(eyes)));
}

/** @param {Eyes} eyes */
function pairing(eyes) {
  const { t, model } = eyes;
  const code = String(model.forms.pair?.code ?? "");
  const digits = code.padEnd(6, "·");
  return h(
    "form.pair-device",
    { on: { submit: { do: "pair-device" } } },
    h("h2", null, t("tablet.pair_device")),
    h("p.quiet-text", null, t("tablet.pair_how")),
    h(
      "output.big-code",
      { "aria-label": t("tablet.digits_typed", { count: code.length }) },
      `${digits.slice(0, 3)} ${digits.slice(3)}`,
    ),
    keypad(eyes, "pair", "code", 6),
    field(eyes, {
      form: "pair",
      name: "name",
      label: t("tablet.device_name"),
      maxlength: 40,
      hint: t("tablet.device_name_hint"),
    }),
    said(eyes, "pair-device"),
    model.paired &&
      h(
        "p.said.good",
        { role: "status" },
        picto("ui", "ok"),
        h("span", null, t("tablet.paired", { name: model.paired })),
      ),
    h(
      "button.go",
      {
        type: "submit",
        disabled: code.length !== 6 || !(model.forms.pair?.name ?? "").trim() || model.busy.has("pair-device"),
      },
      t("tablet.pair_now"),
    ),
  );
}

/** @param {Eyes} eyes */
function machines(eyes) {
  const { t } = eyes;
  const devices = devicesOf(eyes.model.items);
  if (devices.length === 0) return nothing("printer", t("tablet.no_devices"));
  return h(
    "div.known",
    null,
    h("h2", null, t("tablet.devices_known", { count: devices.filter((one) => one.state === "active").length })),
    said(eyes, "revoke"),
    h(
      "ul",
      null,
      devices.map((device) => machine(eyes, device)),
    ),
  );
}

/** @param {Eyes} eyes @param {any} device */
function machine(eyes, device) {
  const { t, model } = eyes;
  const isActive = device.state === "active";
  const isThis = model.tablet?.id === device.id;
  return h(
    "li",
    { key: device.id, "data-state": device.state },
    h("span.tile", null, picto("ui", SIGNS[/** @type {"wall"} */ (device.role)] ?? "qr")),
    h(
      "span.words",
      null,
      h("b", null, device.name),
      h("small", null, `${t(`tablet.device.${device.role}`)}${isThis ? ` · ${t("tablet.this_one")}` : ""}`),
    ),
    isActive
      ? twice(
          eyes,
          ".plain",
          { do: "revoke", id: device.id, slot: `revoke-${device.id}` },
          t("tablet.revoke"),
          t("tablet.revoke_sure"),
        )
      : h("span.chip.full", null, t("tablet.revoked")),
  );
}
