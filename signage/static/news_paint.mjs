// @ts-check
/** One piece of news at a time above the list: slides in, stands a while, slides out. Knows no feed. */

import { enqueue, SHOWN_MS } from "./news.mjs";
import { RowPaint } from "./row_paint.mjs";

/** @typedef {import("./rows.mjs").RowView} RowView */
/** @typedef {import("./rows.mjs").Speaker} Speaker */

const SLIDES_MS = 300;

export class News {
  /** @param {HTMLElement} view */
  constructor(view) {
    this.element = document.createElement("div");
    this.element.className = "news";
    this.element.hidden = true;
    this.row = new RowPaint();
    this.element.append(this.row.element);
    view.append(this.element);
    /** @type {import("./news.mjs").Piece[]} */
    this.waiting = [];
    /** @type {import("./news.mjs").Piece | null} */
    this.shown = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @param {import("./news.mjs").Piece} piece @param {(key: string) => RowView | null} viewOf @param {Speaker | null} speaker */
  tell(piece, viewOf, speaker) {
    if (this.shown?.key === piece.key) return;
    this.waiting = enqueue(this.waiting, piece);
    if (this.shown === null) this.#next(viewOf, speaker);
  }

  /** @param {(key: string) => RowView | null} viewOf @param {Speaker | null} speaker */
  #next(viewOf, speaker) {
    const piece = this.waiting.shift() ?? null;
    const view = piece && viewOf(piece.key);
    if (!piece || !view) {
      if (piece) this.#next(viewOf, speaker);
      return;
    }
    this.shown = piece;
    this.element.dataset.kind = piece.kind;
    this.element.hidden = false;
    this.row.show(view, this.#flag(speaker));
    if (piece.kind === "raised") this.row.light();
    this.element.animate({ transform: ["translateY(-100%)", "none"] }, { duration: SLIDES_MS, easing: "ease-out" });
    this.timer = setTimeout(() => this.#leave(viewOf, speaker), SHOWN_MS);
  }

  /** @param {Speaker | null} speaker */
  #flag(speaker) {
    return this.shown?.kind === "new" && speaker ? speaker.text("wall.new") : "";
  }

  /** @param {(key: string) => RowView | null} viewOf @param {Speaker | null} speaker */
  #leave(viewOf, speaker) {
    const away = this.element.animate({ transform: ["none", "translateY(-100%)"] }, { duration: SLIDES_MS, easing: "ease-in" });
    away.finished.then(() => {
      this.element.hidden = true;
      this.shown = null;
      this.row.blank();
      this.#next(viewOf, speaker);
    }, () => undefined);
  }

  /** The post changed while it stands here. @param {RowView} view @param {Speaker | null} speaker */
  refresh(view, speaker) {
    if (this.shown?.key === view.key) this.row.show(view, this.#flag(speaker));
  }

  /** The post is gone. @param {string} key */
  drop(key) {
    this.waiting = this.waiting.filter((piece) => piece.key !== key);
    if (this.shown?.key === key) this.row.leave();
  }
}
