// @ts-check
/** A replica of one feed, folded from a snapshot and numbered deltas. Pure; hallserver/wire/replica.py is its twin. */

/** @typedef {Record<string, any>} Item */
/** @typedef {"applied" | "ignored" | "gap" | "foreign"} Verdict */
/** @typedef {{epoch: string, seq: number, set: Record<string, Item>, drop: string[]}} Delta */

export class Replica {
  /** @param {string} feed */
  constructor(feed) {
    this.feed = feed;
    /** @type {string | null} null until a first picture came: "not loaded" is not "empty" */
    this.epoch = null;
    this.seq = 0;
    /** @type {Map<string, Item>} */
    this.items = new Map();
  }

  get isLoaded() {
    return this.epoch !== null;
  }

  /** What to ask the server with. */
  hello() {
    return { feed: this.feed, epoch: this.epoch, since: this.seq };
  }

  /** Folds a delta in if it is the very next one. @param {Delta} delta @returns {Verdict} */
  apply(delta) {
    if (delta.epoch !== this.epoch) return "foreign";
    if (delta.seq <= this.seq) return "ignored";
    if (delta.seq > this.seq + 1) return "gap";
    for (const [key, item] of Object.entries(delta.set)) this.items.set(key, item);
    for (const key of delta.drop) this.items.delete(key);
    this.seq = delta.seq;
    return "applied";
  }

  /** Replaces everything. @param {{epoch: string, seq: number, items: Record<string, Item>}} snapshot @returns {Verdict} */
  load(snapshot) {
    if (snapshot.epoch === this.epoch && snapshot.seq < this.seq) return "ignored";
    this.epoch = snapshot.epoch;
    this.seq = snapshot.seq;
    this.items = new Map(Object.entries(snapshot.items));
    return "applied";
  }

  /** A heartbeat shows a lost frame, too. @param {{epoch: string, seq: number}} mark @returns {Verdict} */
  checkMark(mark) {
    if (mark.epoch !== this.epoch) return "foreign";
    return mark.seq > this.seq ? "gap" : "ignored";
  }

  forget() {
    this.epoch = null;
    this.seq = 0;
    this.items = new Map();
  }
}
