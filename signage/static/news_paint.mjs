// @ts-check
/** News above the list: the newest slides in on top, the one before moves down, each leaves by itself. Knows no feed. */

import { enqueue, PACE_MS, SHOWN_MS, SLOTS } from "./news.mjs";
import { RowPaint } from "./row_paint.mjs";

/** @typedef {import("./rows.mjs").RowView} RowView */
/** @typedef {import("./rows.mjs").Speaker} Speaker */
/** @typedef {import("./news.mjs").Piece} Piece */

const SLIDES_MS = 300;

class Slot {
  /** @param {Piece} piece @param {RowView} view @param {string} flag */
  constructor(piece, view, flag) {
    this.piece = piece;
    this.flag = flag;
    this.element = document.createElement("div");
    this.element.className = "news";
    this.element.dataset.kind = piece.kind;
    this.row = new RowPaint();
    this.element.append(this.row.element);
    this.view = view;
    this.place = -1;
  }

  /** @param {HTMLElement} host */
  enter(host) {
    host.append(this.element);
    this.row.show(this.view, this.flag);
    if (this.piece.kind === "raised") this.row.light();
  }

  /** @param {number} place  0 is the top */
  moveTo(place) {
    const way = { transform: [`translateY(${this.place * 100}%)`, `translateY(${place * 100}%)`] };
    this.place = place;
    this.element.animate(way, { duration: SLIDES_MS, easing: "ease-out", fill: "forwards" });
  }

  leave() {
    const away = this.element.animate({ opacity: [1, 0] }, { duration: SLIDES_MS, fill: "forwards" });
    away.finished.then(() => this.element.remove(), () => this.element.remove());
  }
}

export class News {
  /** @param {(key: string) => RowView | null} viewOf */
  constructor(viewOf) {
    this.viewOf = viewOf;
    this.element = document.createElement("div");
    this.element.className = "news-room";
    /** @type {Piece[]} */
    this.waiting = [];
    /** @type {Slot[]} newest first */
    this.slots = [];
    this.freeAt = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @param {Piece} piece @param {Speaker} speaker */
  tell(piece, speaker) {
    this.waiting = enqueue(this.waiting, piece);
    this.#next(speaker);
  }

  /** @param {Speaker} speaker */
  #next(speaker) {
    clearTimeout(this.timer);
    const wait = this.freeAt - performance.now();
    if (wait > 0) {
      this.timer = setTimeout(() => this.#next(speaker), wait);
      return;
    }
    const piece = this.waiting.shift();
    if (!piece) return;
    const view = this.viewOf(piece.key);
    if (view) this.#show(new Slot(piece, view, piece.kind === "new" ? speaker.text("wall.new") : ""));
    this.#next(speaker);
  }

  /** @param {Slot} slot */
  #show(slot) {
    this.freeAt = performance.now() + PACE_MS;
    for (const old of this.slots.filter((one) => one.piece.key === slot.piece.key)) this.#leave(old);
    slot.enter(this.element);
    this.slots.unshift(slot);
    for (const late of this.slots.slice(SLOTS)) this.#leave(late);
    this.#arrange();
    setTimeout(() => this.#leave(slot), SHOWN_MS);
  }

  #arrange() {
    this.slots.forEach((slot, place) => slot.place === place || slot.moveTo(place));
  }

  /** @param {Slot} slot */
  #leave(slot) {
    if (!this.slots.includes(slot)) return;
    this.slots = this.slots.filter((one) => one !== slot);
    slot.leave();
    this.#arrange();
  }

  /** The post changed while it stands here. @param {RowView} view */
  refresh(view) {
    for (const slot of this.slots) if (slot.piece.key === view.key) slot.row.show(view, slot.flag);
  }

  /** The post is gone. @param {string} key */
  drop(key) {
    this.waiting = this.waiting.filter((piece) => piece.key !== key);
    for (const slot of this.slots.filter((one) => one.piece.key === key)) this.#leave(slot);
  }

  /** Steps all texts anew. */
  refit() {
    for (const slot of this.slots) slot.row.fit();
  }
}
