// @ts-check
/** What a page shows, as plain values: views build them without a browser, screen.mjs puts them on the glass. Pure. */

/** @typedef {{do: string, [fact: string]: any}} Action what shall happen; worded by views, carried out by the page's acts */
/** @typedef {{tag: string, key: string | null, attrs: Record<string, any>, on: Record<string, Action>, vars: Record<string, string>, children: Array<Node | string>}} Node */
/** @typedef {Node | string | number | null | undefined | false | Array<any>} Child */

/**
 * An element: `h("button.go", {on: {click: {do: "call-next"}}}, "…")`.
 * `on` also knows `hold` (kept pressed for a second), `vars` are CSS variables, `key` names a row that may move.
 * @param {string} named tag and classes @param {Record<string, any> | null} [given] @param {Child[]} children @returns {Node}
 */
export function h(named, given, ...children) {
  const [tag = "div", ...classes] = named.split(".");
  const { on = {}, vars = {}, key = null, ...attrs } = given ?? {};
  if (classes.length) attrs.class = classes.join(" ");
  return { tag, key, attrs, on, vars, children: children.flat(Infinity).filter(isShown).map(asChild) };
}

/** @param {any} child */
const isShown = (child) => child !== null && child !== undefined && child !== false && child !== "";

/** @param {any} child */
const asChild = (child) => (typeof child === "object" ? child : String(child));

/** A pictogram in the colour of the text around it; without a label it is decoration. @param {string} kind @param {string} name @param {string} [label] */
export function picto(kind, name, label) {
  const spoken = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return h("span.picto", {
    ...spoken,
    vars: { "--picto": `url("/static/derived/pictograms/web/${kind}/${name}.svg")` },
  });
}

/** All text of a node, in reading order. @param {Node | string} node @returns {string} */
export function textOf(node) {
  return typeof node === "string" ? node : node.children.map(textOf).join(" ").replace(/\s+/g, " ").trim();
}

/** Every node below (and with) this one that passes. @param {Node} node @param {(node: Node) => boolean} passes @returns {Node[]} */
export function findAll(node, passes) {
  const below = node.children.flatMap((child) => (typeof child === "string" ? [] : findAll(child, passes)));
  return passes(node) ? [node, ...below] : below;
}
