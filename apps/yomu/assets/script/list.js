// Lists: the row where the reader is, further pages in place, and coming back to where one was.

import { mark, isUnread, showWaiting } from "./marks.js";

// Pages of a list that are fetched, at most, to find the place again that a reader left.
const PAGES_BACK_MAX = 10;
const FRAMES_MAX = 60;

let at = null;
let isLoading = false;

export const listPane = () => document.querySelector(".list-pane");
export const isWide = () => matchMedia("(min-width: 75rem)").matches;
export const idOf = (row) => row.id.slice(1);
export const linkOf = (row) => row.querySelector("h2 a");
const entries = () => document.querySelector(".entries");

// The row where the reader is: the one that has the focus, or the one that was chosen last.
export function current() {
  const focused = document.activeElement?.closest?.(".entries > li");
  if (focused) at = focused;
  return at?.isConnected ? at : null;
}

export function choose(row, { focus = true } = {}) {
  at?.classList.remove("at");
  at = row;
  row.classList.add("at");
  if (focus) linkOf(row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  // The next page is there before its rows are.
  if (!row.nextElementSibling?.nextElementSibling) more();
}

// The row so many steps away; without a current row, the first one.
export function beside(step) {
  const from = current();
  if (!from) return entries()?.firstElementChild ?? null;
  return step > 0 ? from.nextElementSibling : from.previousElementSibling;
}

// The next unread row, first behind the current one, then from the beginning.
export function nextUnread() {
  const from = current();
  for (let row = from?.nextElementSibling; row; row = row.nextElementSibling) if (isUnread(idOf(row))) return row;
  return [...(entries()?.children ?? [])].find((row) => row !== from && isUnread(idOf(row))) ?? null;
}

export function toggle(verb, opposite, look) {
  const row = current();
  if (row) mark([idOf(row)], row.querySelector(`.${look}`) ? verb : opposite);
}

// Appends the next page; says whether there was one.
export async function more() {
  const link = document.querySelector("nav.turn a[rel=next]");
  if (!link || isLoading) return false;
  isLoading = true;
  try {
    const page = await fetchPage(link.href);
    entries().append(...page.querySelectorAll(".entries > li"));
    const next = page.querySelector("nav.turn a[rel=next]");
    if (next) link.href = next.href;
    else link.closest("nav").remove();
    showWaiting();
    watchEnd();
    return true;
  } catch {
    // The link is still there, and says what is wrong when it is followed.
    return false;
  } finally {
    isLoading = false;
  }
}

// A page of ours as a document; its addresses are those of this page.
export async function fetchPage(path) {
  const answer = await fetch(path, { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || page.body.dataset.user !== document.body.dataset.user) throw new Error(`${path}: ${answer.status}`);
  return page;
}

let end = null;

function watchEnd() {
  end?.disconnect();
  const link = document.querySelector("nav.turn a[rel=next]");
  if (!link) return;
  // A busy page hears of several changes at once, of which the last one holds.
  end = new IntersectionObserver((seen) => seen.at(-1).isIntersecting && more(), { rootMargin: "600px" });
  end.observe(link);
}

// Where the list stands, for the way back: the first row in sight, and how far from the top.
function remember() {
  const pane = listPane();
  if (!pane || pane.offsetParent === null) return;
  const top = isWide() ? pane.getBoundingClientRect().top : 0;
  const row = [...(entries()?.children ?? [])].find((one) => one.getBoundingClientRect().bottom > top);
  if (!row) return;
  const place = { id: row.id, top: Math.round(row.getBoundingClientRect().top), at: at?.id };
  sessionStorage[`place ${location.pathname}`] = JSON.stringify(place);
}

async function comeBack() {
  const kept = sessionStorage[`place ${location.pathname}`];
  const [navigation] = performance.getEntriesByType("navigation");
  if (!kept || !entries() || !["back_forward", "reload"].includes(navigation?.type)) return;
  const place = JSON.parse(kept);
  history.scrollRestoration = "manual";
  for (let page = 0; page < PAGES_BACK_MAX && !document.getElementById(place.id); page++) if (!(await more())) break;
  const row = document.getElementById(place.id);
  const chosen = place.at && document.getElementById(place.at);
  if (chosen) choose(chosen, { focus: false });
  if (!row) return;
  const scroller = isWide() ? listPane() : document.scrollingElement;
  // Rows that come into sight turn out higher or lower than they were taken for.
  for (let frame = 0, still = 0; frame < FRAMES_MAX && still < 5; frame++, still++) {
    const off = row.getBoundingClientRect().top - place.top;
    if (Math.abs(off) >= 1) still = 0;
    scroller.scrollTop += off;
    await new Promise(requestAnimationFrame);
  }
}

addEventListener("pagehide", remember);
watchEnd();
comeBack();
