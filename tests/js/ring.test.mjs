// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { geometry, nextRows, PANELS, roundTrip, scrolls, speedPxS, startPx } from "../../signage/static/ring.mjs";

const shape = geometry(904, 150, 1);

test("rows are equal, whole pixels, and fill the view", () => {
  assert.deepEqual(shape, { rowPx: 150, columns: 1, perPanel: 6, panelPx: 900 });
  for (const heightPx of [211, 336, 904, 1003, 2160]) {
    const one = geometry(heightPx, 150, 2);
    assert.equal(Number.isInteger(one.rowPx), true);
    assert.ok(one.panelPx <= heightPx && heightPx - one.panelPx < one.perPanel);
  }
});

test("nothing scrolls where all rows fit", () => {
  assert.equal(scrolls(6, shape), false);
  assert.equal(scrolls(7, shape), true);
});

test("at every moment the panels cover the view without a gap or an overlap", () => {
  const trip = roundTrip(shape);
  for (let gone = 0; gone < trip.lengthPx; gone += 7) {
    const tops = Array.from({ length: PANELS }, (_, nth) => trip.fromPx - ((startPx(nth, shape) + gone) % trip.lengthPx));
    tops.sort((a, b) => a - b);
    assert.deepEqual(tops.slice(1).map((top, nth) => top - /** @type {number} */ (tops[nth])), [900, 900]);
    assert.ok(/** @type {number} */ (tops[0]) <= 0 && /** @type {number} */ (tops[0]) > -900);
  }
});

test("a panel that begins its round is out of sight for as long as a panel is tall", () => {
  const trip = roundTrip(shape);
  assert.ok(trip.fromPx - shape.panelPx >= shape.panelPx);
});

test("the speed is whole pixels a frame, and doubles where a round would take longer than ten minutes", () => {
  assert.equal(speedPxS(200, shape, 1), 60);
  assert.equal(speedPxS(400, shape, 1), 120);
  assert.equal(speedPxS(400, geometry(904, 150, 2), 1), 60);
  assert.equal(speedPxS(10, shape, 2), 120);
});

/** @param {number} count */
function rows(count) {
  return Array.from({ length: count }, (_, nth) => ({ key: `k${nth}`, place: String(nth).padStart(3, "0") }));
}

test("rounds go on without end and skip nothing", () => {
  const all = rows(20);
  let cursor = "";
  const seen = [];
  for (let panel = 0; panel < 10; panel += 1) {
    const next = nextRows(all, cursor, 6, new Set());
    cursor = next.cursor;
    seen.push(...next.keys);
  }
  assert.deepEqual(seen, Array.from({ length: 60 }, (_, nth) => `k${nth % 20}`));
});

test("a row that vanished does not make its neighbours come twice or not at all", () => {
  const all = rows(20);
  const first = nextRows(all, "", 6, new Set());
  const without = all.filter((row) => row.key !== "k5");
  assert.deepEqual(nextRows(without, first.cursor, 3, new Set()).keys, ["k6", "k7", "k8"]);
});

test("a row that stands on another panel is passed over where there are enough others", () => {
  assert.deepEqual(nextRows(rows(20), "", 3, new Set(["k1"])).keys, ["k0", "k2", "k3"]);
  assert.deepEqual(nextRows(rows(7), "", 3, new Set(["k1"])).keys, ["k0", "k1", "k2"]);
});

test("few rows come once in a panel, and none where there are none", () => {
  assert.deepEqual(nextRows(rows(2), "", 6, new Set()).keys, ["k0", "k1"]);
  assert.deepEqual(nextRows([], "", 6, new Set()).keys, []);
});
