// @ts-check
/** Makes a text whole: steps down through the sizes that the style sheet holds until it fits its box. Knows no text. */

const SMALLEST = 3;

/** @param {HTMLElement} element @param {() => boolean} [fits] @param {number} [smallest] */
export function fit(element, fits = () => element.scrollWidth <= element.clientWidth, smallest = SMALLEST) {
  for (let step = 0; step <= smallest; step += 1) {
    element.dataset.fit = String(step);
    if (fits()) return;
  }
}

/** Hides whole items from the end until the rest fits; the first `kept` stay. @param {HTMLElement} list @param {number} kept */
export function fitList(list, kept) {
  const items = /** @type {HTMLElement[]} */ ([...list.children]);
  for (const item of items) item.hidden = false;
  const fits = () => list.scrollWidth <= list.clientWidth;
  list.dataset.fit = "0";
  if (fits()) return;
  list.dataset.fit = "1";
  for (let last = items.length - 1; last >= kept && !fits(); last -= 1) /** @type {HTMLElement} */ (items[last]).hidden = true;
}
