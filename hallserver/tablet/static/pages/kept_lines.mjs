// @ts-check
/** Lines of paper that could not be carried out, with reason and ways out; and those just taken in. Pure view. */

import { h, picto } from "../html.mjs";
import { button, nothing, said } from "../parts.mjs";
import { ofKind, one } from "../replica_views.mjs";
import { localTime } from "../shell.mjs";

/** @typedef {import("../parts.mjs").Eyes} Eyes */

const NOTES = ["took_more", "did_not_go", "mistyped", "otherwise"];

/** @param {Eyes} eyes */
export function keptLines(eyes) {
  const lines = ofKind(eyes.model.items, "paper").sort((a, b) => (a.id < b.id ? -1 : 1));
  if (lines.length === 0) return null;
  return h(
    "div.troubled",
    null,
    h("h2", null, eyes.t("tablet.kept_lines", { count: lines.length })),
    said(eyes, "settle"),
    h(
      "ul",
      null,
      lines.map((line) => kept(eyes, line)),
    ),
  );
}

/** @param {Eyes} eyes @param {any} line */
function kept(eyes, line) {
  const { t, model } = eyes;
  const slot = `paper-${line.id}`;
  const isOpen = model.asked === slot;
  const words = h(
    "span.words",
    null,
    h("b", null, nameOf(eyes, line)),
    h("small", null, lineWords(eyes, line)),
    h("strong", null, t(`refusal.${line.code}`, line.facts)),
  );
  const opener = button(
    eyes,
    ".plain",
    { do: "ask-again", about: isOpen ? null : slot },
    t(isOpen ? "tablet.leave_it" : "tablet.look_after"),
  );
  return h(
    "li",
    { key: line.id, "data-open": isOpen ? "true" : null },
    h("div.line", null, picto("ui", "warning"), words, opener),
    isOpen && h("div.choices", null, again(eyes, line), ...NOTES.map((note) => closed(eyes, line, note))),
  );
}

/** @param {Eyes} eyes @param {any} line */
const again = (eyes, line) => button(eyes, ".go", settling(line, { how: "again" }), eyes.t("tablet.paper_again"));

/** @param {any} line @param {any} body */
const settling = (line, body) => ({ do: "settle-paper", slot: "settle", id: line.id, body });

/** @param {Eyes} eyes @param {any} line @param {string} note */
function closed(eyes, line, note) {
  const words = eyes.t(`tablet.paper_note.${note}`);
  return button(eyes, ".plain", settling(line, { how: "close", note: words }), words);
}

/** @param {Eyes} eyes @param {any} line */
const nameOf = (eyes, line) => line.number ?? eyes.t(`tablet.line.${line.kind}`);

/** What the line says, without its number. @param {Eyes} eyes @param {any} line */
function lineWords(eyes, line) {
  const { model, t } = eyes;
  const ofDay = model.paperPosts?.posts ?? [];
  const job = one(model.items, "job", line.job) ?? ofDay.find((/** @type {any} */ post) => post.id === line.job);
  const trip = one(model.items, "trip", line.trip);
  const service = model.items.get("hall/main")?.services.find((/** @type {any} */ known) => known.id === line.service);
  return eyes.say([
    localTime(eyes, line.at),
    line.number ? t(`tablet.line.${line.kind}`) : "",
    service && service.name,
    job && [job.title, job.employer],
    trip && [t(`sign.${trip.sign}`), trip.at],
    line.party_size > 1 ? t("tablet.party", { count: line.party_size }) : "",
  ]);
}

/** @param {Eyes} eyes @param {boolean} isAlone nothing else stands beside the form */
export function takenLines(eyes, isAlone) {
  const { lines } = eyes.model.takenIn;
  const one = (/** @type {any} */ line) =>
    h("li", { key: line.entry }, picto("ui", "ok"), h("span", null, line.words(eyes)));
  if (lines.length === 0) return isAlone && nothing("paper", eyes.t("tablet.take_in_why"));
  return h(
    "div.taken",
    null,
    h("h2", null, eyes.t("tablet.taken_in", { count: eyes.model.takenIn.count })),
    h("ul", null, lines.map(one)),
  );
}
