// An entry beside its list: the page of the entry is fetched, and what is in it is put into a pane of this page. On a wide
// screen the list stays where it is; on a narrow one it makes room, and is at the same place afterwards. The address is that
// of the entry, "back" leads to the list, and a link opened in a new window shows the same entry alone.
//
// Whoever has to do something with an entry listens to `entry-shown` on the document: its `detail` is the <article>.

import { choose, current, fetchPage, idOf, isWide, linkOf, listPane } from "./list.js";
import { agree, mark, rowOf, showWaiting } from "./marks.js";
import { isReachable, reached } from "./network.js";
import { say, word } from "./say.js";

const title = document.title;
let ready = {};
let listTop = 0;
let turn = 0;
let shown = document.querySelector(".entry") ? path(location) : null;

const pane = () => document.querySelector(".read-pane");
const isEntry = (address) => /^\/entries\/\d+$/.test(address.pathname);
function path(address) {
  return address.pathname + address.search;
}

export const article = () => (isOpen() ? pane().querySelector(".entry") : null);
export const isOpen = () => shown !== null;
export const isBesideList = () => isOpen() && listPane() !== null;

export async function open(address, { focus = true, history: how = isOpen() ? "replace" : "push" } = {}) {
  const asked = ++turn;
  const target = path(new URL(address, location));
  const row = rowOf(new URL(address, location).pathname.split("/")[2]);
  if (row) choose(row, { focus: false });
  let page;
  try {
    page = await fetchReady(target);
  } catch (error) {
    if (asked !== turn) return;
    // There is an answer, and only a page of its own can show it.
    if (!(error instanceof TypeError)) return location.assign(target);
    reached(false);
    say(word("notKept"));
    return;
  }
  if (asked !== turn) return;
  put(page, target, how);
  const heading = pane().querySelector("h1");
  heading.tabIndex = -1;
  if (focus) heading.focus({ preventScroll: true });
  prepare();
}

function put(page, target, how) {
  const place = pane() ?? newPane();
  if (!isOpen()) listTop = scrollY;
  place.replaceChildren(...[...page.querySelector("main").childNodes].map((node) => document.importNode(node, true)));
  place.setAttribute("aria-label", place.querySelector("h1").textContent);
  shown = target;
  document.title = page.title;
  document.body.classList.add("reading");
  if (how === "push") history.pushState({ opened: true }, "", target);
  else if (how === "replace") history.replaceState(history.state, "", target);
  scrollTo({ top: 0, left: 0, behavior: "instant" });
  present();
}

// What every entry gets when it is shown, in a pane or as a page of its own.
function present() {
  const entry = article();
  const id = entry.dataset.path.split("/")[2];
  agree(id);
  showWaiting();
  if ("unread" in entry.dataset) mark([id], "read");
  document.dispatchEvent(new CustomEvent("entry-shown", { detail: entry }));
}

export function close() {
  if (!isOpen()) return;
  if (history.state?.opened) history.back();
  else location.assign(pane().querySelector('[data-key="u"]').href);
}

function leave() {
  turn++;
  shown = null;
  pane().replaceChildren();
  pane().removeAttribute("aria-label");
  document.body.classList.remove("reading");
  document.title = title;
  if (!isWide()) scrollTo({ top: listTop, behavior: "instant" });
  const row = current();
  if (row) choose(row);
}

function newPane() {
  const made = document.createElement("section");
  made.className = "read-pane";
  listPane().after(made);
  return made;
}

// The entries beside this one: by the list that is there, or by the links of the page.
export function neighbour(step) {
  const row = isBesideList() && current();
  if (row) {
    const other = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    return other && linkOf(other).href;
  }
  return pane()?.querySelector(`.turn a[rel=${step > 0 ? "next" : "prev"}]`)?.href;
}

// The next entry is fetched while this one is read.
function prepare() {
  const next = neighbour(1);
  if (!next || !isReachable()) return;
  const page = fetchPage(next).catch(() => null);
  ready = { target: path(new URL(next)), page };
}

async function fetchReady(target) {
  const page = ready.target === target && (await ready.page);
  ready = {};
  return page || fetchPage(target);
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button > 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.(".entries h2 a, .read-pane :is(.bar, .turn, .reading) a");
  if (!link || link.origin !== location.origin) return;
  if (link.matches('.i-back, [data-key="u"]') && history.state?.opened) {
    event.preventDefault();
    close();
  } else if (isEntry(link)) {
    event.preventDefault();
    open(link.href);
  }
});

addEventListener("popstate", () => {
  const target = path(location);
  // A footnote's address differs behind the `#` only.
  if (target === shown) return;
  if (isEntry(location)) open(target, { history: "none" });
  else if (isBesideList()) leave();
  else if (isOpen()) location.reload();
});

// An entry that is a page of its own gets its list beside it where there is room, in the column that is kept free.
async function placeList() {
  const back = document.querySelector('main.read-pane [data-key="u"]');
  if (!back || listPane() || !isWide()) return;
  const page = await fetchPage(path(back)).catch(() => null);
  const main = page?.querySelector("main.list-pane");
  if (!main || listPane()) return;
  const list = document.createElement("section");
  list.className = "list-pane";
  list.setAttribute("aria-label", main.querySelector("h1").textContent);
  list.append(...main.childNodes);
  pane().before(document.adoptNode(list));
  const row = rowOf(article()?.dataset.path.split("/")[2]);
  if (row) choose(row, { focus: false });
  showWaiting();
}

export function begin() {
  if (!article()) return;
  // A page that the browser makes in advance has not been opened yet.
  if (document.prerendering) document.addEventListener("prerenderingchange", present, { once: true });
  else present();
  prepare();
  placeList();
}
