// @ts-check
/** Puts nodes on the glass by the smallest change, so that focus, typed text and scroll stay; knows no page. */

/** @typedef {import("./html.mjs").Node} Node */
/** @typedef {import("./html.mjs").Action} Action */
/** @typedef {(action: Action, event: Event) => void} Dispatch */

const HOLD_MS = 1000;
const SVG = "http://www.w3.org/2000/svg";
const IN_SVG = new Set(["svg", "path"]);
/** @type {WeakMap<Element, Node>} */
const shown = new WeakMap();

/** Shows one node as the only child of a place. @param {Element} place @param {Node} node @param {Dispatch} dispatch */
export function show(place, node, dispatch) {
  patchChildren(place, [node], dispatch);
}

/** @param {Element} element @param {Array<Node | string>} wanted @param {Dispatch} dispatch */
function patchChildren(element, wanted, dispatch) {
  const held = [...element.childNodes];
  /** @type {Map<string | null, ChildNode>} */
  const keyed = new Map(held.map((node) => [keyOf(node), node]));
  let place = element.firstChild;
  for (const want of wanted) {
    const found = pick(want, place, keyed);
    const node = found ?? create(want, dispatch);
    if (typeof want === "string") {
      if (node.nodeValue !== want) node.nodeValue = want;
    } else {
      patchElement(/** @type {Element} */ (node), want, dispatch);
    }
    if (node === place) place = place?.nextSibling ?? null;
    else element.insertBefore(node, place);
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

/** @param {ChildNode} node */
function keyOf(node) {
  return node instanceof Element ? (shown.get(node)?.key ?? null) : null;
}

/** A node on the glass that can become the wanted one. @param {Node | string} want @param {ChildNode | null} place @param {Map<any, ChildNode>} keyed */
function pick(want, place, keyed) {
  if (typeof want === "string") return place?.nodeType === Node.TEXT_NODE ? place : null;
  const found = want.key === null ? place : keyed.get(want.key);
  if (!(found instanceof Element) || found.localName !== want.tag) return null;
  return want.key !== null || keyOf(found) === null ? found : null;
}

/** @param {Node | string} want @param {Dispatch} dispatch @returns {ChildNode} */
function create(want, dispatch) {
  if (typeof want === "string") return document.createTextNode(want);
  const element = IN_SVG.has(want.tag) ? document.createElementNS(SVG, want.tag) : document.createElement(want.tag);
  for (const type of Object.keys(want.on)) listen(element, type, dispatch);
  return element;
}

/** @param {Element} element @param {Node} want @param {Dispatch} dispatch */
function patchElement(element, want, dispatch) {
  const held = shown.get(element);
  for (const type of Object.keys(want.on)) if (held && !(type in held.on)) listen(element, type, dispatch);
  shown.set(element, want);
  setAttributes(element, want.attrs, held?.attrs ?? {});
  for (const [name, value] of Object.entries(want.vars))
    /** @type {HTMLElement} */ (element).style.setProperty(name, value);
  patchChildren(element, want.children, dispatch);
  if ("value" in want.attrs) setValue(/** @type {HTMLInputElement} */ (element), want.attrs.value);
}

/** @param {Element} element @param {Record<string, any>} attrs @param {Record<string, any>} held */
function setAttributes(element, attrs, held) {
  for (const [name, value] of Object.entries(attrs)) {
    if (name === "value" || held[name] === value) continue;
    if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const name of Object.keys(held)) if (!(name in attrs)) element.removeAttribute(name);
}

/** @param {HTMLInputElement} element @param {any} value */
function setValue(element, value) {
  if (element.value !== String(value ?? "")) element.value = String(value ?? "");
}

/** @param {Element} element @param {string} type @param {Dispatch} dispatch */
function listen(element, type, dispatch) {
  if (type === "hold") return listenForHold(/** @type {HTMLElement} */ (element), dispatch);
  element.addEventListener(type, (event) => {
    const action = shown.get(element)?.on[type];
    if (type === "submit") event.preventDefault();
    if (action) dispatch(action, event);
  });
}

/** @param {HTMLElement} element @param {Dispatch} dispatch */
function listenForHold(element, dispatch) {
  let timer = 0;
  const end = () => {
    clearTimeout(timer);
    timer = 0;
    element.classList.remove("holding");
  };
  const begin = (/** @type {Event} */ event) => {
    if (timer) return;
    element.classList.add("holding");
    timer = window.setTimeout(() => {
      end();
      const action = shown.get(element)?.on.hold;
      if (action && !element.hasAttribute("disabled")) dispatch(action, event);
    }, HOLD_MS);
  };
  const isPress = (/** @type {Event} */ event) => [" ", "Enter"].includes(/** @type {KeyboardEvent} */ (event).key);
  element.addEventListener("pointerdown", begin);
  for (const type of ["pointerup", "pointercancel", "pointerleave", "blur"]) element.addEventListener(type, end);
  element.addEventListener("contextmenu", (event) => event.preventDefault());
  element.addEventListener("keydown", (event) => isPress(event) && (event.preventDefault(), begin(event)));
  element.addEventListener("keyup", (event) => isPress(event) && end());
}
