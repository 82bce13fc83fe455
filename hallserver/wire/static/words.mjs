// @ts-check
/** Puts words on messages in one reader's language; config/words.py is its twin (tests/contract/words.json). Pure. */

const JOINT = " · ";

/** @typedef {{language: string, texts: Record<string, string | Record<string, string>>}} Catalogue */

export class Speaker {
  /** @param {Catalogue} catalogue @param {string} today business day, "2026-11-20" */
  constructor(catalogue, today) {
    this.catalogue = catalogue;
    this.today = today;
    this.plurals = new Intl.PluralRules(catalogue.language.replace("_", "-"));
  }

  /** Text of an id; unknown ids and missing facts throw, they are mistakes of ours. @param {string} id @param {Record<string, any>} [facts] */
  text(id, facts = {}) {
    const held = this.catalogue.texts[id];
    if (held === undefined) throw new Error(`no text ${id}`);
    const pattern = typeof held === "string" ? held : (held[this.plurals.select(Number(facts.count ?? 0))] ?? held.other);
    return String(pattern).replace(/\{(\w+)\}/g, (_, name) => {
      if (!(name in facts)) throw new Error(`${id} needs ${name}`);
      return String(facts[name]);
    });
  }

  /** A message, text, day, list, string or number as words. @param {any} value @returns {string} */
  say(value) {
    if (value === null || value === undefined) return "";
    if (Array.isArray(value)) return value.map((part) => this.say(part)).filter(Boolean).join(JOINT);
    if (typeof value !== "object") return String(value);
    if ("k" in value) return this.text(value.k, this.#facts(value.a ?? {}));
    if ("d" in value) return this.#day(value.d);
    return inLanguage(value.t, this.catalogue.language);
  }

  /** @param {Record<string, any>} given */
  #facts(given) {
    return Object.fromEntries(
      Object.entries(given).map(([name, part]) => [name, typeof part === "number" ? part : this.say(part)]),
    );
  }

  /** @param {string} day */
  #day(day) {
    const instant = new Date(`${day}T00:00:00Z`);
    const weekday = this.text(`day.weekday.${instant.getUTCDay() || 7}`);
    if (day === this.today) return this.text("day.today");
    if (instant.getTime() - Date.parse(`${this.today}T00:00:00Z`) === 86_400_000) {
      return this.text("day.tomorrow", { weekday });
    }
    const month = instant.getUTCMonth() + 1;
    const month_name = this.text(`day.month.${month}`);
    return this.text("day.other", { date: this.text("day.date", { month, day: instant.getUTCDate(), month_name }), weekday });
  }
}

/** The hall's own words in a language, or in its first one. @param {Record<string, string>} words @param {string} language */
export function inLanguage(words, language) {
  return words[language.replace("_", "-")] || (Object.values(words)[0] ?? "");
}
