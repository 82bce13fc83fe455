// What a reader would call cut, outside or one over the other: run in the wall's page, answers a list of such texts.
() => {
  const spills = [];
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.textContent.trim() !== "";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)].filter(isShown);
  const nameOf = (one) => `${one.dataset.part ?? one.className}: ${one.textContent}`;

  for (const one of all("main [data-part], main .tags li, main .earlier *, main .hotlines span")) {
    const isLine = one.childElementCount === 0 && getComputedStyle(one).display !== "inline";
    if (isLine && one.scrollWidth > one.clientWidth + 1) spills.push(`too wide: ${nameOf(one)}`);
  }
  for (const row of document.querySelectorAll(".panel .row[data-key]")) {
    const texts = all("[data-part], .tags li", row).filter((one) => !["what", "tags"].includes(one.dataset.part));
    for (const one of texts) if (!lies(textBox(one), row.getBoundingClientRect())) spills.push(`outside: ${nameOf(one)}`);
    tellOverlaps(texts);
  }
  const others = all(".head > *, .bus > *, .earlier li > *, .promise > *, .called > *");
  const glass = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  for (const one of others) if (!lies(textBox(one), glass)) spills.push(`off the glass: ${nameOf(one)}`);
  tellOverlaps(others);
  return spills;

  function tellOverlaps(elements) {
    const boxes = elements.map(textBox);
    elements.forEach((one, nth) => {
      for (let other = nth + 1; other < elements.length; other += 1) {
        if (overlap(boxes[nth], boxes[other])) spills.push(`over each other: ${nameOf(one)} | ${nameOf(elements[other])}`);
      }
    });
  }

  // the ink of a text: its lines without the gap that a line keeps above and below
  function textBox(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const box = range.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(element).fontSize);
    const gap = Math.max(0, Math.min(0.24 * size, (box.height - size) / 2));
    return { left: box.left, right: box.right, top: box.top + gap, bottom: box.bottom - gap };
  }

  function lies(box, frame) {
    return box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
  }

  function overlap(a, b) {
    return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  }
}
