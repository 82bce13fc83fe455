// @ts-check
/** The wall's composition: feed in, glass out. What it shows is decided by the pure modules beside it. */

import { HallClock } from "/static/wire/hall_clock.mjs";
import { Link } from "/static/wire/link.mjs";
import { Speaker } from "/static/wire/words.mjs";
import { ageFacts, standing } from "./age.mjs";
import { calls, untold } from "./board.mjs";
import { Chime } from "./chime.mjs";
import { fit } from "./fit.mjs";
import { JobList } from "./list.mjs";
import { kindOf } from "./news.mjs";
import { holdPicture, part, picture, write } from "./paint.mjs";
import { tellPlayer } from "./player_line.mjs";
import { figures, isJob, plainName, totals } from "./rows.mjs";
import { Side } from "./side.mjs";

const LOOKS_EVERY_MS = 250;
const TELLS_EVERY_MS = 5000;
const FIRST_LANGUAGE = "zh_Hans";
const LANGUAGE = /^[a-z]{2,3}(_[A-Za-z]+)?$/;

/** @typedef {Record<string, any>} Item */

class Wall {
  /** @param {any} catalogue */
  constructor(catalogue) {
    this.catalogue = catalogue;
    this.root = /** @type {HTMLElement} */ (document.querySelector(".wall"));
    this.part = (/** @type {string} */ name) => part(this.root, name);
    this.speaker = new Speaker(catalogue, "");
    /** @type {HallClock | null} */
    this.clock = null;
    this.list = new JobList(this.part("view"));
    this.side = new Side(this.root);
    this.chime = new Chime();
    this.startedAt = performance.now();
    /** @type {Map<string, Item>} what is on the glass */
    this.shown = new Map();
    /** @type {Set<string> | null} null: everything */
    this.changedKeys = new Set();
    this.isPainting = false;
    this.paintedSeq = 0;
    this.toldOrder = -1;
    this.toldAt = 0;
    this.isShutOut = false;
    this.link = new Link("wall", {
      changed: (keys) => this.changed(keys),
      marked: (mark, heardAt) => this.marked(mark, heardAt),
      state: (state) => state === "shut-out" && this.shutOut(),
    });
  }

  start() {
    this.side.label(this.speaker);
    this.holdWhatAnOfflineWallSays();
    this.paintAge();
    this.link.start();
    setInterval(() => this.look(), LOOKS_EVERY_MS);
    new ResizeObserver(() => this.measureAnew()).observe(document.body);
    document.fonts.addEventListener("loadingdone", () => this.refit());
  }

  /** Face and picture of "not current" are here before the server goes. */
  holdWhatAnOfflineWallSays() {
    holdPicture("ui/warning").catch(() => undefined);
    const family = getComputedStyle(document.body).fontFamily;
    const words = Object.entries(this.catalogue.texts).filter(([id]) => id.startsWith("wall.")).map(([, text]) => JSON.stringify(text));
    for (const weight of [400, 700]) document.fonts.load(`${weight} 16px ${family}`, words.join("")).catch(() => undefined);
  }

  // -- what comes in ---------------------------------------------------------------------------------------------

  /** @param {Set<string> | null} keys */
  changed(keys) {
    if (keys === null || this.changedKeys === null) this.changedKeys = null;
    else for (const key of keys) this.changedKeys.add(key);
    if (this.isPainting || this.clock === null) return;
    this.isPainting = true;
    requestAnimationFrame(() => this.paint());
  }

  /** @param {import("/static/wire/link.mjs").Mark} mark @param {number} heardAt */
  marked(mark, heardAt) {
    const isFirst = this.clock === null;
    const isOtherDay = this.speaker.today !== mark.business_day;
    this.clock = new HallClock(mark, heardAt);
    if (isOtherDay) this.speaker = new Speaker(this.catalogue, mark.business_day);
    if (isOtherDay) this.paintDate(mark.business_day);
    if (this.link.replica.isLoaded && (isFirst || isOtherDay)) this.changed(null);
  }

  shutOut() {
    this.isShutOut = true;
    tellPlayer({ kind: "shut-out" });
    this.look();
  }

  // -- what goes out ---------------------------------------------------------------------------------------------

  /** Writes what changed, and two frames later says that it is on the glass. */
  paint() {
    this.isPainting = false;
    const { items, seq } = this.link.replica;
    const keys = this.changedKeys;
    this.changedKeys = new Set();
    if (keys === null) this.list.load(new Map(items), this.speaker);
    else this.paintJobs(keys, items);
    this.shown = new Map(items);
    this.paintHall();
    this.paintCalls();
    this.look();
    requestAnimationFrame(() => requestAnimationFrame(() => this.painted(seq)));
  }

  /** @param {Set<string>} keys @param {Map<string, Item>} items */
  paintJobs(keys, items) {
    const jobs = [...keys].filter(isJob);
    if (jobs.length === 0) return;
    /** @type {Map<string, import("./news.mjs").Kind>} */
    const worth = new Map();
    for (const key of jobs) {
      const item = items.get(key);
      const kind = kindOf(this.shown.get(key), item);
      if (kind) worth.set(key, kind);
      if (item) this.list.items.set(key, item);
      else this.list.items.delete(key);
    }
    this.list.change(jobs, worth);
  }

  paintHall() {
    const hall = this.shown.get("hall/main");
    const { count, places } = totals(this.shown);
    this.part("total").replaceChildren(...figures(this.speaker.text("hall.open_jobs", { count, places })).map(figureElement));
    this.part("empty").hidden = count > 0 || [...this.shown.keys()].some(isJob);
    if (!hall) return;
    for (const { pictogram } of hall.trades) if (plainName(pictogram)) holdPicture(`trades/${pictogram}`).catch(() => undefined);
    write(this.part("name"), this.speaker.say(hall.name));
    write(this.part("demo"), this.speaker.text("hall.demo"));
    this.part("demo").hidden = !hall.demo;
    write(this.part("promise"), this.speaker.say(hall.promise));
    this.part("hotlines").replaceChildren(...hall.hotlines.map((/** @type {Item} */ line) => this.hotline(line)));
    this.fitEdges();
  }

  /** Head and foot: one line each where the glass is wide enough for it. */
  fitEdges() {
    fit(this.part("head"));
    const foot = this.part("foot");
    fit(foot, () => foot.offsetHeight <= parseFloat(getComputedStyle(foot).minHeight) + 1);
  }

  /** @param {Item} line */
  hotline(line) {
    const element = document.createElement("span");
    const number = document.createElement("b");
    number.textContent = line.number;
    element.append(`${this.speaker.say(line.label)} `, number);
    return element;
  }

  paintCalls() {
    this.side.paintCalls(this.shown, this.speaker);
    const clock = this.clock;
    const newestFirst = calls(this.shown);
    if (clock === null || newestFirst.length === 0) return;
    const due = untold(newestFirst, this.toldOrder, clock.at(performance.now()), clock.rate);
    this.toldOrder = Math.max(this.toldOrder, newestFirst[0]?.order ?? -1);
    if (due.length > 0) this.announce(due);
  }

  /** Lights up, chimes, and tells the player what to say. @param {Item[]} due */
  announce(due) {
    this.side.lightCall();
    const overMs = this.chime.ring();
    const { language } = this.catalogue;
    const { today } = this.speaker;
    setTimeout(() => {
      for (const call of due) tellPlayer({ kind: "say", message: call.speech, language, today });
    }, overMs);
  }

  /** @param {number} seq */
  painted(seq) {
    this.paintedSeq = Math.max(this.paintedSeq, seq);
    this.link.rendered(this.paintedSeq);
  }

  // -- what time alone changes -----------------------------------------------------------------------------------

  look() {
    this.paintAge();
    this.list.turn();
    this.link.rendered(this.paintedSeq);
    const now = performance.now();
    if (this.clock === null) return;
    write(this.part("clock"), this.clock.wallClock(now));
    if (this.shown.size > 0) this.side.paintBuses(this.shown, this.speaker, this.clock, now);
  }

  paintAge() {
    const now = performance.now();
    const ageMs = this.link.ageMs();
    const stands = this.isShutOut ? "never" : standing(ageMs, now - this.startedAt, this.shown.size > 0);
    const { speaker, root } = this;
    root.dataset.standing = stands;
    const hasNotice = stands === "stale" || stands === "never";
    root.classList.toggle("has-notice", hasNotice);
    this.part("notice").hidden = !hasNotice;
    if (write(this.part("live"), this.ageWords(stands, ageMs ?? 0))) fit(this.part("head"));
    if (hasNotice) this.paintNotice(stands, ageMs ?? 0);
    const isWaiting = stands === "waiting";
    if (isWaiting) this.part("empty").hidden = false;
    write(this.part("empty-loud"), speaker.text(isWaiting ? "wall.loading" : "wall.no_jobs"));
    write(this.part("empty-soft"), isWaiting ? "" : speaker.text("wall.no_jobs_next"));
    if (now - this.toldAt < TELLS_EVERY_MS) return;
    this.toldAt = now;
    tellPlayer({ kind: "stands", standing: stands });
  }

  /** @param {import("./age.mjs").Standing} stands @param {number} ageMs */
  ageWords(stands, ageMs) {
    if (stands === "fresh") return this.speaker.text("wall.live");
    if (stands === "waiting" || stands === "never") return this.speaker.text("wall.waiting");
    return this.speaker.text("wall.age", { age: this.age(ageMs) });
  }

  /** @param {number} ageMs */
  age(ageMs) {
    const { id, count } = ageFacts(ageMs);
    return this.speaker.text(id, { count });
  }

  /** @param {import("./age.mjs").Standing} stands @param {number} ageMs */
  paintNotice(stands, ageMs) {
    const { speaker, clock } = this;
    picture(this.part("notice-picture"), "ui", "warning");
    write(this.part("notice-ask"), speaker.text("wall.ask"));
    if (this.isShutOut) {
      write(this.part("notice-loud"), speaker.text("wall.shut_out"));
      write(this.part("notice-soft"), speaker.text("wall.shut_out_next"));
      return;
    }
    write(this.part("notice-loud"), speaker.text("wall.stale"));
    const heard = clock && stands === "stale" ? clock.wallClock(performance.now() - ageMs) : null;
    const since = heard ? speaker.text("wall.stale_since", { clock: heard, age: this.age(ageMs) }) : speaker.text("wall.never");
    write(this.part("notice-soft"), since);
  }

  /** @param {string} businessDay */
  paintDate(businessDay) {
    const day = new Date(`${businessDay}T00:00:00Z`);
    const month = day.getUTCMonth() + 1;
    const { speaker } = this;
    const date = speaker.text("day.date", { month, day: day.getUTCDate(), month_name: speaker.text(`day.month.${month}`) });
    write(this.part("date"), speaker.text("day.other", { date, weekday: speaker.text(`day.weekday.${day.getUTCDay() || 7}`) }));
  }

  measureAnew() {
    if (this.shown.size === 0) return;
    this.fitEdges();
    this.list.build();
  }

  /** A face arrived: texts are as wide as they are now. */
  refit() {
    this.fitEdges();
    this.list.refit();
    this.side.refit();
  }
}

/** @param {{text: string, isFigure: boolean}} figure */
function figureElement({ text, isFigure }) {
  if (!isFigure) return document.createTextNode(text);
  const element = document.createElement("b");
  element.textContent = text;
  return element;
}

/** The words of a language; Chinese where the hall has none in the wanted one. @param {string | null} wanted */
async function catalogueOf(wanted) {
  const name = wanted !== null && LANGUAGE.test(wanted) ? wanted : FIRST_LANGUAGE;
  const answer = await fetch(`/static/derived/locales/${name}.json`);
  if (!answer.ok && name !== FIRST_LANGUAGE) return catalogueOf(FIRST_LANGUAGE);
  return answer.json();
}

const catalogue = await catalogueOf(new URLSearchParams(location.search).get("lang"));
document.documentElement.lang = catalogue.language;
new Wall(catalogue).start();
