// The keyboard. `KEYS` is all there is; the page `/keys` says the same in words, and a test holds the two together.

import { beside, choose, current, idOf, linkOf, nextUnread, toggle } from "./list.js";
import { isUnread, mark, markWithUndo } from "./marks.js";
import { isReachable } from "./network.js";
import { article, close, isOpen, neighbour, open } from "./pane.js";
import { showHelp } from "./help.js";

const CHORD_MS = 1_500;

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  n: goUnread,
  o: openRow,
  u: close,
  m: markOne,
  s: star,
  v: original,
  f: () => press('[data-key="f"]'),
  r: () => press('[data-key="r"]'),
  A: markAll,
  "/": () => document.querySelector("input[type=search]")?.select() ?? location.assign("/search"),
  "?": showHelp,
  "g u": () => location.assign("/unread"),
  "g s": () => location.assign("/starred"),
  "g p": () => location.assign("/saved"),
  "g a": () => location.assign("/all"),
  "g f": () => location.assign("/feeds"),
  "g n": () => location.assign("/add"),
};

let chord = "";
let chordEnds = 0;

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (localStorage.keys === "off" && event.key !== "?") return;
  if (document.querySelector("dialog[open]") || isTyping(event.target)) return;
  if (event.key === "Shift") return;
  if (event.key === "Escape") return isOpen() && !document.querySelector(":popover-open") && close();
  const keys = (event.timeStamp < chordEnds ? chord : "") + event.key;
  chordEnds = 0;
  if (event.key === "g" && keys === "g") {
    chord = "g ";
    chordEnds = event.timeStamp + CHORD_MS;
    return;
  }
  if (!Object.hasOwn(KEYS, keys)) return;
  event.preventDefault();
  KEYS[keys]();
});

// Where a letter is a letter. A player has keys of its own.
function isTyping(target) {
  return target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, audio, video, [contenteditable]");
}

function go(step) {
  if (isOpen()) {
    const other = neighbour(step);
    if (other) open(other);
    return;
  }
  const row = beside(step);
  if (row) choose(row);
}

function openRow() {
  const row = current();
  if (row && !isOpen()) open(linkOf(row).href);
  else if (!row) document.activeElement?.click();
}

// The next unread entry of this list; behind the last one, the next list that has some.
function goUnread() {
  const row = nextUnread();
  const list = document.querySelector("#list [name=list]")?.value ?? new URLSearchParams(location.search).get("from") ?? "";
  if (row) open(linkOf(row).href);
  else location.assign(`/next?list=${encodeURIComponent(list)}`);
}

function markOne() {
  const entry = article();
  if (!entry) return toggle("read", "unread", "r");
  const id = entry.dataset.path.split("/")[2];
  mark([id], isUnread(id) || "unread" in entry.dataset ? "read" : "unread");
}

function star() {
  if (isOpen()) press('.read-pane [data-key="s"]');
  else toggle("star", "unstar", "n");
}

function original() {
  const link = article()?.querySelector('[data-key="v"]');
  if (link) openWindow(link.href);
}

function openWindow(address) {
  window.open(address, "_blank", "noopener,noreferrer");
}

// By the form of the list, which says what was marked and how to take it back; without a server, as far as is in sight.
function markAll() {
  if (isReachable()) return press('[formaction="/mark"]:not([name])');
  const rows = [...document.querySelectorAll(".entries > .u")];
  markWithUndo(rows.map(idOf), "read");
}

function press(selector) {
  const target = [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());
  target?.click();
}
