// @ts-check
/** The scrolling list: a ring of panels that the compositor moves without end, filled while they are out of sight. */

import { placeOf, jobOrder, rowView } from "./rows.mjs";
import { geometry, nextRows, PANELS, roundTrip, scrolls, speedPxS, startPx } from "./ring.mjs";
import { News } from "./news_paint.mjs";
import { RowPaint } from "./row_paint.mjs";

/** @typedef {import("./rows.mjs").Speaker} Speaker */
/** @typedef {Map<string, Record<string, any>>} Items */

const DRAFT_ROW_PX = 150;
const GLIDES_MS = 300;

class Panel {
  /** @param {import("./ring.mjs").Geometry} shape */
  constructor(shape) {
    this.element = document.createElement("div");
    this.element.className = "panel";
    this.element.style.height = `${shape.panelPx}px`;
    this.rows = Array.from({ length: shape.perPanel }, () => new RowPaint());
    this.element.append(...this.rows.map((row) => row.element));
    /** @type {Animation | null} */
    this.motion = null;
    this.roundsFilled = 0;
  }

  keys() {
    return this.rows.map((row) => row.key).filter((key) => key !== null);
  }
}

export class JobList {
  /** @param {HTMLElement} view */
  constructor(view) {
    this.view = view;
    /** @type {Items} */
    this.items = new Map();
    /** @type {Speaker | null} */
    this.speaker = null;
    /** @type {{key: string, place: string}[]} */
    this.order = [];
    this.isOrderOld = false;
    /** @type {Panel[]} */
    this.panels = [];
    this.cursor = "";
    /** @type {string[]} keys that come with the very next panel */
    this.ahead = [];
    this.shape = geometry(1, 1, 1);
    this.news = new News((key) => this.viewOf(key));
  }

  /** Takes a whole picture. @param {Items} items @param {Speaker} speaker */
  load(items, speaker) {
    this.items = items;
    this.speaker = speaker;
    this.cursor = "";
    this.ahead = [];
    this.build();
  }

  /** Measures the view anew and draws everything. */
  build() {
    const style = getComputedStyle(this.view);
    const wished = parseFloat(style.getPropertyValue("--wished-row")) || DRAFT_ROW_PX;
    this.scale = parseFloat(style.getPropertyValue("--u")) || 1;
    const room = /** @type {HTMLElement} */ (this.view.parentElement).clientHeight;
    this.shape = geometry(room, wished, Number(style.getPropertyValue("--columns")) || 1);
    this.view.style.height = `${this.shape.panelPx}px`;
    this.view.style.setProperty("--row-px", `${this.shape.rowPx}px`);
    for (const panel of this.panels) panel.motion?.cancel();
    this.sort();
    const isMoving = scrolls(this.order.length, this.shape);
    this.panels = Array.from({ length: isMoving ? PANELS : 1 }, () => new Panel(this.shape));
    this.view.replaceChildren(...this.panels.map((panel) => panel.element), this.news.element);
    if (isMoving) this.cursor = this.fillAll();
    else this.lay();
    if (isMoving) this.move();
  }

  fillAll() {
    let cursor = "";
    for (const panel of this.panels) {
      const next = nextRows(this.order, cursor, this.shape.perPanel, this.elsewhere(panel));
      this.fill(panel, next.keys);
      cursor = next.cursor;
    }
    return cursor;
  }

  sort() {
    this.order = jobOrder(this.items).map((key) => ({ key, place: placeOf(key, this.items.get(key) ?? {}) }));
    this.isOrderOld = false;
  }

  /** Starts the endless motion. Half a step of lead keeps a late frame on its own pixel. */
  move() {
    const trip = roundTrip(this.shape);
    const speed = speedPxS(this.order.length, this.shape, this.scale ?? 1);
    const now = Number(document.timeline.currentTime ?? 0);
    this.panels.forEach((panel, nth) => {
      panel.element.classList.add("is-moving");
      const motion = panel.element.animate(
        { transform: [`translateY(${trip.fromPx}px)`, `translateY(${trip.toPx}px)`] },
        { duration: (trip.lengthPx / speed) * 1000, iterations: Infinity, easing: `steps(${trip.lengthPx})` },
      );
      motion.startTime = now - ((startPx(nth, this.shape) + 0.5) / speed) * 1000;
      panel.motion = motion;
    });
  }

  /** Fills the panels that went round; called a few times a second, early enough by many seconds. */
  turn() {
    for (const panel of this.panels) {
      const rounds = panel.motion?.effect?.getComputedTiming().currentIteration ?? 0;
      if (rounds <= panel.roundsFilled) continue;
      panel.roundsFilled = rounds;
      if (this.isOrderOld) this.sort();
      this.fill(panel, this.next(panel));
    }
  }

  /** @param {Panel} panel */
  next(panel) {
    const elsewhere = this.elsewhere(panel);
    const first = this.ahead.splice(0, this.shape.perPanel).filter((key) => this.items.has(key) && !elsewhere.has(key));
    for (const key of first) elsewhere.add(key);
    const next = nextRows(this.order, this.cursor, this.shape.perPanel - first.length, elsewhere);
    this.cursor = next.cursor;
    return [...first, ...next.keys];
  }

  /** @param {Panel} panel */
  elsewhere(panel) {
    return new Set(this.panels.filter((one) => one !== panel).flatMap((one) => one.keys()));
  }

  /** @param {Panel} panel @param {string[]} keys */
  fill(panel, keys) {
    panel.rows.forEach((row, at) => {
      const view = this.viewOf(keys[at]);
      if (view === null) row.blank();
      else row.show(view);
    });
  }

  /** The row of a post; null where it is gone, or where this page lacks words for it: one post must not stop the others.
   * @param {string | undefined} key */
  viewOf(key) {
    const item = key === undefined ? undefined : this.items.get(key);
    if (key === undefined || item === undefined || this.speaker === null) return null;
    try {
      return rowView(key, item, this.speaker);
    } catch (error) {
      console.error(`${key} cannot be shown`, error);
      return null;
    }
  }

  /** Brings changed posts in: in place where they stand, above the list where they deserve it.
   * @param {Iterable<string>} keys @param {Map<string, import("./news.mjs").Kind>} worth */
  change(keys, worth) {
    this.isOrderOld = true;
    const isMoving = this.panels.length > 1;
    if (isMoving !== scrolls(this.count(), this.shape)) {
      this.rebuildSoftly();
      return;
    }
    if (!isMoving) this.lay();
    for (const key of keys) this.changeOne(key, worth.get(key) ?? null);
  }

  count() {
    this.sort();
    return this.order.length;
  }

  /** @param {string} key @param {import("./news.mjs").Kind | null} kind */
  changeOne(key, kind) {
    const standing = this.panels.flatMap((panel) => panel.rows.filter((row) => row.key === key));
    const view = this.viewOf(key);
    for (const row of standing) {
      if (view === null) row.leave();
      else row.show(view);
      if (kind === "raised" || kind === "new") row.light();
    }
    if (view === null) this.news.drop(key);
    else this.news.refresh(view);
    if (view === null || kind === null || this.speaker === null || standing.some((row) => this.isInSight(row))) return;
    if (kind === "new") this.ahead.push(key);
    this.news.tell({ key, kind }, this.speaker);
  }

  /** @param {RowPaint} row */
  isInSight(row) {
    const box = row.element.getBoundingClientRect();
    const glass = this.view.getBoundingClientRect();
    return box.top >= glass.top && box.bottom <= glass.bottom;
  }

  /** Few rows: all of them, in order, gliding to their places. */
  lay() {
    const panel = /** @type {Panel} */ (this.panels[0]);
    this.sort();
    const before = new Map(panel.rows.filter((row) => row.key).map((row) => [row.key, row.element.offsetTop]));
    this.fill(panel, this.order.map((one) => one.key));
    for (const row of panel.rows) {
      const was = row.key === null ? undefined : before.get(row.key);
      const by = was === undefined ? 0 : was - row.element.offsetTop;
      if (by) row.element.animate({ transform: [`translateY(${by}px)`, "none"] }, { duration: GLIDES_MS, easing: "ease-out" });
    }
  }

  rebuildSoftly() {
    this.build();
    this.view.animate({ opacity: [0, 1] }, { duration: GLIDES_MS });
  }

  /** Steps all texts anew (a face arrived). */
  refit() {
    for (const panel of this.panels) for (const row of panel.rows) if (row.key !== null) row.fit();
    this.news.refit();
  }
}
