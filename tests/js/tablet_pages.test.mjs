// @ts-check
/** The tablet's pages as values: what they say and offer for a given replica, in both languages, without a browser. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { findAll, textOf } from "../../hallserver/tablet/static/html.mjs";
import { PAGES } from "../../hallserver/tablet/static/pages.mjs";
import { answerOf } from "../../hallserver/tablet/static/pages/answer.mjs";
import { boardingPage } from "../../hallserver/tablet/static/pages/boarding.mjs";
import { devicesPage } from "../../hallserver/tablet/static/pages/devices.mjs";
import { jobsPage } from "../../hallserver/tablet/static/pages/jobs.mjs";
import { qr } from "../../hallserver/tablet/static/pages/people.mjs";
import { emptyPost, fenOf, mistakesOf, postBody } from "../../hallserver/tablet/static/pages/post_form.mjs";
import { queuePage } from "../../hallserver/tablet/static/pages/queue.mjs";
import { signInPage } from "../../hallserver/tablet/static/pages/signin.mjs";
import { frame, freshness, pagesOpen } from "../../hallserver/tablet/static/shell.mjs";
import { HallClock } from "../../hallserver/wire/static/hall_clock.mjs";
import { Speaker } from "../../hallserver/wire/static/words.mjs";

const read = (/** @type {string} */ language) =>
  JSON.parse(readFileSync(new URL(`../../config/derived/locales/${language}.json`, import.meta.url), "utf8"));
const CATALOGUES = { zh_Hans: read("zh_Hans"), en: read("en") };
const TODAY = "2026-11-20";
const EVERYTHING = ["approve-job", "post-job", "call-next", "board", "plan-trip", "register-worker", "pair-device"];

const job = (/** @type {any} */ more = {}) => ({
  trade: "loader",
  title: { t: { "zh-Hans": "搬运工", en: "Loader" } },
  pictogram: "loader",
  employer: "顺风仓储",
  place: "湖东镇",
  address: "港东路 18 号",
  when: [{ d: TODAY }],
  pay: { amount: "260", unit: { k: "job.unit.day" }, min_fen: 26000, max_fen: 26000 },
  settle: { k: "job.settle.daily" },
  board: [],
  return: "",
  work: "卸货",
  gear: null,
  insurance: { k: "job.insurance.none" },
  giving: "at_once",
  ways: ["own"],
  bus: null,
  left: 4,
  headcount: 12,
  taken: 8,
  review: "approved",
  state: "live",
  reasons: [],
  ...more,
});
const trip = (/** @type {any} */ more = {}) => ({
  sign: "star",
  dest: "顺风仓储",
  at: "6:20",
  departs_at: "2026-11-19T22:20:00.000Z",
  day: TODAY,
  bay: 2,
  capacity: 45,
  state: "boarding",
  aboard: 1,
  expected: 3,
  missing: 2,
  empty: 42,
  plate: "",
  ...more,
});
const ITEMS = {
  "hall/main": {
    services: [{ id: "placement", name: { t: { "zh-Hans": "职业介绍", en: "Job placement" } } }],
    trades: [{ id: "loader", name: { t: { en: "Loader" } }, pictogram: "loader" }],
    demo: false,
  },
  "job/01": job(),
  "job/02": job({
    employer: "新桥电子",
    review: "submitted",
    state: "waiting",
    reasons: [{ k: "review.age", a: { evidence: "年轻" } }],
  }),
  "job/03": job({ state: "filled", left: 0 }),
  "trip/t1": trip(),
  "seat/s1": { trip: "t1", number: "J001", tail: "9TBE", state: "aboard", party: 2, at: "2026-11-19T21:40:00.000Z" },
  "seat/s2": { trip: "t1", number: "J002", tail: "K3MW", state: "expected", party: 1, at: null },
  "counter/2": { state: "open", current: "A002", services: ["placement"] },
  "counter/3": { state: "closed", current: null, services: [] },
  "queue/placement": { letter: "A", name: { t: { en: "Job placement" } }, waiting: 1 },
  "ticket/q1": { number: "A003", service: "placement", state: "waiting", issued_at: "2026-11-19T21:30:00.000Z" },
  "device/d1": { name: "门口大屏", role: "wall", state: "active" },
  "print/p1": {
    device_name: "自助机 1",
    number: "K001",
    state: "failed",
    reason: "paper_end",
    at: "2026-11-19T21:31:00.000Z",
  },
  "print/p2": { device_name: "自助机 1", number: "K002", state: "sending", reason: "", at: "2026-11-19T21:44:30.000Z" },
  "print/p3": { device_name: "自助机 1", number: "K003", state: "queued", reason: "", at: "2026-11-19T21:43:30.000Z" },
};

/** @param {"zh_Hans" | "en"} language @param {any} [more] @param {string[]} [allowed] @returns {any} */
function eyesOf(language, more = {}, allowed = EVERYTHING) {
  const speaker = new Speaker(CATALOGUES[language], TODAY);
  const clock = new HallClock(
    { hall_time: "2026-11-19T21:45:00.000Z", rate: 1, zone_offset_min: 480, business_day: TODAY },
    0,
  );
  const model = {
    language,
    items: new Map(Object.entries(ITEMS)),
    page: { name: "jobs" },
    forms: {},
    busy: new Map(),
    said: new Map(),
    ageMs: 1000,
    counter: 2,
    tablet: null,
    logins: [],
    session: { staff: { name: "周晴", roles: ["clerk"] }, csrf: "x" },
    signIn: { way: "password", expired: null, pairing: null },
    scan: null,
    asked: null,
    jobAct: null,
    posted: null,
    manifest: null,
    employers: [],
    ...more,
  };
  return {
    t: (/** @type {string} */ id, /** @type {any} */ facts) => speaker.text(id, facts),
    say: (/** @type {any} */ value) => speaker.say(value),
    knows: (/** @type {string} */ id) => id in CATALOGUES[language].texts,
    may: (/** @type {string} */ name) => allowed.includes(name),
    clock,
    now: 0,
    model,
  };
}

const tags = (/** @type {any} */ node, /** @type {string} */ tag) => findAll(node, (one) => one.tag === tag);
const doing = (/** @type {any} */ node, /** @type {string} */ act) =>
  findAll(node, (one) => Object.values(one.on).some((action) => action.do === act));

describe("every page, in every language, empty and full", () => {
  for (const language of /** @type {const} */ (["zh_Hans", "en"])) {
    for (const [name, page] of Object.entries(PAGES)) {
      for (const items of [new Map(), new Map(Object.entries(ITEMS))]) {
        test(`${name} in ${language} with ${items.size} items has a heading, and every control has a name`, () => {
          const eyes = eyesOf(language, {
            items,
            page: { name },
            forms: { post: emptyPost(TODAY), plan: { day: TODAY, bay: 1, capacity: 33 } },
          });
          const shown = frame(eyes, page.head(eyes, "t1"), page.view(eyes, "t1"));
          assert.equal(tags(shown, "h1").length, 1);
          for (const button of tags(shown, "button"))
            assert.ok(
              button.attrs["aria-label"] || textOf(button) || findAll(button, (one) => one.attrs["aria-label"]).length,
              JSON.stringify(button),
            );
          const labelled = new Set(tags(shown, "label").map((label) => label.attrs.for));
          for (const field of ["input", "textarea"].flatMap((tag) => tags(shown, tag)))
            assert.ok(field.attrs["aria-label"] || labelled.has(field.attrs.id), JSON.stringify(field));
          assert.doesNotMatch(textOf(shown), /undefined|null|NaN|\[object|tablet\./);
        });
      }
    }
  }
});

describe("the frame", () => {
  test("a volunteer sees the buses and nothing else", () => {
    const mayBoard = (/** @type {string} */ command) => ["board", "open-boarding", "depart"].includes(command);
    assert.deepEqual(pagesOpen(mayBoard), ["buses"]);
    const eyes = eyesOf("en", { page: { name: "buses" } }, ["board"]);
    const shown = frame(eyes, { title: "Buses" }, PAGES.buses?.view(eyes));
    assert.deepEqual(
      doing(shown, "go")
        .map((door) => door.on.click?.page)
        .filter((page) => page !== "boarding"),
      ["me", "buses"],
    );
  });

  test("age speaks, not the socket: fresh below ten seconds, stale from a minute", () => {
    assert.deepEqual([null, 0, 9_999, 10_000, 59_999, 60_000].map(freshness), [
      "loading",
      "fresh",
      "fresh",
      "ageing",
      "ageing",
      "stale",
    ]);
  });

  test("a lost connection is said with the moment it was lost", () => {
    const eyes = { ...eyesOf("zh_Hans", { ageMs: 120_000 }), now: 180_000 };
    assert.match(textOf(frame(eyes, { title: "x" })), /5:46 断网 .*下面是 5:46 的情况/);
  });
});

describe("posts", () => {
  test("are found by trade or employer, newest first, and by what they wait for", () => {
    const keys = (/** @type {any} */ find) =>
      doing(jobsPage(eyesOf("zh_Hans", { forms: { jobs: find } }), undefined), "go").map((row) => row.on.click?.id);
    assert.deepEqual(keys({}), ["03", "02", "01"]);
    assert.deepEqual(keys({ search: "新桥 搬运" }), ["02"]);
    assert.deepEqual(keys({ filter: "waiting" }), ["02"]);
    assert.deepEqual(keys({ filter: "live" }), ["01"]);
  });

  test("one that waits shows what to look at, and can be approved or refused", () => {
    const page = jobsPage(eyesOf("zh_Hans"), "02");
    assert.match(textOf(page), /等审核 要第二个人点头才上墙/);
    assert.match(textOf(page), /限制年龄（年轻）/);
    assert.equal(doing(page, "job").find((button) => button.on.click?.verb === "approve")?.on.click?.id, "02");
  });

  test("closing is asked twice", () => {
    assert.equal(doing(jobsPage(eyesOf("en"), "01"), "job").length, 0);
    assert.equal(doing(jobsPage(eyesOf("en", { asked: "close" }), "01"), "job").length, 1);
  });

  test("one just sent waits for the feed's word, not for hope", () => {
    assert.match(textOf(jobsPage(eyesOf("en", { posted: "09" }), "09")), /Waiting for the hall/);
    assert.match(textOf(jobsPage(eyesOf("en"), "09")), /This job is gone/);
  });
});

describe("the form of a post", () => {
  test("money as typed becomes fen, and nonsense nothing", () => {
    assert.deepEqual(["260", "8.5", " 7,000 ", "0.07", "", "-3", "2.345", "二百"].map(fenOf), [
      26000,
      850,
      700000,
      7,
      null,
      null,
      null,
      null,
    ]);
  });

  test("what is sent: a range only when one is typed, a pay day only by the month, the bus with its way", () => {
    const form = {
      ...emptyPost(TODAY),
      trade: "loader",
      employer: { id: "e1" },
      pay_min: "260",
      trip: "t1",
      meals: ["dinner", "breakfast"],
    };
    const body = postBody(form);
    assert.deepEqual([body.pay_min_fen, body.pay_max_fen, body.pay_day], [26000, 26000, null]);
    assert.deepEqual([body.ways, body.trip, body.meals], [["bus", "own"], "t1", ["breakfast", "dinner"]]);
    assert.equal(postBody({ ...form, pay_max: "300" }).pay_max_fen, 30000);
    assert.deepEqual(
      [postBody({ ...form, settlement: "monthly" }).pay_day, postBody({ ...form, is_long: true }).days],
      [15, null],
    );
  });

  test("a refusal is named at its field", () => {
    const eyes = eyesOf("zh_Hans");
    const named = (/** @type {string} */ code, /** @type {any} */ facts) =>
      Object.keys(mistakesOf(eyes, { kind: "refused", code, facts }));
    assert.deepEqual(named("POST_BLOCKED", { reasons: ["charges", "part_time_settlement"] }), ["work", "settlement"]);
    assert.deepEqual(named("BAD_REQUEST", { field: "contact_phone", problem: "…" }), ["contact_phone"]);
    assert.deepEqual(named("BAD_REQUEST", { field: "", problem: "Value error, pay_max_fen is below pay_min_fen" }), [
      "pay_max_fen",
    ]);
    assert.deepEqual(named("NOT_FOUND", { what: "trip" }), ["trip"]);
    assert.deepEqual(named("SERVER_BUSY", {}), [""]);
  });
});

describe("the queue", () => {
  test("my counter shows its number huge, who is next, and one green button", () => {
    const page = queuePage(eyesOf("en"));
    assert.match(textOf(page), /Now serving A002/);
    assert.match(textOf(page), /Next A003/);
    assert.deepEqual(
      doing(page, "desk").map((button) => button.on.click?.path),
      ["/counters/2/recall", "/counters/2/finish", "/counters/2/finish", "/counters/2/call-next"],
    );
  });

  test("nobody called: only the next can be called", () => {
    const items = new Map(
      Object.entries({ ...ITEMS, "counter/2": { state: "open", current: null, services: ["placement"] } }),
    );
    const buttons = doing(queuePage(eyesOf("en", { items })), "desk");
    assert.deepEqual(
      buttons.map((button) => Boolean(button.attrs.disabled)),
      [true, true, true, false],
    );
  });
});

describe("the door of a bus", () => {
  const said = (/** @type {any} */ scan) => {
    const eyes = eyesOf("zh_Hans", { scan: { trip: "t1", shown: "9TBE", ...scan } });
    const { tone, word, number, line } = answerOf(eyes, trip({ id: "t1" }));
    return [tone, word, typeof number === "object" && number ? textOf(number) : number, line];
  };

  test("aboard: the word, the count, whose slip, how many together", () => {
    const body = {
      aboard: 2,
      expected: 3,
      tail: "9TBE",
      party: 2,
      label: { k: "people.label", a: { surname: "张" } },
      seat: "s1",
    };
    assert.deepEqual(said({ state: "aboard", body }), ["good", "已上车", "2 /3", "张师傅 · 票尾 9TBE · 同行 2 人"]);
  });

  test("the second scan says who and when, and offers to take that boarding back", () => {
    const scan = { state: "refused", code: "ALREADY_ABOARD", facts: { by: "周晴", at: "5:40", tail: "9TBE" } };
    assert.deepEqual(said(scan), ["bad", "已经上过车", "5:40", "周晴 登记 · 票尾 9TBE"]);
    const page = boardingPage(eyesOf("zh_Hans", { scan: { trip: "t1", shown: "9TBE", ...scan } }), "t1");
    assert.ok(
      doing(page, "undo").some((button) => textOf(button) === "撤销那次上车" && button.on.click?.seat === "s1"),
    );
  });

  test("the wrong bus shows the sign, the time and the bay of the right one", () => {
    assert.deepEqual(said({ state: "refused", code: "WRONG_BUS", facts: { sign: "triangle", bay: 1, at: "6:45" } }), [
      "bad",
      "坐错车了",
      "6:45",
      "应坐三角车 · 1 号车位 · 票尾 9TBE",
    ]);
  });

  test("an unknown slip, a lost answer and a server that is away each say what to do", () => {
    assert.deepEqual(said({ state: "refused", code: "CODE_MISTYPED", facts: {} }).slice(0, 2), ["bad", "不能上车"]);
    assert.deepEqual(said({ state: "lost" }), ["bad", "没登记上", null, "请再扫一次，不会重复"]);
    assert.deepEqual(said({ state: "repeating" }).slice(0, 2), ["wait", "没连上，正在重试"]);
  });

  test("missing and empty are two numbers; only who is aboard can be undone; departing is held", () => {
    const page = boardingPage(eyesOf("zh_Hans"), "t1");
    assert.match(textOf(page), /没到 2 人 · 空座 42/);
    assert.deepEqual(
      doing(page, "undo").map((button) => button.on.click?.seat),
      ["s1"],
    );
    assert.equal(findAll(page, (node) => node.on.hold?.do === "depart").length, 1);
    assert.equal(findAll(page, (node) => node.on.click?.do === "depart").length, 0);
  });

  test("a seat is found by tail or number", () => {
    const page = boardingPage(eyesOf("zh_Hans", { forms: { seats: { search: "k3m" } } }), "t1");
    assert.deepEqual(
      findAll(page, (node) => String(node.attrs.class) === "seat").map((row) => row.key),
      ["s2"],
    );
  });

  test("a bus that is not open offers to open it and takes no scan", () => {
    const items = new Map(Object.entries({ ...ITEMS, "trip/t1": trip({ state: "planned" }) }));
    const page = boardingPage(eyesOf("zh_Hans", { items }), "t1");
    assert.deepEqual([doing(page, "open").length, doing(page, "scan-typed").length], [1, 0]);
  });
});

describe("machines, cards and signing in", () => {
  test("slips that failed stand out with number, machine and reason; those on their way do not", () => {
    const words = textOf(devicesPage(eyesOf("zh_Hans")));
    assert.match(words, /2 张票没打好/);
    assert.match(words, /K001 自助机 1 · 5:31 没打出来 打印纸用完了/);
    assert.match(words, /K003 自助机 1 · 5:43 还没打/);
    assert.doesNotMatch(words, /K002/);
  });

  test("shutting a machine out is asked twice", () => {
    assert.equal(doing(devicesPage(eyesOf("en")), "revoke").length, 0);
    assert.equal(doing(devicesPage(eyesOf("en", { asked: "revoke-d1" })), "revoke").length, 1);
  });

  test("a QR code is drawn module by module with its quiet zone", () => {
    const drawn = qr(["10", "01"], "card");
    assert.equal(drawn.attrs.viewBox, "0 0 10 10");
    assert.equal(tags(drawn, "path")[0]?.attrs.d, "M4 4h1v1h-1zM5 5h1v1h-1z");
  });

  test("PIN is offered only on a paired tablet, pairing only on one that is not", () => {
    const ways = (/** @type {any} */ tablet) =>
      doing(signInPage(eyesOf("en", { session: null, tablet })), "sign-in-way").map((tab) => tab.on.click?.way);
    assert.deepEqual(ways(null), ["password", "recover", "pair"]);
    assert.deepEqual(ways({ id: "d9", name: "T" }), ["pin", "password", "recover"]);
  });

  test("a refusal stands in plain words beside what was asked", () => {
    const said = new Map([["sign-in", { kind: "refused", code: "LOCKED_OUT", facts: { minutes: 5 } }]]);
    assert.match(textOf(signInPage(eyesOf("zh_Hans", { session: null, said }))), /请等 5 分钟/);
  });
});
