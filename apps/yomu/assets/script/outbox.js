// Marks on their way to the server.
//
// Each is kept in localStorage before anything else happens: that is written before a page can go away. They are sent one
// after the other, the oldest first, by whichever window holds the lock. A mark says how an entry shall be ("read",
// "unstar") and not how it shall change, so that one whose answer was lost may be sent again: it arrives once.
// Marks belong to a user, and the server refuses them when somebody else has signed in meanwhile.

import { reached } from "./network.js";
import { hush, say, word } from "./say.js";

const user = document.body.dataset.user;
const PREFIX = `mark.${user}.`;
const WAIT = 1_000;
const WAIT_MAX = 60_000;
let wait = WAIT;
let timer = 0;
let isSending = false;

const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).sort();

// What waits to be sent, the oldest first: { verb, ids }.
export const waiting = () => keys().map((key) => JSON.parse(localStorage[key]));

export function send(verb, ids) {
  // Later than everything that waits, even when the clock was set back.
  const last = Number(keys().at(-1)?.slice(PREFIX.length) ?? 0);
  localStorage[PREFIX + Math.max(Date.now(), last + 1)] = JSON.stringify({ verb, ids });
  deliver();
}

export async function deliver() {
  clearTimeout(timer);
  if (isSending) return;
  isSending = true;
  // Without locks (plain HTTP) two windows may send the same mark, which means the same.
  if (navigator.locks) await navigator.locks.request(`outbox.${user}`, sendAll);
  else await sendAll();
  isSending = false;
}

async function sendAll() {
  if (keys().length === 0) return;
  for (let key = keys()[0]; key; key = keys()[0]) {
    const mark = JSON.parse(localStorage[key]);
    const status = await post(mark);
    if (status === "sent" || status === "refused") {
      localStorage.removeItem(key);
      if (wait > WAIT) hush();
      wait = WAIT;
      if (status === "refused") document.dispatchEvent(new CustomEvent("mark-refused", { detail: mark }));
    } else {
      later();
      return;
    }
  }
  document.dispatchEvent(new CustomEvent("marks-sent"));
}

async function post({ verb, ids }) {
  const answer = await fetch(`/entries/${verb}`, {
    method: "POST",
    body: new URLSearchParams({ ids }),
    headers: { "x-yomu-user": user },
    // The page may go away while the mark is on its way.
    keepalive: true,
    redirect: "manual",
  }).catch(() => null);
  reached(answer !== null);
  // A success is a redirect, which is not followed here.
  if (answer?.type === "opaqueredirect") return "sent";
  return [400, 404, 413, 422].includes(answer?.status) ? "refused" : "unsent";
}

function later() {
  say(word("waiting", keys().length), word("retry"), deliver);
  timer = setTimeout(deliver, wait);
  wait = Math.min(WAIT_MAX, wait * 2);
}

document.addEventListener("network", ({ detail: isReachable }) => isReachable && deliver());
document.addEventListener("visibilitychange", () => document.hidden || deliver());
