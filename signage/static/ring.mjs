// @ts-check
/** The scroll ring: three panels as tall as the view, one always out of sight, and which rows come next. Pure geometry. */

export const PANELS = 3;
export const CALM_PX_S = 60;
const LONGEST_WAIT_S = 600;

/**
 * @typedef {object} Geometry
 * @property {number} rowPx  height of a row, whole pixels
 * @property {number} columns
 * @property {number} perPanel  rows in a panel
 * @property {number} panelPx  height of a panel and of the view
 */

/** Rows of about the wished height that fill the view exactly.
 * @param {number} heightPx @param {number} wishedRowPx @param {number} columns @returns {Geometry} */
export function geometry(heightPx, wishedRowPx, columns) {
  const lines = Math.max(1, Math.round(heightPx / wishedRowPx));
  const rowPx = Math.max(1, Math.floor(heightPx / lines));
  return { rowPx, columns, perPanel: lines * columns, panelPx: rowPx * lines };
}

/** Whether the rows need to move at all. @param {number} count @param {Geometry} shape */
export function scrolls(count, shape) {
  return count > shape.perPanel;
}

/** Calm speed, or twice that where a round of all posts would take longer than ten minutes; whole pixels a frame at 60 Hz.
 * @param {number} count @param {Geometry} shape @param {number} scale  of the drafts (1 at 1920 × 1080) */
export function speedPxS(count, shape, scale) {
  const calm = CALM_PX_S * Math.max(1, Math.round(scale));
  const roundPx = Math.ceil(count / shape.columns) * shape.rowPx;
  return roundPx / calm > LONGEST_WAIT_S ? calm * 2 : calm;
}

/** How far panel `nth` has gone on its way from below the view to above it, at the start. @param {number} nth @param {Geometry} shape */
export function startPx(nth, shape) {
  return (PANELS - 1 - nth) * shape.panelPx;
}

/** Way of one round of a panel: from `fromPx` below the top of the view to one panel above it. @param {Geometry} shape */
export function roundTrip(shape) {
  return { fromPx: (PANELS - 1) * shape.panelPx, toPx: -shape.panelPx, lengthPx: PANELS * shape.panelPx };
}

/**
 * The next rows of a round without end: those after the cursor, beginning anew at the end. Rows that stand on another
 * panel are passed over where there are enough others.
 * @param {{key: string, place: string}[]} rows  in order
 * @param {string} cursor  place of the last row given, "" at the beginning; it need not exist any more
 * @param {number} count
 * @param {Set<string>} elsewhere  keys on the other panels
 * @returns {{keys: string[], cursor: string}}
 */
export function nextRows(rows, cursor, count, elsewhere) {
  if (rows.length === 0) return { keys: [], cursor };
  const mayPass = rows.length >= count * PANELS;
  /** @type {string[]} */
  const keys = [];
  let at = firstAfter(rows, cursor);
  let last = cursor;
  for (let seen = 0; seen < rows.length && keys.length < count; seen += 1, at += 1) {
    const row = /** @type {{key: string, place: string}} */ (rows[at % rows.length]);
    last = row.place;
    if (!(mayPass && elsewhere.has(row.key))) keys.push(row.key);
  }
  return { keys, cursor: last };
}

/** @param {{place: string}[]} rows @param {string} cursor */
function firstAfter(rows, cursor) {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {{place: string}} */ (rows[middle]).place > cursor) high = middle;
    else low = middle + 1;
  }
  return low % rows.length;
}
