// @ts-check
/** Signing in, the recovery code, and pairing of this tablet itself: everything before somebody is known. Pure view. */

import { h, picto } from "../html.mjs";
import { button, field, keypad, said } from "../parts.mjs";
import { language } from "../shell.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */
/** @typedef {"password" | "pin" | "recover" | "pair"} Way */

const LEAST_PASSWORD = 8;

/** @param {Eyes} eyes */
export function signInPage(eyes) {
  const { t, model } = eyes;
  const way = /** @type {Way} */ (model.signIn.way);
  const ways = model.tablet ? ["pin", "password", "recover"] : ["password", "recover", "pair"];
  const tab = (/** @type {string} */ one) =>
    h(
      "button.tab",
      {
        type: "button",
        role: "tab",
        id: `tab-${one}`,
        "aria-selected": String(one === way),
        "aria-controls": "way",
        on: { click: { do: "sign-in-way", way: one } },
      },
      t(`tablet.way.${one}`),
    );
  return h(
    "div.sign-in",
    null,
    h(
      "aside.welcome",
      null,
      picto("ui", "staff"),
      h("h1", { id: "title", tabindex: "-1" }, t("tablet.title")),
      h("p", null, model.tablet ? t("tablet.this_is", { name: model.tablet.name }) : t("tablet.not_paired")),
      h("p.promise", null, t("hall.promise")),
      language(eyes),
    ),
    h(
      "main.ways",
      null,
      model.signIn.expired && h("p.said.waits", { role: "alert" }, t(`tablet.expired.${model.signIn.expired}`)),
      h("div.tabs", { role: "tablist" }, ways.map(tab)),
      h("div.way", { id: "way", role: "tabpanel", "aria-labelledby": `tab-${way}` }, WAYS[way](eyes)),
    ),
  );
}

/** @type {Record<Way, (eyes: Eyes) => any>} */
const WAYS = { password: byPassword, pin: byPin, recover, pair };

/** @param {Eyes} eyes */
function byPassword(eyes) {
  return h(
    "form",
    { on: { submit: { do: "sign-in" } } },
    field(eyes, {
      form: "signin",
      name: "login",
      label: eyes.t("tablet.login"),
      autocomplete: "username",
      maxlength: 40,
    }),
    field(eyes, {
      form: "signin",
      name: "password",
      label: eyes.t("tablet.password"),
      type: "password",
      autocomplete: "current-password",
      maxlength: 128,
    }),
    said(eyes, "sign-in"),
    submit(eyes, "sign-in", eyes.t("tablet.sign_in")),
  );
}

/** @param {Eyes} eyes */
function byPin(eyes) {
  const { t, model } = eyes;
  const known = (/** @type {{login: string, name: string}} */ one) =>
    h(
      "button.choice",
      {
        type: "button",
        role: "radio",
        "aria-checked": String(model.forms.signin?.login === one.login),
        on: { click: { do: "choose", form: "signin", name: "login", value: one.login } },
      },
      picto("ui", "me"),
      one.name,
    );
  const typed = String(model.forms.signin?.pin ?? "");
  const isWrongPin = model.said.get("sign-in-pin")?.code === "BAD_CREDENTIALS";
  return h(
    "form.by-pin",
    { on: { submit: { do: "sign-in-pin" } } },
    h(
      "div.who-column",
      null,
      model.logins.length > 0 &&
        h("div.choices", { role: "radiogroup", "aria-label": t("tablet.who_are_you") }, model.logins.map(known)),
      field(eyes, { form: "signin", name: "login", label: t("tablet.login"), autocomplete: "username", maxlength: 40 }),
      isWrongPin
        ? h("p.said.bad", { role: "alert" }, picto("ui", "warning"), h("span", null, t("tablet.pin_wrong")))
        : said(eyes, "sign-in-pin"),
    ),
    h(
      "div.pin-column",
      null,
      h(
        "output.dots",
        { "aria-label": t("tablet.pin_typed", { count: typed.length }) },
        "●".repeat(typed.length).padEnd(Math.max(4, typed.length), "○"),
      ),
      keypad(eyes, "signin", "pin", 8),
      submit(eyes, "sign-in-pin", t("tablet.sign_in")),
    ),
  );
}

/** @param {Eyes} eyes */
function recover(eyes) {
  const { t, model } = eyes;
  if (model.signIn.newRecovery) {
    return h(
      "div.once",
      null,
      h("h2", null, t("tablet.recovered")),
      h("p.big-code", null, model.signIn.newRecovery),
      h("p", null, t("tablet.recovered_next")),
      button(eyes, ".go", { do: "sign-in-way", way: "password" }, t("tablet.written_down")),
    );
  }
  const told = model.said.get("recover");
  const wrong = told?.facts?.field === "new_password" ? t("tablet.password_short", { least: LEAST_PASSWORD }) : null;
  return h(
    "form",
    { on: { submit: { do: "recover" } } },
    field(eyes, { form: "signin", name: "login", label: t("tablet.login"), autocomplete: "username", maxlength: 40 }),
    field(eyes, {
      form: "signin",
      name: "recovery_code",
      label: t("tablet.recovery_code"),
      maxlength: 40,
      hint: "XXXX-XXXX-XXXX-XXXX",
    }),
    field(eyes, {
      form: "signin",
      name: "new_password",
      label: t("tablet.new_password"),
      type: "password",
      autocomplete: "new-password",
      maxlength: 128,
      wrong,
    }),
    !wrong && said(eyes, "recover"),
    submit(eyes, "recover", t("tablet.recover")),
  );
}

/** @param {Eyes} eyes */
function pair(eyes) {
  const { t, model } = eyes;
  const { pairing } = model.signIn;
  if (!pairing) {
    return h(
      "div.pairing",
      null,
      h("p", null, t("tablet.pair_why")),
      said(eyes, "begin-pairing"),
      button(eyes, ".go", { do: "begin-pairing" }, t("tablet.pair_begin")),
    );
  }
  const code = `${pairing.code.slice(0, 3)} ${pairing.code.slice(3)}`;
  return h(
    "div.pairing",
    null,
    h("p.big-code", { "aria-label": [...pairing.code].join(" ") }, code),
    h("p", { role: "status" }, t("tablet.pair_next")),
    button(eyes, ".quiet", { do: "begin-pairing" }, t("tablet.pair_again")),
  );
}

/** @param {Eyes} eyes @param {string} slot @param {string} words */
function submit(eyes, slot, words) {
  return h("button.go", { type: "submit", disabled: eyes.model.busy.has(slot) }, words);
}

/** Who is signed in, and signing out. @param {Eyes} eyes */
export function mePage(eyes) {
  const { t, model } = eyes;
  return h(
    "section.me",
    null,
    picto("ui", "me"),
    h("h2", null, model.session.staff.name),
    h("p", null, model.session.staff.roles.map((/** @type {string} */ role) => t(`tablet.role.${role}`)).join(" · ")),
    model.tablet && h("p.quiet-text", null, t("tablet.this_is", { name: model.tablet.name })),
    said(eyes, "sign-out"),
    button(eyes, ".dark", { do: "sign-out" }, t("tablet.sign_out")),
  );
}
