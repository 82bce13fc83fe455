// @ts-check
/** Draws the called numbers and the departure board. Decides nothing: board.mjs does. */

import { busOrder, busView, calls, Countdown, eachOnce } from "./board.mjs";
import { fit } from "./fit.mjs";
import { copyOf, light, part, picture, write } from "./paint.mjs";

/** @typedef {import("./rows.mjs").Speaker} Speaker */
/** @typedef {Map<string, Record<string, any>>} Items */
/** @typedef {import("/static/wire/hall_clock.mjs").HallClock} HallClock */

const EARLIER = 4;
const LIT_MS = 6000;

export class Side {
  /** @param {HTMLElement} wall */
  constructor(wall) {
    this.part = (/** @type {string} */ name) => part(wall, name);
    this.calls = /** @type {HTMLElement} */ (this.part("called").parentElement);
    this.departures = this.part("departures");
    this.countdown = new Countdown();
    /** @type {HTMLElement[]} */
    this.buses = [];
  }

  /** Words that stand. @param {Speaker} speaker */
  label(speaker) {
    write(this.part("calling"), speaker.text("wall.calling"));
    write(this.part("no-calls"), speaker.text("wall.no_calls"));
    write(this.part("buses"), speaker.text("wall.buses"));
    write(this.part("no-buses"), speaker.text("wall.no_buses"));
  }

  /** @param {Items} items @param {Speaker} speaker */
  paintCalls(items, speaker) {
    const [current, ...earlier] = eachOnce(calls(items));
    this.calls.classList.toggle("is-silent", !current);
    if (!current) return;
    const number = this.part("number");
    if (write(number, current.number)) fit(number);
    write(this.part("counter"), speaker.text("wall.counter", { counter: current.counter }));
    this.part("earlier").replaceChildren(...earlier.slice(0, EARLIER).map((call) => earlierCall(call, speaker)));
  }

  lightCall() {
    light(this.part("called"), LIT_MS);
  }

  /** @param {Items} items @param {Speaker} speaker @param {HallClock} clock @param {number} now */
  paintBuses(items, speaker, clock, now) {
    const trips = busOrder(items);
    this.countdown.keepOnly(new Set(trips.map(([key]) => key)));
    const shown = trips.slice(0, this.room());
    while (this.buses.length < shown.length) this.buses.push(copyOf("bus"));
    this.buses.length = shown.length;
    this.departures.replaceChildren(...this.buses);
    shown.forEach((trip, nth) => this.#paintBus(/** @type {HTMLElement} */ (this.buses[nth]), trip, speaker, clock, now));
    const more = trips.length - shown.length;
    write(this.part("more-buses"), more > 0 ? speaker.text("wall.more_buses", { count: more }) : "");
    this.part("no-buses").hidden = trips.length > 0;
    this.departures.hidden = trips.length === 0;
  }

  /** Steps all texts anew. */
  refit() {
    fit(this.part("number"));
    for (const bus of this.buses) for (const name of ["dest", "where"]) fit(part(bus, name));
  }

  /** How many rows of buses the board holds. */
  room() {
    const probe = this.buses[0] ?? copyOf("bus");
    if (!probe.isConnected) this.departures.append(probe);
    const rowPx = probe.offsetHeight || 1;
    return Math.max(1, Math.floor(this.departures.clientHeight / rowPx));
  }

  /** @param {HTMLElement} element @param {[string, Record<string, any>]} trip @param {Speaker} speaker @param {HallClock} clock @param {number} now */
  #paintBus(element, trip, speaker, clock, now) {
    const [key, item] = trip;
    const minutes = this.countdown.least(key, item.departs_at, clock.minutesUntil(item.departs_at, now));
    const view = busView(trip, minutes, speaker);
    element.dataset.tone = view.tone;
    element.dataset.key = key;
    picture(part(element, "sign"), "signs", view.sign);
    write(part(element, "at"), view.at);
    const where = part(element, "where");
    const dest = part(element, "dest");
    const changed = [write(part(element, "seats"), view.seats), write(where, view.where), write(dest, view.dest)];
    if (!changed.includes(true)) return;
    fit(dest);
    fit(where);
  }
}

/** @param {Record<string, any>} call @param {Speaker} speaker */
function earlierCall(call, speaker) {
  const element = document.createElement("li");
  const number = document.createElement("b");
  const counter = document.createElement("span");
  number.textContent = call.number;
  counter.textContent = speaker.text("wall.counter", { counter: call.counter });
  element.append(number, counter);
  return element;
}
