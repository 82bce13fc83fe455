// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { figures, jobOrder, plainName, rowView, totals } from "../../signage/static/rows.mjs";
import { feed, post, speakerOf } from "./wall_words.mjs";

const chinese = speakerOf("zh_Hans");

test("a row names the work, where and when, in the order in which people ask", () => {
  const view = rowView("job/1", post(), chinese);
  assert.equal(view.title, "装卸搬运工");
  assert.deepEqual(view.facts, ["顺风仓储", "湖东镇", "今天 7:00—17:00", "干 2 天"]);
  assert.deepEqual([view.amount, view.unit, view.left, view.leftLabel], ["260", "元/天", "8", "还招"]);
});

test("the settlement comes first and green where it is daily, then the bus with its sign", () => {
  const view = rowView("job/1", post(), chinese);
  assert.deepEqual(view.tags, [
    { kind: "daily", text: "日结", sign: null },
    { kind: "bus", text: "班车 6:20", sign: "star" },
    { kind: "perk", text: "包午饭", sign: null },
  ]);
  const monthly = rowView("job/1", post({ settlement: "monthly", settle: { k: "job.settle.monthly_on", a: { day: 15 } } }), chinese);
  assert.deepEqual(monthly.tags[0], { kind: "settle", text: "每月 15 号发", sign: null });
});

test("a full post says so in place of its number, and no raise any more", () => {
  const view = rowView("job/1", post({ state: "full", left: 0, raised: { from: "200", to: "230", at: "x" } }), chinese);
  assert.deepEqual([view.isFull, view.left, view.leftLabel, view.raised], [true, "招满", "", ""]);
});

test("a raise tells from what to what", () => {
  const raised = { from: "200", to: "230", at: "2026-11-19T21:00:00.000Z" };
  assert.equal(rowView("job/1", post({ raised }), chinese).raised, "涨价 200→230");
  assert.equal(rowView("job/1", post({ raised }), speakerOf("en")).raised, "Pay up 200→230");
});

test("rows stand by rank, and equals by key so that they keep their places", () => {
  const items = feed([
    ["job/b", post({ rank: "2" })],
    ["job/c", post({ rank: "1" })],
    ["job/a", post({ rank: "2" })],
    ["trip/x", {}],
  ]);
  assert.deepEqual(jobOrder(items), ["job/c", "job/a", "job/b"]);
});

test("the hall counts open posts and their places, not the full ones", () => {
  const items = feed([
    ["job/a", post({ left: 3 })],
    ["job/b", post({ left: 0, state: "full" })],
    ["job/c", post({ left: 4 })],
    ["hall/main", {}],
  ]);
  assert.deepEqual(totals(items), { count: 2, places: 7 });
});

test("large figures are grouped and told apart from words", () => {
  assert.deepEqual(figures("412 个活 · 还招 1986 人"), [
    { text: "412", isFigure: true },
    { text: " 个活 · 还招 ", isFigure: false },
    { text: "1,986", isFigure: true },
    { text: " 人", isFigure: false },
  ]);
});

test("a picture's name is never a path", () => {
  assert.equal(plainName("food-courier"), "food-courier");
  assert.equal(plainName("../look"), null);
  assert.equal(plainName('a"); x'), null);
  assert.equal(plainName(null), null);
});
