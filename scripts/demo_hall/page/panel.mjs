// @ts-check
/** Presses the buttons of the "break it" page and shows how the machines are. Holds no word: all come worded. */

const ASKS_EVERY_MS = 1000;
const said = /** @type {HTMLElement} */ (document.querySelector("#said"));

/** @param {string} path @param {RequestInit} [init] */
async function ask(path, init) {
  const answer = await fetch(path, { ...init, headers: { "X-Demo": "1" } });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}

/** @param {HTMLButtonElement} button */
async function press(button) {
  button.disabled = true;
  try {
    said.textContent = (await ask(`${location.pathname}/orders/${button.dataset.order}`, { method: "POST" })).said;
    await look();
  } finally {
    button.disabled = false;
  }
}

async function look() {
  const state = await ask(`${location.pathname}/state`);
  for (const chip of document.querySelectorAll(".state")) {
    const machine = state[/** @type {HTMLElement} */ (chip).dataset.state ?? ""];
    chip.textContent = machine ? machine.said : "";
    chip.setAttribute("data-is", machine && machine.is_broken ? "broken" : "whole");
  }
}

async function keepLooking() {
  try {
    await look();
  } catch {
    said.textContent = document.documentElement.dataset.gone ?? said.textContent; // the demo has ended
  }
  setTimeout(keepLooking, ASKS_EVERY_MS);
}

for (const button of document.querySelectorAll("button")) button.addEventListener("click", () => press(button));
keepLooking();
