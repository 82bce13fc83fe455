// @ts-check
/** Paper on the tablet as values: which printer, what a kit asks for, what a typed line becomes; without a browser. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { findAll, textOf } from "../../hallserver/tablet/static/html.mjs";
import { emptyLine, lineBody, openPaper, PAPER_ACTS } from "../../hallserver/tablet/static/paper_acts.mjs";
import { chosenPrinter } from "../../hallserver/tablet/static/pages/at_printer.mjs";
import { keptLines } from "../../hallserver/tablet/static/pages/kept_lines.mjs";
import { mistakesOf, postsFound, takeInPage } from "../../hallserver/tablet/static/pages/take_in.mjs";
import { Speaker } from "../../hallserver/wire/static/words.mjs";

const read = (/** @type {string} */ language) =>
  JSON.parse(readFileSync(new URL(`../../config/derived/locales/${language}.json`, import.meta.url), "utf8"));
const CATALOGUES = { zh_Hans: read("zh_Hans"), en: read("en") };
const DAY = "2026-11-20";
const LOADER = "01".repeat(16);
const COOK = "02".repeat(16);
const FISH = "03".repeat(16);
const POSTS = [
  { id: LOADER, title: { t: { en: "Loader" } }, employer: "Harbour", ways: ["own"], left: 3, pictogram: "loader" },
  { id: COOK, title: { t: { en: "Cook" } }, employer: "Harbour", ways: ["own", "bus"], left: 1, pictogram: "cook" },
];
const printer = (/** @type {string} */ name, /** @type {any} */ more = {}) => ({ name, stop: null, ...more });
const ITEMS = {
  "hall/main": { services: [{ id: "placement", name: { t: { en: "Job placement" } } }], trades: [] },
  "device/a": { state: "active" },
  "device/b": { state: "active" },
  "device/c": { state: "revoked" },
  "printer/a": printer("kiosk", { stop: "paper_end" }),
  "printer/b": printer("counter"),
  "printer/c": printer("gone"),
  [`trip/${FISH}`]: { day: DAY, sign: "fish", at: "6:20", dest: "Harbour", departs_at: "x", state: "planned" },
};
const KEPT = { kind: "place", number: "Z005", job: LOADER, day: DAY, at: null, code: "JOB_FULL", facts: { left: 1 } };

/** @param {any} [more] @returns {any} */
const modelOf = (more = {}) => ({
  items: new Map(Object.entries(ITEMS)),
  forms: { paper: emptyLine(DAY) },
  busy: new Map(),
  said: new Map(),
  paperPosts: { day: DAY, posts: POSTS },
  takenIn: { last: null, count: 0, lines: [] },
  printer: null,
  ordered: null,
  kit: null,
  asked: null,
  ...more,
});

/** @param {any} model @param {"zh_Hans" | "en"} [language] @returns {any} */
function eyesOf(model, language = "en") {
  const speaker = new Speaker(CATALOGUES[language], DAY);
  return {
    t: (/** @type {string} */ id, /** @type {any} */ facts) => speaker.text(id, facts),
    say: (/** @type {any} */ value) => speaker.say(value),
    knows: (/** @type {string} */ id) => id in CATALOGUES[language].texts,
    may: () => true,
    clock: null,
    now: 0,
    model,
  };
}

/** An app whose server gives these answers in turn, and what it was asked. @param {any} model @param {any[]} answers */
function appOf(model, ...answers) {
  /** @type {any[]} */
  const asked = [];
  const answer = async (/** @type {any[]} */ ...question) => (asked.push(question), answers.shift() ?? null);
  /** @type {any} */
  const app = { model, command: answer, ask: answer, today: () => DAY, focus: () => {}, showMistake: () => {} };
  return { app, asked };
}

/** @param {string} name @param {any} app @param {any} [action] */
const act = (name, app, action = {}) => PAPER_ACTS[name]?.(app, action, null);

describe("the printer", () => {
  test("is one that prints where none was chosen, and never one that was shut out", () => {
    assert.equal(chosenPrinter(modelOf())?.name, "counter");
    assert.equal(chosenPrinter(modelOf({ printer: "a" }))?.name, "kiosk");
    assert.equal(chosenPrinter(modelOf({ printer: "c" }))?.name, "counter");
    assert.equal(chosenPrinter(modelOf({ items: new Map() })), null);
  });

  test("is told with each paper, and the tablet says where it comes out", async () => {
    const { app, asked } = appOf(modelOf(), { print_job: "p" });
    await act("order-paper", app, { slot: "paper", paper: { kind: "rights_card" } });
    assert.deepEqual(asked, [["paper", "/papers", { printer: "b", paper: { kind: "rights_card" } }]]);
    assert.match(app.model.ordered.words(eyesOf(app.model)), /counter/);
  });

  test("that refused says nothing good", async () => {
    const { app } = appOf(modelOf(), null);
    await act("order-paper", app, { slot: "paper", paper: { kind: "rights_card" } });
    assert.equal(app.model.ordered, null);
  });
});

describe("the kit", () => {
  test("is for tomorrow where nobody says otherwise", async () => {
    const { app, asked } = appOf(modelOf(), { sheets: 3 });
    await openPaper(app, "kit");
    assert.match(asked[0][2], /day=2026-11-21/);
    assert.equal(app.model.kit.sheets, 3);
  });

  test("is asked for again while thumbs are faster than the network", async () => {
    const { app, asked } = appOf(modelOf(), { sheets: 3 }, { sheets: 4 });
    const opened = openPaper(app, "kit");
    app.model.forms.kit.posts = 25;
    await opened;
    assert.equal(asked.length, 2);
    assert.match(asked[1][2], /posts=25/);
    assert.equal(app.model.kit.sheets, 4);
  });
});

describe("the day", () => {
  test("of a page that was opened before the hall's clock was heard is not made up", async () => {
    const { app, asked } = appOf(modelOf({ forms: {} }), { posts: [] });
    app.today = () => "";
    await openPaper(app, "paper");
    assert.deepEqual([app.model.forms, asked], [{}, []]);
    app.today = () => DAY;
    await openPaper(app, "paper");
    assert.equal(app.model.forms.paper.day, DAY);
  });

  test("that is over since is chosen no more", async () => {
    const { app } = appOf(modelOf(), { sheets: 1 }, { sheets: 1 });
    await openPaper(app, "kit");
    app.today = () => "2026-11-24";
    await openPaper(app, "kit");
    await openPaper(app, "paper");
    assert.deepEqual([app.model.forms.kit.day, app.model.forms.paper.day], ["2026-11-25", "2026-11-24"]);
  });
});

describe("a line of paper", () => {
  test("holds only what its kind has", () => {
    const typed = { ...emptyLine(DAY), number: " Z001 ", service: "placement", job: LOADER, way: "own", trip: FISH };
    const line = (/** @type {string} */ kind) => lineBody({ ...typed, kind });
    assert.deepEqual(line("number"), { kind: "number", number: "Z001", service: "placement", counter: null });
    const place = { kind: "place", job: LOADER, way: "own", number: "Z001", name: null, party_size: 1 };
    assert.deepEqual(line("place"), place);
    assert.deepEqual(line("aboard"), { kind: "aboard", trip: FISH, number: "Z001" });
    assert.deepEqual(line("departed"), { kind: "departed", trip: FISH });
    assert.equal(lineBody({ ...typed, kind: "place", number: "" }).number, null);
  });

  test("a scanned sheet chooses its post or bus and sends nothing", async () => {
    const { app, asked } = appOf(modelOf());
    Object.assign(app.model.forms.paper, { kind: "place", search: `JOB/${LOADER.toUpperCase()}` });
    await act("take-in", app);
    assert.deepEqual([app.model.forms.paper.job, app.model.forms.paper.way], [LOADER, "own"]);
    Object.assign(app.model.forms.paper, { kind: "aboard", number: `trip/${FISH}` });
    await act("take-in", app);
    assert.deepEqual([app.model.forms.paper.trip, app.model.forms.paper.number], [FISH, ""]);
    assert.deepEqual(asked, []);
  });

  test("a post is found by trade and employer; the only one that is left is chosen by Enter", async () => {
    const model = modelOf();
    const say = eyesOf(model).say;
    Object.assign(model.forms.paper, { kind: "place", search: "harbour" });
    assert.equal(postsFound(model, say).length, 2);
    model.forms.paper.search = "harbour cook";
    const { app } = appOf(model);
    await act("take-in", app);
    assert.deepEqual([model.forms.paper.job, model.forms.paper.way], [COOK, null], "two ways: a person chooses");
  });

  test("that was taken in leaves room for the next and keeps day, time, service and bus", async () => {
    const { app, asked } = appOf(modelOf(), { entry: "e", state: "done", is_repeat: false, number: "Z001" });
    Object.assign(app.model.forms.paper, { at: "06:10", number: "Z001", service: "placement", trip: FISH });
    await act("take-in", app);
    assert.deepEqual(asked[0].slice(1, 2), ["/paper-entries"]);
    const { at, number, service, trip } = app.model.forms.paper;
    assert.deepEqual([at, number, service, trip], ["06:10", "", "placement", FISH]);
    assert.equal(app.model.takenIn.count, 1);
  });

  test("that does not fit or was there before counts as none, and says so", async () => {
    const open = { entry: "e", state: "open", is_repeat: false, number: "Z001", code: "JOB_FULL", facts: { left: 0 } };
    for (const [answer, words] of [
      [open, /does not fit/],
      [{ ...open, state: "done", is_repeat: true, code: null }, /before/],
    ]) {
      const { app } = appOf(modelOf(), answer);
      app.model.forms.paper.number = "Z001";
      await act("take-in", app);
      assert.equal(app.model.takenIn.count, 0);
      assert.match(app.model.takenIn.last.words(eyesOf(app.model)), /** @type {RegExp} */ (words));
    }
  });

  test("that was refused keeps what was typed, and says at which field", async () => {
    const { app } = appOf(modelOf(), null);
    app.model.forms.paper.number = "Z999";
    await act("take-in", app);
    assert.equal(app.model.forms.paper.number, "Z999");
    const wrong = (/** @type {any} */ told) => mistakesOf(eyesOf(modelOf({ said: new Map([["take-in", told]]) })));
    const refused = (/** @type {string} */ code, /** @type {any} */ facts = {}) => ({ kind: "refused", code, facts });
    assert.deepEqual(Object.keys(wrong(refused("NUMBER_UNKNOWN"))), ["number"]);
    assert.deepEqual(Object.keys(wrong(refused("BAD_REQUEST", { field: "line.number.service" }))), ["service"]);
    assert.match(wrong(refused("BAD_REQUEST", { field: "at", problem: "is still to come" })).at ?? "", /still to come/);
    assert.deepEqual(wrong(refused("SERVER_BUSY")), {});
    assert.deepEqual(wrong({ kind: "lost" }), {});
  });

  test("that is kept stands beside the form with its reason until somebody settles it", () => {
    for (const language of /** @type {const} */ (["zh_Hans", "en"])) {
      const model = modelOf({ asked: "paper-k1" });
      assert.equal(keptLines(eyesOf(model, language)), null);
      model.items.set("paper/k1", KEPT);
      const shown = takeInPage(eyesOf(model, language));
      assert.match(textOf(shown), /Z005/);
      const ways = findAll(shown, (node) => node.on.click?.do === "settle-paper").map((node) => node.on.click?.body.how);
      assert.deepEqual([...new Set(ways)], ["again", "close"]);
    }
  });
});
