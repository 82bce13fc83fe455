// @ts-check
/** Commands happen once whatever the network does; a scanner's burst is told from fingers. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { ACTS } from "../../hallserver/tablet/static/acts.mjs";
import { Burst } from "../../hallserver/tablet/static/burst.mjs";
import { Commands, newKey } from "../../hallserver/tablet/static/commands.mjs";

/** A network that answers as told, one after the other; "cut" is no answer. @param {Array<"cut" | [number, any]>} answers */
function network(answers) {
  /** @type {Array<{url: string, key: string, csrf: string, body: string}>} */
  const sent = [];
  let time = 0;
  let keys = 0;
  const around = {
    fetch: async (/** @type {string} */ url, /** @type {any} */ init) => {
      sent.push({ url, key: init.headers["Idempotency-Key"], csrf: init.headers["X-CSRF"], body: init.body });
      const answer = answers.shift() ?? "cut";
      if (answer === "cut") throw new TypeError("cut");
      return new Response(JSON.stringify(answer[1]), { status: answer[0] });
    },
    now: () => time,
    wait: async (/** @type {number} */ ms) => void (time += ms),
    newKey: () => `key-${(keys += 1)}`,
    csrf: () => "word",
  };
  return { commands: new Commands(around), sent };
}

describe("a command", () => {
  test("is repeated under the same key until an answer comes", async () => {
    const { commands, sent } = network([
      "cut",
      [503, { refusal: { code: "SERVER_BUSY", facts: {} } }],
      [500, { fault: "x" }],
      [200, { job: "1" }],
    ]);
    let failed = 0;
    assert.deepEqual(await commands.send("/jobs", { a: 1 }, () => (failed += 1)), { kind: "done", body: { job: "1" } });
    assert.deepEqual(
      sent.map(({ key }) => key),
      ["key-1", "key-1", "key-1", "key-1"],
    );
    assert.deepEqual([failed, sent[0]?.url, sent[0]?.csrf, sent[0]?.body], [3, "/api/v1/jobs", "word", '{"a":1}']);
  });

  test("that was refused is not repeated, and the next one has a key of its own", async () => {
    const { commands, sent } = network([
      [409, { refusal: { code: "NOBODY_WAITING", facts: {} } }],
      [200, {}],
    ]);
    assert.deepEqual(await commands.send("/x", {}), { kind: "refused", code: "NOBODY_WAITING", facts: {} });
    await commands.send("/x", {});
    assert.deepEqual(
      sent.map(({ key }) => key),
      ["key-1", "key-2"],
    );
  });

  test("gives up after half a minute, and the same press again goes under the same key", async () => {
    const { commands, sent } = network([]);
    assert.deepEqual(await commands.send("/x", { code: "J" }), { kind: "lost" });
    assert.ok(sent.length > 3 && sent.length < 20);
    await commands.send("/x", { code: "J" });
    await commands.send("/x", { code: "K" });
    assert.deepEqual([...new Set(sent.map(({ key }) => key))], ["key-1", "key-2"]);
  });

  test("of somebody who is no longer signed in says so", async () => {
    const { commands } = network([
      [401, { refusal: { code: "NOT_SIGNED_IN", facts: {} } }],
      [403, { refusal: { code: "CSRF_MISSING", facts: {} } }],
    ]);
    assert.deepEqual(
      [(await commands.send("/x", {})).kind, (await commands.send("/x", {})).kind],
      ["signed-out", "signed-out"],
    );
  });

  test("has a key that the server takes", () => {
    assert.match(newKey(), /^[0-9a-f]{32}$/);
    assert.notEqual(newKey(), newKey());
  });
});

describe("a burst of keys", () => {
  const type = (/** @type {string} */ text, /** @type {number} */ every, /** @type {Burst} */ burst = new Burst()) => {
    let at = 1000;
    const codes = [...text].map((key) => burst.press(key === "\n" ? "Enter" : key, (at += every)));
    return codes.filter(Boolean);
  };

  test("that ends with Enter is a scanner's code", () => {
    assert.deepEqual(type("JK7Q4M2XH9TBE2\n", 8), ["JK7Q4M2XH9TBE2"]);
  });

  test("from a scanner that holds Shift is the same code", () => {
    const burst = new Burst();
    let at = 0;
    const keys = [..."JK7Q4M2XH9TBE2"].flatMap((key) => ["Shift", key]);
    for (const key of keys) burst.press(key, (at += 5));
    assert.equal(burst.press("Enter", at + 5), "JK7Q4M2XH9TBE2");
  });

  test("by fingers is none, and neither is a short one", () => {
    assert.deepEqual(type("JK7Q4M2XH9TBE2\n", 120), []);
    assert.deepEqual(type("JK7Q\n", 8), []);
  });

  test("may follow the last one at once", () => {
    assert.deepEqual(type("AAAAAAAA\nBBBBBBBB\n", 8), ["AAAAAAAA", "BBBBBBBB"]);
  });
});

describe("an act", () => {
  const appOf = (/** @type {any} */ model, /** @type {any} */ more = {}) =>
    /** @type {any} */ ({
      model: { forms: {}, said: new Map(), ...model },
      today: () => "2026-11-20",
      go: () => {},
      ...more,
    });

  test("fills place and address with the employer, and keeps what was typed by hand", () => {
    const app = appOf({ forms: { post: { employer: null, place: "", address: "我写的" } } });
    ACTS["post-employer"]?.(app, { employer: { id: "e", name: "E", place: "湖东镇", address: "港东路" } }, null);
    assert.deepEqual([app.model.forms.post.place, app.model.forms.post.address], ["湖东镇", "我写的"]);
    ACTS["post-employer"]?.(app, { employer: { id: "f", name: "F", place: "南港", address: "码头路" } }, null);
    assert.deepEqual([app.model.forms.post.place, app.model.forms.post.address], ["南港", "我写的"]);
  });

  test("types an hour before the minutes", () => {
    const app = appOf({});
    const pick = (/** @type {string} */ part, /** @type {string} */ value) =>
      ACTS["type-time"]?.(app, { form: "f", name: "at", part }, { target: { value } });
    pick("hour", "06");
    assert.equal(app.model.forms.f.at, "06:00");
    pick("minute", "20");
    assert.equal(app.model.forms.f.at, "06:20");
    pick("hour", "");
    assert.equal(app.model.forms.f.at, "");
  });

  test("takes digits up to their number and wipes the last", () => {
    const app = appOf({});
    for (const digit of [..."1234567", "wipe"]) ACTS.digit?.(app, { form: "pair", name: "code", digit, most: 6 }, null);
    assert.equal(app.model.forms.pair.code, "12345");
  });

  test("that was refused leaves the form as it was typed", async () => {
    let shown = 0;
    const post = {
      trade: "loader",
      employer: { id: "e" },
      headcount: 5,
      pay_min: "",
      pay_max: "",
      meals: [],
      ways: ["own"],
    };
    const app = appOf({ forms: { post } }, { command: async () => null, showMistake: () => (shown += 1) });
    await ACTS["post-job"]?.(app, {}, null);
    assert.deepEqual([app.model.forms.post, shown], [post, 1]);
  });
});
