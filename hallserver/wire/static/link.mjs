// @ts-check
/** Keeps a replica of one feed true in a page: connects, says hello, folds, comes back by itself. Draws nothing. */

import { io } from "/static/derived/vendor/socket.io.mjs";
import { Replica } from "./replica.mjs";

const COMES_BACK_MS = 500;
const COMES_BACK_MAX_MS = 5000;
const RENDERED_EVERY_MS = 1000;

/** @typedef {{hall_time: string, rate: number, zone_offset_min: number, business_day: string, seq: number, epoch: string}} Mark */
/**
 * @typedef {object} Listener
 * @property {(keys: Set<string> | null, seq: number) => void} changed  null: everything
 * @property {(mark: Mark, heardAt: number) => void} marked  heardAt by performance.now()
 * @property {(state: "up" | "down" | "shut-out" | "refused") => void} state  refused: the server lets this page not in
 */

export class Link {
  /** @param {string} feed @param {Listener} listener @param {Replica} [replica] one kept from before, to start with its picture */
  constructor(feed, listener, replica = new Replica(feed)) {
    this.feed = feed;
    this.listener = listener;
    this.replica = replica;
    /** @type {number | null} performance.now() of the last frame */
    this.heardAt = null;
    this.toldRendered = { seq: 0, at: 0 };
    this.loading = false;
    this.comesBack = false;
    this.socket = io({
      transports: ["websocket"],
      autoConnect: false,
      reconnectionDelay: COMES_BACK_MS,
      reconnectionDelayMax: COMES_BACK_MAX_MS,
      randomizationFactor: 1,
      timeout: 5000,
    });
    this.#listen();
  }

  start() {
    this.comesBack = true;
    if (this.replica.isLoaded) this.listener.changed(null, this.replica.seq);
    this.socket.connect();
  }

  stop() {
    this.comesBack = false;
    this.socket.disconnect();
  }

  /** Milliseconds since the last frame; null where there never was one. */
  ageMs() {
    return this.heardAt === null ? null : performance.now() - this.heardAt;
  }

  /** Tells the server what is on the glass, at most once a second. @param {number} seq */
  rendered(seq) {
    const now = performance.now();
    if (seq <= this.toldRendered.seq || now - this.toldRendered.at < RENDERED_EVERY_MS || !this.socket.connected) return;
    this.toldRendered = { seq, at: now };
    this.socket.emit("rendered", { feed: this.feed, seq });
  }

  #listen() {
    const { socket } = this;
    socket.on("connect", () => {
      this.toldRendered = { seq: 0, at: 0 };
      this.listener.state("up");
      this.#hello();
    });
    socket.on("disconnect", (/** @type {string} */ reason) => {
      this.listener.state("down");
      // the server shut us: Socket.IO does not come back by itself then
      if (reason !== "io server disconnect") return;
      setTimeout(() => this.comesBack && socket.connect(), COMES_BACK_MS * (1 + Math.random()));
    });
    socket.on("connect_error", () => {
      if (socket.active) return;
      this.listener.state("refused");
      setTimeout(() => this.comesBack && socket.connect(), COMES_BACK_MAX_MS * Math.random() + COMES_BACK_MS);
    });
    socket.on("delta", (/** @type {any} */ delta) => this.#onDelta(delta));
    socket.on("snapshot_at", (/** @type {any} */ place) => this.#onSnapshotAt(place));
    socket.on("mark", (/** @type {any} */ mark) => this.#onMark(mark));
    socket.on("reset", (/** @type {any} */ told) => this.#onReset(told));
  }

  #hello() {
    this.socket.emit("hello", this.replica.hello());
  }

  /** @param {any} delta */
  #onDelta(delta) {
    if (delta.feed !== this.feed) return;
    this.heardAt = performance.now();
    if (this.loading) {
      this.waiting.push(delta);
      return;
    }
    const verdict = this.replica.apply(delta);
    if (verdict === "applied") {
      this.listener.changed(new Set([...Object.keys(delta.set), ...delta.drop]), this.replica.seq);
    }
    this.#mend(verdict);
  }

  /** @type {any[]} deltas that came while the snapshot was on its way */
  waiting = [];

  /** @param {{feed: string, seq: number, url: string}} place */
  async #onSnapshotAt(place) {
    if (place.feed !== this.feed) return;
    this.loading = true;
    this.waiting = [];
    try {
      const answer = await fetch(place.url, { cache: "no-store" });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      this.replica.load(await answer.json());
      this.heardAt = performance.now();
    } catch {
      this.socket.disconnect().connect();
      return;
    } finally {
      this.loading = false;
    }
    for (const delta of this.waiting.splice(0)) this.replica.apply(delta);
    this.listener.changed(null, this.replica.seq);
    if (this.replica.seq < place.seq) this.#hello();
  }

  /** @param {any} mark */
  #onMark(mark) {
    if (mark.feed !== this.feed) return;
    this.heardAt = performance.now();
    this.listener.marked(mark, this.heardAt);
    if (!this.loading) this.#mend(this.replica.checkMark(mark));
  }

  /** @param {any} told */
  #onReset(told) {
    if (told.reason === "revoked") {
      this.socket.disconnect();
      this.listener.state("shut-out");
    }
  }

  /** @param {import("./replica.mjs").Verdict} verdict */
  #mend(verdict) {
    if (verdict === "foreign") this.replica.forget();
    if (verdict === "gap" || verdict === "foreign") this.#hello();
  }
}
