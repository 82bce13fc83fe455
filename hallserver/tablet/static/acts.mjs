// @ts-check
/** What each action of a page does: changes the model, or sends one command; decides no rule, touches no DOM. */

import { emptyPost, fenOf, postBody } from "./pages/post_form.mjs";
import { openPaper, PAPER_ACTS } from "./paper_acts.mjs";

/**
 * @typedef {object} App
 * @property {any} model
 * @property {(slot: string, path: string, body: any) => Promise<any>} command the body of the answer, or null: what was said is kept under the slot
 * @property {(slot: string, method: "GET" | "POST", path: string, body?: any) => Promise<any>} ask without a key: signing in, reads
 * @property {(page: string, id?: string) => void} go
 * @property {() => Promise<void>} lookAround asks the server who is signed in, and follows from that
 * @property {() => void} render
 * @property {(id: string) => void} focus brings a field to the keyboard
 * @property {() => void} showMistake brings the first wrong field to the eye and the keyboard
 * @property {() => string} today business day
 * @property {(key: string, value: any) => void} remember across reloads on this tablet; never persons' data of workers
 * @property {(code: string, trip: string) => Promise<void>} scan
 * @property {(pairing: any) => void} pollPairing
 */

const LOGINS_KEPT = 6;

/** @param {any} model @param {string} name */
const form = (model, name) => (model.forms[name] ??= {});

/** @type {Record<string, (app: App, action: any, event: any) => unknown>} */
export const ACTS = {
  ...PAPER_ACTS,
  go: (app, { page, id }) => go(app, page, id),
  language: (app) => app.remember("language", (app.model.language = app.model.language === "en" ? "zh_Hans" : "en")),
  type: (app, { form: name, name: field }, event) => (form(app.model, name)[field] = event.target.value),
  choose: (app, { form: name, name: field, value }) => (form(app.model, name)[field] = value),
  toggle: (app, { form: name, name: field, value }) => toggle(form(app.model, name), field, value),
  "type-time": (app, action, event) =>
    typeTime(form(app.model, action.form), action.name, action.part, event.target.value),
  digit: (app, action) => typeDigit(form(app.model, action.form), action),
  "ask-again": (app, { about }) => (app.model.asked = about),
  print: () => globalThis.print(),

  "sign-in-way": (app, { way }) => chooseWay(app, way),
  "sign-in": (app) => signIn(app, "sign-in", "/session", ["login", "password"]),
  "sign-in-pin": (app) => signIn(app, "sign-in-pin", "/session/pin", ["login", "pin"]),
  recover: (app) => recover(app),
  "begin-pairing": (app) => beginPairing(app),
  "sign-out": (app) => signOut(app),

  "my-counter": (app, { number }) => app.remember("counter", (app.model.counter = number)),
  desk: (app, { path, body }) => app.command("desk", path, body),

  "start-post": (app) => startPost(app),
  "post-step": (app, { step }) => (app.model.postStep = step),
  "post-trade": (app, { value }) => pickTrade(app, value),
  "post-employer": (app, { employer }) => pickEmployer(app, employer),
  "post-job": (app) => postJob(app),
  "job-act": (app, { act, job }) => beginJobAct(app, act, job),
  job: (app, { verb, id, body, slot }) => decide(app, slot, `/jobs/${id}/${verb}`, body),
  "raise-pay": (app, { id, isRange }) => raisePay(app, id, isRange),

  open: (app, { trip }) => app.command("open", `/trips/${trip}/open`, {}),
  "scan-typed": (app, { trip }) => scanTyped(app, trip),
  undo: (app, { trip, seat }) => undo(app, trip, seat),
  depart: (app, { trip }) => depart(app, trip),
  manifest: (app, { trip }) => readManifest(app, trip),
  "plan-trip": (app) => planTrip(app),

  "pair-device": (app) => pairDevice(app),
  revoke: (app, { id }) => app.command("revoke", `/devices/${id}/revoke`, {}).then(() => (app.model.asked = null)),
  "print-act": (app, { id, verb, body }) =>
    app.command("print", `/print-jobs/${id}/${verb}`, body).then(() => (app.model.asked = null)),
  register: (app) => register(app),
  "next-person": (app) => (Object.assign(app.model, { card: null }).forms.person = {}),
};

/** @param {App} app @param {string} page @param {string} [id] */
async function go(app, page, id) {
  const { model } = app;
  Object.assign(model, { asked: null, jobAct: null, card: null, paired: null });
  if (page !== model.page.name || id !== model.page.id) model.said.clear();
  if (page === "plan")
    model.forms.plan ??= {
      sign: null,
      day: app.today(),
      departs_at: "",
      returns_at: "",
      destination: "",
      bay: 1,
      capacity: 33,
      plate: "",
    };
  if (page === "boarding" && id !== model.scan?.trip)
    Object.assign(model, { scan: null, forms: { ...model.forms, seats: {}, scan: {} } });
  const opened = openPaper(app, page);
  app.go(page, id);
  await opened;
  if (page === "boarding" && model.items.get(`trip/${id}`)?.state === "departed") await readManifest(app, String(id));
}

/** @param {any} fields @param {string} name @param {any} value */
function toggle(fields, name, value) {
  const held = fields[name] ?? [];
  fields[name] = held.includes(value) ? held.filter((/** @type {any} */ one) => one !== value) : [...held, value];
}

/** @param {any} fields @param {string} name @param {"hour" | "minute"} part @param {string} value */
function typeTime(fields, name, part, value) {
  const [hour = "", minute = ""] = String(fields[name] ?? "").split(":");
  const next = part === "hour" ? [value, value && (minute || "00")] : [hour, value];
  fields[name] = next[0] && next[1] ? next.join(":") : "";
}

/** @param {any} fields @param {{name: string, digit: string, most: number}} pressed */
function typeDigit(fields, { name, digit, most }) {
  const held = String(fields[name] ?? "");
  fields[name] = digit === "wipe" ? held.slice(0, -1) : (held + digit).slice(0, most);
}

// -- who is here

/** @param {App} app @param {string} way */
function chooseWay(app, way) {
  app.model.said.clear();
  Object.assign(app.model.signIn, { way, newRecovery: null });
}

/** @param {App} app @param {string} slot @param {string} path @param {string[]} names */
async function signIn(app, slot, path, names) {
  const fields = form(app.model, "signin");
  const body = Object.fromEntries(names.map((name) => [name, fields[name] ?? ""]));
  const done = await app.ask(slot, "POST", path, body);
  for (const secret of ["password", "pin"]) fields[secret] = "";
  if (!done) return;
  rememberLogin(app, fields.login, done.staff.name);
  await app.lookAround();
}

/** Names to tap next time; only on a paired tablet, which belongs to the hall. @param {App} app @param {string} login @param {string} name */
function rememberLogin(app, login, name) {
  if (!app.model.tablet) return;
  const others = app.model.logins.filter((/** @type {any} */ one) => one.login !== login);
  app.model.logins = [{ login, name }, ...others].slice(0, LOGINS_KEPT);
  app.remember("logins", app.model.logins);
}

/** @param {App} app */
async function recover(app) {
  const fields = form(app.model, "signin");
  const body = {
    login: fields.login ?? "",
    recovery_code: fields.recovery_code ?? "",
    new_password: fields.new_password ?? "",
  };
  const done = await app.ask("recover", "POST", "/session/recover", body);
  if (!done) return;
  Object.assign(fields, { recovery_code: "", new_password: "" });
  app.model.signIn.newRecovery = done.recovery_code;
}

/** @param {App} app */
async function beginPairing(app) {
  const begun = await app.ask("begin-pairing", "POST", "/pairing", { role: "tablet" });
  if (!begun) return;
  app.model.signIn.pairing = begun;
  app.pollPairing(begun);
}

/** @param {App} app */
async function signOut(app) {
  if (!(await app.ask("sign-out", "POST", "/session/end", {}))) return;
  app.model.forms = {};
  app.model.page = { name: "" };
  await app.lookAround();
}

// -- posts

/** @param {App} app */
async function startPost(app) {
  app.model.forms.post ??= emptyPost(app.today());
  app.model.postStep = null;
  app.model.said.clear();
  app.go("post");
  const told = await app.ask("employers", "GET", "/employers");
  if (told) app.model.employers = told.employers;
}

/** @param {App} app @param {string} trade */
function pickTrade(app, trade) {
  Object.assign(form(app.model, "post"), { trade, search: "" });
  app.model.postStep = null;
}

/** Place and address come with the employer; what was typed by hand is his to keep. @param {App} app @param {any} employer */
function pickEmployer(app, employer) {
  const post = form(app.model, "post");
  const isOwn = (/** @type {string} */ name) => post[name] && post[name] !== post.employer?.[name];
  for (const name of ["place", "address"]) if (!isOwn(name)) post[name] = employer[name];
  Object.assign(post, { employer, employer_search: "" });
  app.model.postStep = null;
}

/** @param {App} app */
async function postJob(app) {
  const done = await app.command("post-job", "/jobs", postBody(app.model.forms.post));
  if (!done) return app.showMistake();
  app.model.forms.post = undefined;
  app.model.posted = done.job;
  app.go("jobs", done.job);
}

/** @param {App} app @param {string | null} act @param {any} job */
function beginJobAct(app, act, job) {
  Object.assign(app.model, { jobAct: act, asked: null });
  app.model.said.clear();
  if (act === "raise")
    app.model.forms.raise = { min: String(job.pay.min_fen / 100), max: String(job.pay.max_fen / 100) };
  if (act === "refuse") app.model.forms.refuse = { reason: "" };
}

/** @param {App} app @param {string} slot @param {string} path @param {any} body */
async function decide(app, slot, path, body) {
  if (!(await app.command(slot, path, body))) return;
  Object.assign(app.model, { jobAct: null, asked: null });
}

/** @param {App} app @param {string} id @param {boolean} isRange */
function raisePay(app, id, isRange) {
  const { min, max } = form(app.model, "raise");
  return decide(app, "pay", `/jobs/${id}/pay`, { pay_min_fen: fenOf(min), pay_max_fen: fenOf(isRange ? max : min) });
}

// -- buses

/** @param {App} app @param {string} trip */
async function scanTyped(app, trip) {
  const typed = form(app.model, "scan");
  const code = String(typed.code ?? "").trim();
  typed.code = "";
  if (code) await app.scan(code, trip);
}

/** @param {App} app @param {string} trip @param {string} seat */
async function undo(app, trip, seat) {
  const done = await app.command("undo", `/trips/${trip}/undo`, { seat });
  if (done) app.model.scan = null;
}

/** @param {App} app @param {string} trip */
async function depart(app, trip) {
  if (await app.command("depart", `/trips/${trip}/depart`, {})) await readManifest(app, trip);
}

/** @param {App} app @param {string} trip */
async function readManifest(app, trip) {
  const told = await app.ask("manifest", "GET", `/trips/${trip}/manifest`);
  if (told) app.model.manifest = told;
}

/** @param {App} app */
async function planTrip(app) {
  const { departs_at, returns_at, ...rest } = form(app.model, "plan");
  const body = { ...rest, departs_at: departs_at || null, returns_at: returns_at || null, line: null };
  if (!(await app.command("plan-trip", "/trips", body))) return app.showMistake();
  app.model.forms.plan = undefined;
  app.go("buses");
}

// -- machines and people

/** @param {App} app */
async function pairDevice(app) {
  const { code, name } = form(app.model, "pair");
  if (!(await app.command("pair-device", "/devices", { code, name: name.trim() }))) return;
  app.model.paired = name.trim();
  app.model.forms.pair = {};
}

/** @param {App} app */
async function register(app) {
  const { name, phone, id_number } = form(app.model, "person");
  const body = { name: name.trim(), phone: phone?.trim() || null, id_number: id_number?.trim() || null };
  const done = await app.command("register", "/workers", body);
  if (!done) return;
  app.model.card = { name: body.name, code: done.code, qr: done.qr };
  app.model.forms.person = {};
}
