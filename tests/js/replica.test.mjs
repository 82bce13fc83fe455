// @ts-check
/** The pages' reducer replays the golden traces; tests/contract/test_replica.py replays the same ones. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { Replica } from "../../hallserver/wire/static/replica.mjs";

const folder = new URL("../contract/traces/", import.meta.url);

/** One frame of a trace -> its verdict; forgetting has none. @param {Replica} replica @param {any} frame */
function fold(replica, frame) {
  if (frame.do === "delta") return replica.apply(frame);
  if (frame.do === "snapshot") return replica.load(frame);
  if (frame.do === "mark") return replica.checkMark(frame);
  replica.forget();
  return null;
}

for (const name of readdirSync(folder).sort()) {
  const { why, steps, then } = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  test(`${name}: ${why}`, () => {
    const replica = new Replica("wall");
    for (const { frame, verdict } of steps) assert.equal(fold(replica, frame), verdict);
    assert.deepEqual(replica.hello(), { feed: "wall", epoch: then.epoch, since: then.seq });
    assert.deepEqual(Object.fromEntries(replica.items), then.items);
    assert.equal(replica.isLoaded, then.epoch !== null);
  });
}

test("there are traces to replay", () => {
  assert.ok(readdirSync(folder).length >= 10);
});
