// @ts-check
/** Pages word the shared cases as they are written down; tests/contract/test_words.py asks the same of its twin in Python. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Speaker } from "../../hallserver/wire/static/words.mjs";

const read = (/** @type {string} */ path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const cases = read("../contract/words.json");

for (const language of ["zh_Hans", "en"]) {
  const catalogue = read(`../../config/derived/locales/${language}.json`);
  for (const { name, today, value, said } of cases) {
    test(`${language}: ${name}`, () => {
      assert.equal(new Speaker(catalogue, today).say(value), said[language]);
    });
  }

  test(`${language}: an unknown id and a missing fact are faults`, () => {
    const speaker = new Speaker(catalogue, "2026-11-20");
    assert.throws(() => speaker.say({ k: "no.such.text" }));
    assert.throws(() => speaker.say({ k: "job.from_day" }));
  });
}
