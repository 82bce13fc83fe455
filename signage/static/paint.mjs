// @ts-check
/** Small strokes on the page: find a named part, write a text, set a picture. Nothing is written that stands there already. */

const PICTURES = "/static/derived/pictograms/web";

/** The part of a page or template that carries `data-part`. @param {ParentNode} root @param {string} name */
export function part(root, name) {
  const found = root.querySelector(`[data-part="${name}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no part ${name}`);
  return found;
}

/** A copy of a template's only element. @param {string} id */
export function copyOf(id) {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`the page has no template ${id}`);
  return /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
}

/** @param {HTMLElement} element @param {string} text @returns {boolean} whether anything changed */
export function write(element, text) {
  if (element.textContent === text) return false;
  element.textContent = text;
  return true;
}

/** @type {Map<string, Promise<string>>} pictures by name, held by this page: they must not go when the server does */
const held = new Map();

/** Fetches a picture once and keeps it. @param {string} wanted  room and name @returns {Promise<string>} its address in this page */
export function holdPicture(wanted) {
  let address = held.get(wanted);
  if (address === undefined) {
    address = fetchPicture(wanted);
    address.catch(() => held.delete(wanted));
    held.set(wanted, address);
  }
  return address;
}

/** @param {string} wanted */
async function fetchPicture(wanted) {
  const answer = await fetch(`${PICTURES}/${wanted}.svg`);
  if (!answer.ok) throw new Error(`no picture ${wanted}`);
  return URL.createObjectURL(await answer.blob());
}

/** A pictogram in the colour of the text around it; null shows none. @param {HTMLElement} element @param {string} room @param {string | null} name */
export function picture(element, room, name) {
  const wanted = name === null ? undefined : `${room}/${name}`;
  if (element.dataset.name === wanted) return;
  delete element.dataset.isThere;
  delete element.dataset.name;
  if (wanted === undefined) return;
  element.dataset.name = wanted;
  holdPicture(wanted).then((address) => {
    if (element.dataset.name !== wanted) return;
    element.style.setProperty("mask-image", `url("${address}")`);
    element.dataset.isThere = "";
  }, () => {
    if (element.dataset.name === wanted) delete element.dataset.name; // the next time asks again
  });
}

/** Lights a plate once; only its opacity moves. @param {HTMLElement} host @param {number} lastsMs */
export function light(host, lastsMs) {
  const plate = document.createElement("span");
  plate.className = "plate";
  host.prepend(plate);
  const shown = plate.animate({ opacity: [0, 1, 1, 0], offset: [0, 0.1, 0.8, 1] }, { duration: lastsMs, easing: "linear" });
  shown.finished.then(() => plate.remove(), () => plate.remove());
}
