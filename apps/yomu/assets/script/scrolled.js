// For whoever chose it: entries that were seen and scrolled past are read. They are marked some at a time, and taken back at
// once.

import { idOf, isWide, listPane } from "./list.js";
import { markWithUndo } from "./marks.js";

const TOGETHER_MS = 800;

const list = document.querySelector('.entries[data-scrolled="read"]');
const passed = new Set();
let timer = 0;

function pass(seen) {
  for (const { target, isIntersecting, boundingClientRect, rootBounds } of seen) {
    // Only what left at the top has been passed; a list that makes room for an entry has not been scrolled.
    const isPassed = !isIntersecting && boundingClientRect.height > 0 && boundingClientRect.bottom <= rootBounds.top;
    if (isPassed && target.classList.contains("u")) passed.add(target);
    else passed.delete(target);
  }
  if (passed.size === 0) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    markWithUndo([...passed].map(idOf), "read");
    passed.clear();
  }, TOGETHER_MS);
}

if (list) {
  const watch = new IntersectionObserver(pass, { root: isWide() ? listPane() : null });
  for (const row of list.children) watch.observe(row);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const row of addedNodes) if (row.localName === "li") watch.observe(row);
  }).observe(list, { childList: true });
}
