// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { ageFacts, standing } from "../../signage/static/age.mjs";

test("the picture is fresh below 10 s, has a sign from 10 s, and gives way from 60 s", () => {
  const at = (/** @type {number} */ ageMs) => standing(ageMs, 1e6, true);
  assert.deepEqual([at(0), at(9_999), at(10_000), at(59_999), at(60_000)], ["fresh", "fresh", "aged", "aged", "stale"]);
});

test("not loaded yet is not the same as old, and for a minute it is no fault", () => {
  assert.equal(standing(null, 500, false), "waiting");
  assert.equal(standing(2000, 59_000, false), "waiting");
  assert.equal(standing(null, 60_000, false), "never");
});

test("an age is told in its largest whole unit", () => {
  assert.deepEqual(ageFacts(12_400), { id: "wall.seconds", count: 12 });
  assert.deepEqual(ageFacts(61_000), { id: "wall.minutes", count: 1 });
  assert.deepEqual(ageFacts(7_300_000), { id: "wall.hours", count: 2 });
});
