// How far somebody has read: a text is opened where it was left, on whatever device that was.

import { sheetOf } from "./sheet.js";

const SECONDS_APART = 5;

// The end was read to the end, and the beginning needs no jump.
const isWorthAJump = (permille) => permille > 20 && permille < 980;

let entry = null;
let noted = 0;
let passed = 0;
let waiting = 0;

// Thousandths of the text that have passed the beginning of the screen.
function measure() {
  const sheet = sheetOf(entry);
  if (sheet) return (1000 * -sheet.scrollLeft) / Math.max(1, sheet.scrollWidth - sheet.clientWidth);
  const body = entry.querySelector(".body");
  const room = body.offsetHeight - innerHeight;
  return room > 0 ? (1000 * -body.getBoundingClientRect().top) / room : 0;
}

function restore(permille) {
  const sheet = sheetOf(entry);
  const body = entry.querySelector(".body");
  if (sheet) sheet.scrollLeft = (-permille * (sheet.scrollWidth - sheet.clientWidth)) / 1000;
  else scrollBy({ top: body.getBoundingClientRect().top + (permille * (body.offsetHeight - innerHeight)) / 1000, behavior: "instant" });
}

function note() {
  clearTimeout(waiting);
  waiting = 0;
  // A hundredth more or less is the same place.
  if (Math.abs(passed - noted) < 10) return;
  noted = passed;
  const body = new URLSearchParams({ permille: passed });
  fetch(`${entry.dataset.path}/position`, { method: "POST", body, keepalive: true }).catch(() => {});
}

document.addEventListener("entry-shown", ({ detail }) => {
  if (waiting) note();
  entry = detail;
  noted = passed = Number(entry.dataset.position ?? 0);
  // A link to a part of the text is stronger.
  if (isWorthAJump(noted) && !location.hash) restore(noted);
});

// The sheet of vertical lines scrolls by itself, and such events do not rise.
document.addEventListener(
  "scroll",
  () => {
    if (!entry?.isConnected) return;
    passed = Math.round(Math.min(1000, Math.max(0, measure())));
    waiting ||= setTimeout(note, SECONDS_APART * 1000);
  },
  { passive: true, capture: true },
);

document.addEventListener("visibilitychange", () => {
  if (document.hidden && waiting) note();
});
