// @ts-check
/** The tablet's composition root: wires feed, commands, clock, keys and the glass together. The only part that knows the browser. */

import { HallClock } from "/static/wire/hall_clock.mjs";
import { Link } from "/static/wire/link.mjs";
import { Speaker } from "/static/wire/words.mjs";

import { ACTS } from "./acts.mjs";
import { Burst } from "./burst.mjs";
import { Commands, newKey, readAnswer } from "./commands.mjs";
import { PAGES } from "./pages.mjs";
import { openPaper } from "./paper_acts.mjs";
import { signInPage } from "./pages/signin.mjs";
import { show } from "./screen.mjs";
import { frame, pagesOpen } from "./shell.mjs";
import { chime } from "./tones.mjs";

const LANGUAGES = ["zh_Hans", "en"];
const ASK_MS = 8_000;
const POLL_PAIRING_MS = 2_000;
const LOOK_AGAIN_MS = 5_000;
const STORE = "gighall.tablet.";

/** Where one was before a reload; a form that was not sent is not kept, so one returns to the page it came from. */
function pageBefore() {
  const page = JSON.parse(sessionStorage.getItem(`${STORE}page`) ?? '{"name": ""}');
  const opened = { post: "jobs", plan: "buses", kit: "paper" }[/** @type {"post"} */ (page.name)];
  return opened ? { name: opened } : page;
}

const kept = (/** @type {string} */ key, /** @type {any} */ otherwise) => {
  const text = localStorage.getItem(STORE + key);
  return text === null ? otherwise : JSON.parse(text);
};

/** Everything the glass shows follows from this. @type {any} */
const model = {
  language: kept("language", "zh_Hans"),
  counter: kept("counter", null),
  logins: kept("logins", []),
  tablet: null,
  session: null,
  may: [],
  signIn: { way: "password", expired: null, newRecovery: null, pairing: null },
  items: new Map(),
  ageMs: null,
  page: pageBefore(),
  forms: {},
  busy: new Map(),
  said: new Map(),
  asked: null,
  jobAct: null,
  posted: null,
  postStep: null,
  employers: null,
  scan: null,
  manifest: null,
  card: null,
  paired: null,
  printer: kept("printer", null),
  ordered: null,
  kit: null,
  paperPosts: null,
  takenIn: { last: null, count: 0, lines: [] },
};

/** @type {Record<string, any>} */
const catalogues = {};
/** @type {HallClock | null} */
let clock = null;
/** @type {Link | null} */
let link = null;
let isDrawing = false;
let looking = 0;

const commands = new Commands({
  fetch: (url, init) => fetch(url, init),
  now: () => performance.now(),
  newKey,
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  csrf: () => model.session?.csrf ?? "",
});

/** @type {import("./acts.mjs").App} */
const app = {
  model,
  showMistake,
  focus,
  command,
  ask,
  go,
  lookAround,
  render,
  today: () => clock?.businessDay ?? "",
  remember,
  scan,
  pollPairing,
};

/** @param {string} slot @param {string} path @param {any} body */
async function command(slot, path, body) {
  if (model.busy.has(slot)) return null;
  model.said.delete(slot);
  model.busy.set(slot, "sending");
  render();
  const answer = await commands.send(path, body, () => (model.busy.set(slot, "repeating"), render()));
  model.busy.delete(slot);
  return take(slot, answer);
}

/** Signing in and reads: asked once, without a key. @param {string} slot @param {"GET" | "POST"} method @param {string} path @param {any} [body] */
async function ask(slot, method, path, body) {
  if (model.busy.has(slot)) return null;
  model.said.delete(slot);
  model.busy.set(slot, "sending");
  render();
  const headers = { "Content-Type": "application/json", "X-CSRF": model.session?.csrf ?? "" };
  const init = {
    method,
    headers,
    signal: AbortSignal.timeout(ASK_MS),
    ...(method === "POST" ? { body: JSON.stringify(body) } : {}),
  };
  const answer = await fetch(`/api/v1${path}`, init)
    .then(readAnswer)
    .catch(() => null);
  model.busy.delete(slot);
  return take(slot, answer ?? { kind: "lost" });
}

/** @param {string} slot @param {import("./commands.mjs").Answer} answer */
function take(slot, answer) {
  if (answer.kind === "signed-out") void lookAround("session");
  else if (answer.kind !== "done") model.said.set(slot, answer);
  render();
  return answer.kind === "done" ? answer.body : null;
}

/** Who is signed in on which tablet, by the server's word; typed text stays. @param {string | null} [why] what to say when nobody is */
async function lookAround(why = null) {
  const told = await fetch("/api/v1/session", { signal: AbortSignal.timeout(ASK_MS) })
    .then((answer) => answer.json())
    .catch(() => null);
  if (!told) return render();
  const reason = model.tablet && !told.tablet ? "revoked" : why;
  model.tablet = told.tablet;
  model.may = told.may;
  const wasIn = model.session !== null;
  model.session = told.staff ? { staff: told.staff, csrf: told.csrf } : null;
  if (told.staff) enter();
  else if (wasIn || reason === "revoked" || !reason) leave(reason); // a second look takes nothing back that was said
  render();
}

function enter() {
  model.signIn.expired = null;
  const open = pagesOpen(may);
  if (!mayOpen(model.page.name)) model.page = { name: open[0] ?? "me" };
  if (link) return;
  link = new Link("staff", listener);
  link.start();
}

/** @param {string} page */
const mayOpen = (page) => page === "me" || Boolean(PAGES[page] && may(PAGES[page].needs));

/** @param {string | null} why */
function leave(why) {
  link?.stop();
  link = null;
  clock = null;
  Object.assign(model, { items: new Map(), ageMs: null, scan: null, manifest: null, card: null });
  model.signIn.expired = why;
  model.signIn.way = model.tablet ? "pin" : model.signIn.way === "pin" ? "password" : model.signIn.way;
}

/** @type {import("/static/wire/link.mjs").Listener} */
const listener = {
  changed: (_keys, seq) => {
    if (!link) return;
    model.items = link.replica.items;
    followTrip();
    if (model.tablet && model.items.get(`device/${model.tablet.id}`)?.state === "revoked") void lookAround("revoked");
    render();
    requestAnimationFrame(() => requestAnimationFrame(() => link?.rendered(seq)));
  },
  marked: (mark, heardAt) => {
    const isFirst = clock === null;
    clock = new HallClock(mark, heardAt);
    if (isFirst) void openPaper(app, model.page.name).then(render);
    render();
  },
  state: (state) => {
    if (state === "shut-out") void lookAround("revoked");
    if (state === "refused") void lookAround("session");
  },
};

/** A bus that left, here or by another tablet: its list is frozen now, and read. */
function followTrip() {
  const { name, id } = model.page;
  const isGone = name === "boarding" && model.items.get(`trip/${id}`)?.state === "departed";
  if (isGone && model.manifest?.trip !== id && !model.busy.has("depart")) void ACTS.manifest?.(app, { trip: id }, null);
}

/** @param {string} page @param {string} [id] */
function go(page, id) {
  sessionStorage.setItem(`${STORE}page`, JSON.stringify(id === undefined ? { name: page } : { name: page, id }));
  model.page = id === undefined ? { name: page } : { name: page, id };
  render();
  requestAnimationFrame(() => document.getElementById("title")?.focus({ preventScroll: true }));
}

function showMistake() {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const wrong = document.querySelector("main .wrong");
      wrong?.scrollIntoView({ block: "center" });
      /** @type {HTMLElement | null | undefined} */ (wrong?.querySelector("input, textarea, select, button"))?.focus({
        preventScroll: true,
      });
    }),
  );
}

/** @param {string} id */
function focus(id) {
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(id)?.focus({ preventScroll: true })));
}

/** @param {string} name */
const may = (name) => model.may.includes(name);

/** @param {string} key @param {any} value */
function remember(key, value) {
  localStorage.setItem(STORE + key, JSON.stringify(value));
}

/** One scan at the door; the half screen says how it stands at every moment. @param {string} code @param {string} trip */
async function scan(code, trip) {
  if (model.busy.has("scan")) return chime(false); // the half screen says to wait
  const shown = code.replace(/[\s-]/g, "").slice(10, 14).toUpperCase();
  model.scan = { trip, state: "asking", shown };
  model.busy.set("scan", "sending");
  render();
  const answer = await commands.send(`/trips/${trip}/boardings`, { code }, () => {
    model.busy.set("scan", "repeating");
    model.scan = { trip, state: "repeating", shown };
    render();
  });
  model.busy.delete("scan");
  if (answer.kind === "signed-out") void lookAround("session");
  model.scan = { trip, shown, ...SCANNED[answer.kind]?.(/** @type {any} */ (answer)) };
  chime(model.scan.state === "aboard");
  render();
}

/** @type {Record<string, (answer: any) => any>} */
const SCANNED = {
  done: ({ body }) => ({ state: "aboard", body }),
  refused: ({ code, facts }) => ({ state: "refused", code, facts }),
  lost: () => ({ state: "lost" }),
  "signed-out": () => ({ state: "lost" }),
};

/** @param {{pairing: string, secret: string}} begun */
async function pollPairing(begun) {
  const isStill = () => model.signIn.pairing?.pairing === begun.pairing;
  while (isStill()) {
    await new Promise((done) => setTimeout(done, POLL_PAIRING_MS));
    const init = { headers: { Authorization: `Pairing ${begun.secret}` }, signal: AbortSignal.timeout(ASK_MS) };
    const answer = await fetch(`/api/v1/pairing/${begun.pairing}`, init)
      .then(readAnswer)
      .catch(() => null);
    if (!isStill() || answer === null || (answer.kind === "done" && answer.body.state === "waiting")) continue;
    model.signIn.pairing = null;
    if (answer.kind === "refused") model.said.set("begin-pairing", answer);
    else await lookAround();
    render();
  }
}

function render() {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    draw();
  });
}

function draw() {
  const place = document.getElementById("tablet");
  const catalogue = catalogues[model.language];
  if (!place || !catalogue) return;
  document.documentElement.lang = catalogue.language;
  model.ageMs = link?.ageMs() ?? null;
  const speaker = new Speaker(catalogue, clock?.businessDay ?? "1970-01-01");
  /** @type {import("./parts.mjs").Eyes} */
  const eyes = {
    t: (id, facts) => speaker.text(id, facts),
    say: (value) => speaker.say(value),
    knows: (id) => id in catalogue.texts,
    model,
    may,
    clock,
    now: performance.now(),
  };
  document.title = eyes.t("tablet.title");
  show(place, model.session ? page(eyes) : signInPage(eyes), dispatch);
}

/** @param {import("./parts.mjs").Eyes} eyes */
function page(eyes) {
  const { name, id } = model.page;
  const chosen = /** @type {import("./pages.mjs").Page} */ (PAGES[name] ?? PAGES.me);
  const isLoaded = link?.replica.isLoaded;
  return frame(eyes, chosen.head(eyes, id), isLoaded ? chosen.view(eyes, id) : chosen.loading(eyes));
}

/** @param {any} action @param {Event} event */
function dispatch(action, event) {
  const act = ACTS[action.do];
  if (!act) throw new Error(`no act ${action.do}`);
  Promise.resolve(act(app, action, event)).finally(render);
  render();
}

const burst = new Burst();
/** @type {{field: HTMLInputElement, value: string} | null} */
let before = null;

/** A typing scanner works wherever the focus is; what it typed into a field is taken out again. @param {KeyboardEvent} event */
function onKey(event) {
  if (
    model.page.name !== "boarding" ||
    !model.session ||
    event.repeat ||
    event.ctrlKey ||
    event.altKey ||
    event.metaKey
  )
    return;
  if (burst.beginsAt(event.timeStamp)) before = fieldOf(event.target);
  const code = burst.press(event.key, event.timeStamp);
  if (code === null) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  restore();
  void scan(code, model.page.id);
}

/** @param {EventTarget | null} target */
function fieldOf(target) {
  return target instanceof HTMLInputElement ? { field: target, value: target.value } : null;
}

function restore() {
  if (!before) return;
  before.field.value = before.value;
  before.field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Once a second: clock, age, countdowns; and, with the server gone for a while, whether the session still holds. */
function tick() {
  render();
  const age = link?.ageMs() ?? null;
  if (!model.session || age === null || age < 2 * LOOK_AGAIN_MS || performance.now() - looking < LOOK_AGAIN_MS) return;
  looking = performance.now();
  void lookAround("session");
}

async function open() {
  for (const language of LANGUAGES) {
    catalogues[language] = await fetch(`/static/derived/locales/${language}.json`).then((answer) => answer.json());
  }
  document.addEventListener("keydown", onKey, { capture: true });
  setInterval(tick, 1000);
  await lookAround();
  if (model.tablet && !model.session) model.signIn.way = "pin";
  render();
}

void open();
