// @ts-check
/** What each action about paper does: orders it, plans a kit, types a line in; decides no rule, touches no DOM. */

import { dayAfter } from "./replica_views.mjs";
import { chosenPrinter } from "./pages/at_printer.mjs";
import { postsFound } from "./pages/take_in.mjs";

/** @typedef {import("./acts.mjs").App} App */

const LINES_SHOWN = 8;
const SCANNED = /^(JOB|TRIP)\/([0-9A-F]{32})$/i;

/** @type {Record<string, (app: App, action: any, event: any) => unknown>} */
export const PAPER_ACTS = {
  "choose-printer": (app, _action, event) => app.remember("printer", (app.model.printer = event.target.value)),
  "order-paper": (app, { slot, paper }) => orderPaper(app, slot, paper),
  "card-again": (app) => cardAgain(app),
  "kit-wish": (app, { name, value }) => ((app.model.forms.kit[name] = value), planKit(app)),
  "order-kit": (app) => orderKit(app),
  "paper-post": (app, { post }) => choosePost(app, post),
  "paper-day": (app, { value }) => ((app.model.forms.paper.day = value), readPosts(app)),
  "take-in": (app) => takeIn(app),
  "settle-paper": (app, { id, body }) =>
    app.command("settle", `/paper-entries/${id}/settle`, body).then(() => (app.model.asked = null)),
};

/** What a page of paper needs; nothing before the hall's day is known. @param {App} app @param {string} page */
export async function openPaper(app, page) {
  const { model } = app;
  const today = app.today();
  model.ordered = null;
  if (!today) return;
  if (page === "kit") {
    model.forms.kit ??= { numbers: 40, posts: 20, rights_cards: 5 };
    keepDay(model.forms.kit, [dayAfter(today, 1), today]);
    model.kit = null;
    await planKit(app);
  }
  if (page === "paper") {
    model.forms.paper ??= emptyLine(today);
    keepDay(model.forms.paper, [today, dayAfter(today, -1)]);
    await readPosts(app);
  }
}

/** What was chosen before the hall's day turned may be no choice any more. @param {any} fields @param {string[]} days */
const keepDay = (fields, days) => {
  if (!days.includes(fields.day)) fields.day = days[0];
};

/** @param {string} day */
export const emptyLine = (day) => ({
  kind: "number",
  day,
  at: "",
  number: "",
  service: null,
  counter: null,
  job: null,
  way: null,
  name: "",
  party_size: 1,
  trip: null,
  search: "",
});

/** @param {App} app @param {string} slot @param {any} paper */
async function orderPaper(app, slot, paper) {
  const printer = chosenPrinter(app.model);
  app.model.ordered = null;
  if (!printer || !(await app.command(slot, "/papers", { printer: printer.id, paper }))) return null;
  return sent(app, slot, printer.name);
}

/** @param {App} app */
async function cardAgain(app) {
  const code = String(app.model.forms.again?.code ?? "").trim();
  if (code && (await orderPaper(app, "card-again", { kind: "worker_card", code }))) app.model.forms.again = {};
}

/** @param {App} app @param {string} slot @param {string} name */
const sent = (app, slot, name) =>
  (app.model.ordered = { slot, words: (/** @type {any} */ eyes) => eyes.t("tablet.paper_sent", { name }) });

// -- the kit

/** Asks until the answer is to what is wished for now: thumbs are faster than the network. @param {App} app */
async function planKit(app) {
  app.model.ordered = null;
  const query = () => new URLSearchParams(app.model.forms.kit).toString();
  for (let asked = ""; asked !== query(); ) {
    asked = query();
    const told = await app.ask("kit-plan", "GET", `/kits/plan?${asked}`);
    if (!told) return;
    app.model.kit = told;
  }
}

/** @param {App} app */
async function orderKit(app) {
  const printer = chosenPrinter(app.model);
  app.model.ordered = null;
  if (!printer) return;
  const done = await app.command("order-kit", "/kits", { ...app.model.forms.kit, printer: printer.id });
  if (!done) return;
  const facts = { count: done.print_jobs.length, name: printer.name, first: done.first, last: done.last };
  await planKit(app);
  app.model.ordered = { slot: "order-kit", words: (/** @type {any} */ eyes) => eyes.t("tablet.kit_sent", facts) };
}

// -- what was written on it

/** @param {App} app */
async function readPosts(app) {
  const { day } = app.model.forms.paper;
  if (app.model.paperPosts?.day !== day) app.model.paperPosts = null;
  const told = await app.ask("paper-posts", "GET", `/paper-entries/posts?day=${day}`);
  if (told) app.model.paperPosts = { ...told, day };
}

/** @param {App} app @param {any} post */
function choosePost(app, post) {
  const ways = post?.ways ?? [];
  Object.assign(app.model.forms.paper, { job: post?.id ?? null, way: ways.length === 1 ? ways[0] : null, search: "" });
  app.model.said.delete("take-in");
}

/** A code that says which post or bus is meant is no line yet. @param {App} app @returns {boolean} */
function tookScan(app) {
  const { paper } = app.model.forms;
  const search = paper.kind === "place" && !paper.job ? paper.search : "";
  const [, kind, id] = SCANNED.exec(paper.number.trim()) ?? SCANNED.exec(search.trim()) ?? [];
  const found = search ? postsFound(app.model, (words) => JSON.stringify(words)) : [];
  if (kind?.toUpperCase() === "TRIP") Object.assign(paper, { trip: id?.toLowerCase(), number: "" });
  else if (kind) choosePost(app, byId(app, String(id).toLowerCase()));
  else if (found.length === 1) choosePost(app, found[0]);
  else return false;
  paper.number = "";
  return true;
}

/** @param {App} app @param {string} id */
const byId = (app, id) => app.model.paperPosts?.posts.find((/** @type {any} */ one) => one.id === id) ?? null;

/** @param {App} app */
async function takeIn(app) {
  const { model } = app;
  model.takenIn.last = null;
  if (tookScan(app)) return;
  const { kind, day, at } = model.forms.paper;
  const done = await app.command("take-in", "/paper-entries", { day, at, line: lineBody(model.forms.paper) });
  if (!done) return app.showMistake();
  const line = { entry: done.entry, state: done.state, words: wordsOf(kind, done) };
  model.takenIn.last = line;
  if (done.state === "done" && !done.is_repeat) {
    model.takenIn.lines = [line, ...model.takenIn.lines].slice(0, LINES_SHOWN);
    model.takenIn.count += 1;
  }
  Object.assign(model.forms.paper, { number: "", name: "", party_size: 1 });
  app.focus("paper-number");
}

/** Only what the kind of line has. @param {any} paper */
export function lineBody(paper) {
  const { kind, service, counter, job, way, trip, party_size } = paper;
  const number = paper.number.trim();
  const parts = {
    number: { number, service, counter },
    place: { job, way, number: number || null, name: paper.name.trim() || null, party_size },
    aboard: { trip, number },
    departed: { trip },
  };
  return { kind, ...parts[/** @type {"number"} */ (kind)] };
}

/** @param {string} kind @param {any} done */
const wordsOf = (kind, done) => (/** @type {any} */ eyes) => {
  const name = done.number ?? eyes.t(`tablet.line.${kind}`);
  const facts = { name, line: eyes.t(`tablet.line.${kind}`) };
  if (done.state !== "open") return eyes.t(done.is_repeat ? "tablet.taken.repeat" : "tablet.taken.done", facts);
  return eyes.t("tablet.taken.open", { name, why: eyes.t(`refusal.${done.code}`, done.facts) });
};
