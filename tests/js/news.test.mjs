// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { enqueue, kindOf } from "../../signage/static/news.mjs";
import { post } from "./wall_words.mjs";

const raised = { from: "200", to: "230", at: "2026-11-19T21:00:00.000Z" };

test("a new post, a raise and the last place gone are news; a count that drops is not", () => {
  assert.equal(kindOf(undefined, post()), "new");
  assert.equal(kindOf(post(), post({ raised })), "raised");
  assert.equal(kindOf(post(), post({ state: "full", left: 0 })), "full");
  assert.equal(kindOf(post(), post({ left: 7 })), null);
  assert.equal(kindOf(post(), undefined), null);
});

test("nothing is news twice", () => {
  assert.equal(kindOf(post({ raised }), post({ raised, left: 3 })), null);
  assert.equal(kindOf(post({ state: "full" }), post({ state: "full" })), null);
  assert.equal(kindOf(undefined, post({ state: "full" })), null);
});

test("fifty posts at once do not make a long line, the newest come first, and new posts before filled ones", () => {
  /** @type {import("../../signage/static/news.mjs").Piece[]} */
  let line = [];
  line = enqueue(line, { key: "job/full", kind: "full" });
  for (let nth = 0; nth < 50; nth += 1) line = enqueue(line, { key: `job/${nth}`, kind: "new" });
  assert.deepEqual(line.map((piece) => piece.key), ["job/49", "job/48", "job/47"]);
});
