// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { busOrder, busView, calls, Countdown, eachOnce, untold } from "../../signage/static/board.mjs";
import { feed, speakerOf } from "./wall_words.mjs";

const chinese = speakerOf("zh_Hans");
const AT = "2026-11-19T21:42:00.000Z";

/** @param {number} order @param {string} [at] */
function call(order, at = AT) {
  return { number: `A00${order}`, counter: 3, at, order, chime: true };
}

/** @param {Record<string, any>} [other] */
function trip(other = {}) {
  return { sign: "star", dest: "顺风仓储", at: "6:20", departs_at: "2026-11-19T22:20:00.000Z", bay: 2, left: 6, state: "planned", ...other };
}

test("the newest call is the current one", () => {
  const items = feed([["call/1", call(1)], ["call/3", call(3)], ["call/2", call(2)], ["job/1", {}]]);
  assert.deepEqual(calls(items).map((one) => one.order), [3, 2, 1]);
});

test("a number that was called again stands on the wall once", () => {
  const again = [{ ...call(4), number: "A001" }, call(2), call(1)];
  assert.deepEqual(eachOnce(again).map((one) => [one.number, one.order]), [["A001", 4], ["A002", 2]]);
});

test("calls are told once, oldest first, and not when they are old", () => {
  const now = Date.parse(AT) + 29_000;
  const newest = [call(4), call(3), call(2, "2026-11-19T21:41:00.000Z")];
  assert.deepEqual(untold(newest, 2, now, 1).map((one) => one.order), [3, 4]);
  assert.deepEqual(untold(newest, 3, now, 1).map((one) => one.order), [4]);
  assert.deepEqual(untold(newest, 0, now + 2000, 1), []);
});

test("where hall time runs fast, a call is old after 30 real seconds", () => {
  assert.equal(untold([call(1)], 0, Date.parse(AT) + 29_000 * 60, 60).length, 1);
  assert.equal(untold([call(1)], 0, Date.parse(AT) + 31_000 * 60, 60).length, 0);
});

test("a bus says sign, bay, minutes and seats", () => {
  const view = busView(["trip/1", trip()], 38, chinese);
  assert.deepEqual([view.sign, view.at, view.dest, view.where, view.seats, view.tone], ["star", "6:20", "顺风仓储", "2 号车位 · 38 分钟后", "余 6 座", "open"]);
});

test("a bus that boards, is full, is overdue, is gone or does not go says that", () => {
  const of = (/** @type {any} */ other, minutes = 10) => busView(["trip/1", trip(other)], minutes, chinese);
  assert.equal(of({ state: "boarding" }).where, "2 号车位 · 正在上车");
  assert.deepEqual([of({ left: 0 }).seats, of({ left: 0 }).tone], ["坐满", "none"]);
  assert.equal(of({}, 0).where, "2 号车位 · 还没发车");
  assert.deepEqual([of({ state: "departed" }).seats, of({ state: "departed" }).tone], ["已发车", "over"]);
  assert.equal(of({ state: "cancelled" }).seats, "停开");
  assert.equal(of({}, 298).where, "2 号车位");
});

test("a countdown never counts up, unless the bus has another time", () => {
  const countdown = new Countdown();
  assert.equal(countdown.least("trip/1", "a", 8), 8);
  assert.equal(countdown.least("trip/1", "a", 9), 8);
  assert.equal(countdown.least("trip/1", "a", 7), 7);
  assert.equal(countdown.least("trip/1", "b", 20), 20);
  countdown.keepOnly(new Set());
  assert.equal(countdown.said.size, 0);
});

test("buses stand by departure", () => {
  const items = feed([["trip/b", trip({ departs_at: "2026-11-19T23:00:00.000Z" })], ["trip/a", trip()], ["job/x", {}]]);
  assert.deepEqual(busOrder(items).map(([key]) => key), ["trip/a", "trip/b"]);
});
