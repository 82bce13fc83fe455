// @ts-check
/** Hall time in a page: what the last mark said, going on at its rate; the machine's own clock does not matter. Pure. */

export class HallClock {
  /** @param {{hall_time: string, rate: number, zone_offset_min: number, business_day: string}} mark @param {number} heardAt ms, monotonic */
  constructor(mark, heardAt) {
    this.anchor = Date.parse(mark.hall_time);
    this.heardAt = heardAt;
    this.rate = mark.rate;
    this.offsetMs = mark.zone_offset_min * 60_000;
    this.businessDay = mark.business_day;
  }

  /** Hall time as milliseconds since 1970 UTC. @param {number} now ms, the clock heardAt was read from */
  at(now) {
    return this.anchor + (now - this.heardAt) * this.rate;
  }

  /** "05:42" in the hall's zone. @param {number} now */
  wallClock(now) {
    return new Date(this.at(now) + this.offsetMs).toISOString().slice(11, 16);
  }

  /** Whole minutes until an instant, never negative. @param {string} instant @param {number} now */
  minutesUntil(instant, now) {
    return Math.max(0, Math.ceil((Date.parse(instant) - this.at(now)) / 60_000));
  }
}
