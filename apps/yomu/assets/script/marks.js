// What is read and what is starred, in all places of the page at once. A mark is shown at the moment it is made and then
// sent; when the server refuses it, it is taken back and that is said.

import { deliver, send, waiting } from "./outbox.js";
import { say, word } from "./say.js";

// What a button becomes when it was pressed: in a list its look, what it does next, and the opposite.
const VERBS = {
  star: { look: "y", next: "unstar" },
  unstar: { look: "n", next: "star" },
  read: { look: "k", next: "unread" },
  unread: { look: "r", next: "read" },
};

export const rowOf = (id) => document.getElementById(`e${id}`);
const articleOf = (id) => document.querySelector(`.entry[data-path="/entries/${id}"]`);

export function isUnread(id) {
  const row = rowOf(id);
  return row ? row.classList.contains("u") : "unread" in (articleOf(id)?.dataset ?? {});
}

// Shows the marks and sends those that change something; says which entries these were.
export function mark(ids, verb) {
  const changed = ids.filter((id) => show(id, verb));
  if (changed.length > 0) send(verb, changed);
  return changed;
}

// The same, with a way back: for marks that nobody made one by one.
export function markWithUndo(ids, verb) {
  const changed = mark(ids, verb);
  if (changed.length === 0) return;
  say(word("marked", changed.length), word("undo"), () => mark(changed, VERBS[verb].next));
}

function show(id, verb) {
  const isAboutReading = verb === "read" || verb === "unread";
  const before = isAboutReading ? isUnread(id) : null;
  const row = rowOf(id);
  const article = articleOf(id);
  const button = row?.querySelector(isAboutReading ? ".r, .k" : ".n, .y");
  const isSo = isAboutReading ? before === (verb === "unread") : button?.className === VERBS[verb].look;
  if (button) dress(button, id, verb);
  if (isAboutReading) {
    row?.classList.toggle("u", verb === "unread");
    if (article) showReading(article, verb === "unread");
    if (!isSo) count(verb === "unread" ? 1 : -1);
  } else if (article) {
    showStar(article, id, verb);
  }
  return !isSo;
}

function dress(button, id, verb) {
  const { look, next } = VERBS[verb];
  button.className = look;
  button.setAttribute("formaction", `/entries/${id}/${next}`);
  button.title = word(next);
}

function showReading(article, isUnreadNow) {
  article.toggleAttribute("data-unread", isUnreadNow);
  for (const one of article.parentElement.querySelectorAll("[data-when]")) {
    one.hidden = one.dataset.when !== (isUnreadNow ? "unread" : "read");
  }
}

function showStar(article, id, verb) {
  const button = article.querySelector('[data-key="s"]');
  if (!button) return;
  const { next } = VERBS[verb];
  button.classList.toggle("i-starred", verb === "star");
  button.classList.toggle("i-star", verb === "unstar");
  button.setAttribute("formaction", `/entries/${id}/${next}`);
  button.textContent = word(next);
}

function count(step) {
  const badge = document.querySelector(".tabs .i-unread b");
  if (badge) badge.textContent = Math.max(0, Number(badge.textContent.replace(/\D/g, "")) + step);
}

// An entry that was fetched earlier is shown with the star that its row has now.
export function agree(id) {
  const row = rowOf(id);
  if (row) showStar(articleOf(id), id, row.querySelector(".y") ? "star" : "unstar");
}

// Pages that were kept, by the browser or for offline, do not know yet what waits to be sent.
export function showWaiting() {
  for (const { verb, ids } of waiting()) for (const id of ids) show(id, verb);
}

document.addEventListener("submit", (event) => {
  const [, id, verb] = event.submitter?.getAttribute("formaction")?.match(/^\/entries\/(\d+)\/(\w+)$/) ?? [];
  if (!VERBS[verb]) return;
  event.preventDefault();
  mark([id], verb);
});

document.addEventListener("mark-refused", ({ detail: { verb, ids } }) => {
  for (const id of ids) show(id, VERBS[verb].next);
  say(word("refused"));
});

addEventListener("pageshow", showWaiting);
showWaiting();
deliver();
