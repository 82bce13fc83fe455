// @ts-check
/** Draws one post into one row of the page. Knows neither the ring nor the feed. */

import { fit, fitList } from "./fit.mjs";
import { copyOf, light, part, picture, write } from "./paint.mjs";

/** @typedef {import("./rows.mjs").RowView} RowView */
/** @typedef {import("./rows.mjs").Tag} Tag */

const LIT_MS = 3000;
const LEAVES_MS = 300;
const KEPT_TAGS = 2;
const SMALLEST_AMOUNT = 4;
const JOINT = " · ";

export class RowPaint {
  constructor() {
    this.element = copyOf("row");
    /** @type {string | null} null: blank */
    this.key = null;
    const named = (/** @type {string} */ name) => part(this.element, name);
    this.parts = {
      picture: named("picture"),
      what: named("what"),
      title: named("title"),
      facts: named("facts"),
      tags: named("tags"),
      amount: named("amount"),
      unit: named("unit"),
      raised: named("raised"),
      left: named("left"),
      leftLabel: named("left-label"),
    };
    this.blank();
  }

  /** Shows a post; `flag` is a word in front of its tags, or empty. @param {RowView} view @param {string} [flag] */
  show(view, flag = "") {
    const { parts, element } = this;
    this.key = view.key;
    element.dataset.key = view.key;
    element.classList.remove("is-blank");
    element.classList.toggle("is-full", view.isFull);
    picture(parts.picture, "trades", view.pictogram);
    write(parts.left, view.left);
    write(parts.raised, view.raised);
    const changed = [
      write(parts.title, view.title),
      writeFacts(parts.facts, view.facts),
      writeTags(parts.tags, view.tags, flag),
      write(parts.amount, view.amount),
      write(parts.unit, view.unit),
      write(parts.leftLabel, view.leftLabel),
    ];
    if (changed.includes(true)) this.fit(flag ? KEPT_TAGS + 1 : KEPT_TAGS);
  }

  /** Steps texts down until each is whole. @param {number} [keptTags] */
  fit(keptTags = KEPT_TAGS) {
    const { title, facts, tags, amount, unit, leftLabel, what } = this.parts;
    fit(amount, undefined, SMALLEST_AMOUNT);
    for (const one of [unit, leftLabel, title]) fit(one);
    fitList(tags, keptTags);
    const room = this.element.clientHeight;
    fit(facts, () => facts.scrollWidth <= facts.clientWidth && what.offsetHeight <= room);
  }

  light() {
    light(this.element, LIT_MS);
  }

  /** The post is gone: its place stays empty, so that nothing else moves. */
  leave() {
    if (this.key === null) return;
    const gone = this.key;
    this.element.animate({ opacity: [1, 0] }, { duration: LEAVES_MS }).finished.then(
      () => this.key === gone && this.blank(),
      () => undefined,
    );
  }

  blank() {
    this.key = null;
    delete this.element.dataset.key;
    this.element.classList.add("is-blank");
  }
}

/** A line may break between facts, not within one. @param {HTMLElement} line @param {string[]} facts */
function writeFacts(line, facts) {
  if (line.textContent === facts.join(JOINT)) return false;
  line.replaceChildren(...facts.flatMap((fact, nth) => (nth ? [JOINT, whole(fact)] : [whole(fact)])));
  return true;
}

/** @param {string} fact */
function whole(fact) {
  const element = document.createElement("span");
  element.textContent = fact;
  return element;
}

/** @param {HTMLElement} list @param {Tag[]} tags @param {string} flag */
function writeTags(list, tags, flag) {
  const wanted = JSON.stringify([tags, flag]);
  if (list.dataset.holds === wanted) return false;
  list.dataset.holds = wanted;
  list.replaceChildren(...(flag ? [tagElement("flag", flag, null)] : []), ...tags.map((tag) => tagElement(classOf(tag), tag.text, tag.sign)));
  return true;
}

/** @param {Tag} tag */
function classOf(tag) {
  return tag.kind === "bus" ? "bus-tag" : tag.kind;
}

/** @param {string} kind @param {string} text @param {string | null} sign */
function tagElement(kind, text, sign) {
  const element = document.createElement("li");
  element.className = kind;
  if (sign !== null) {
    const mark = document.createElement("i");
    mark.className = "picture";
    picture(mark, "signs", sign);
    element.append(mark);
  }
  element.append(text);
  return element;
}
