// What happens elsewhere is seen on an open page: new entries, another window, another device. Numbers follow by
// themselves; entries come into the list when they are asked for, so that nothing moves under the reader's eyes.

import { fetchPage } from "./list.js";
import { showWaiting } from "./marks.js";
import { reached } from "./network.js";
import { waiting } from "./outbox.js";
import { word } from "./say.js";

// A feed that publishes a hundred entries one by one is looked at as often.
const LOOK_APART_MS = 10_000;

const place = document.querySelector(".tabs .i-unread");
const form = document.querySelector("#list");
const newest = form?.querySelector("[name=newest]");
let source = null;
let fresh = null;
let looked = -LOOK_APART_MS;
let timer = 0;

function show(link, number) {
  let badge = link.querySelector("b");
  if (!number) return badge?.remove();
  if (!badge) {
    badge = document.createElement("b");
    link.append(" ", badge);
  }
  badge.textContent = number;
}

function hear({ unread, folders, newest: last }) {
  // What waits to be sent is counted already, and not yet by the server.
  if (waiting().length === 0) {
    show(place, unread);
    for (const link of document.querySelectorAll(".folders a[href^='/folders/']")) show(link, folders[link.pathname.split("/")[2]]);
  }
  // Only the beginning of a list has room for what is new, and only the newest is there.
  if (!newest || form.querySelector("[name=list]").value.endsWith("-oldest")) return;
  if (last <= Number(newest.value) || /[?&]after=/.test(form.elements.back.value)) return;
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(0, looked + LOOK_APART_MS - performance.now()));
}

async function look() {
  looked = performance.now();
  fresh = await fetchPage(form.elements.back.value).catch(() => null);
  const number = fresh ? unknown().length : 0;
  const button = document.querySelector(".news button");
  button.textContent = word("news", number);
  button.hidden = number === 0;
}

// Rows that this page does not have, in front of one that it has; all of them where it has none.
function unknown() {
  const rows = [...fresh.querySelectorAll(".entries > li")];
  const last = rows.findLastIndex((row) => document.getElementById(row.id));
  return rows.slice(0, last < 0 ? rows.length : last).filter((row) => !document.getElementById(row.id));
}

// Every new row comes behind the one that it follows.
function insert() {
  const list = document.querySelector(".entries");
  for (const row of unknown().reverse()) {
    let next = row.nextElementSibling;
    while (next && !document.getElementById(next.id)) next = next.nextElementSibling;
    list.insertBefore(document.importNode(row, true), next && document.getElementById(next.id));
  }
  document.querySelector(".empty")?.remove();
  newest.value = fresh.querySelector("[name=newest]").value;
  showWaiting();
  const first = list.firstElementChild;
  first.scrollIntoView({ block: "center" });
  first.querySelector("h2 a").focus({ preventScroll: true });
}

function listen() {
  // Only a window that is looked at listens: browsers give a site few connections.
  if (document.hidden) {
    source?.close();
    source = null;
  } else if (!source) {
    source = new EventSource("/events");
    source.addEventListener("open", () => reached(true));
    source.addEventListener("counts", (event) => hear(JSON.parse(event.data)));
  }
}

// A page with an open connection would not be kept for the way back.
function rest() {
  source?.close();
  source = null;
}

if (place) {
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
}

document.querySelector(".news button")?.addEventListener("click", ({ target }) => {
  target.hidden = true;
  insert();
});
