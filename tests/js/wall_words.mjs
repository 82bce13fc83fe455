// @ts-check
/** A speaker over the real catalogues, for tests; they are built by `python -m config.derive`. */

import { readFileSync } from "node:fs";
import { Speaker } from "../../hallserver/wire/static/words.mjs";

/** @param {"zh_Hans" | "en"} language */
export function speakerOf(language) {
  const file = new URL(`../../config/derived/locales/${language}.json`, import.meta.url);
  return new Speaker(JSON.parse(readFileSync(file, "utf8")), "2026-11-20");
}

/** A post as the wall's feed carries it. @param {Record<string, any>} [other] */
export function post(other = {}) {
  return {
    trade: "loader",
    title: { t: { "zh-Hans": "装卸搬运工", en: "Loader" } },
    pictogram: "loader",
    employer: "顺风仓储",
    place: "湖东镇",
    day: "2026-11-20",
    starts_at: "2026-11-19T23:00:00.000Z",
    when: [{ k: "job.day_hours", a: { day: { d: "2026-11-20" }, hours: "7:00—17:00" } }, { k: "job.days", a: { count: 2 } }],
    pay: { amount: "260", unit: { k: "job.unit.day" }, min_fen: 26000, max_fen: 26000, unit_id: "day" },
    settlement: "daily",
    settle: { k: "job.settle.daily" },
    bus: { trip: "t", sign: "star", at: "6:20", bay: 2 },
    perks: [{ k: "job.meals.lunch" }],
    left: 8,
    state: "live",
    raised: null,
    rank: "2026-11-2002026-11-19T23:00:00.000Z",
    ...other,
  };
}

/** Items by key, as a replica holds them. @param {[string, Record<string, any>][]} items */
export function feed(items) {
  return new Map(items);
}
