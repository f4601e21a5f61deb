// Lists: marks without a new page, and keys. Everything here also works without this file, by the buttons' own forms.

const form = document.querySelector("#list");
const rows = [...document.querySelectorAll(".entries > li")];

// What a button becomes when it was pressed: its class, its action, and the word for it.
const NEXT = {
  star: ["y", "unstar"],
  unstar: ["n", "star"],
  read: ["k", "unread"],
  unread: ["r", "read"],
};

form?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  const [, path, verb] = button.formAction.match(/(\/entries\/\d+)\/(\w+)$/) ?? [];
  if (!NEXT[verb]) return;
  event.preventDefault();
  const answer = await fetch(button.formAction, {
    method: "POST",
    body: new URLSearchParams(),
    redirect: "manual",
  }).catch(() => null);
  // A success is a redirect, which is not followed here.
  if (answer?.type !== "opaqueredirect") return location.reload();
  const [look, next] = NEXT[verb];
  button.className = look;
  button.formAction = `${path}/${next}`;
  button.title = form.dataset[next];
  if (verb === "read" || verb === "unread") {
    button.closest("li").classList.toggle("u", verb === "unread");
    count(verb === "unread" ? 1 : -1);
  }
});

function count(step) {
  const badge = document.querySelector(".tabs .i-unread b");
  if (badge) badge.textContent = Math.max(0, Number(badge.textContent) + step);
}

const focused = () => rows.findIndex((row) => row.contains(document.activeElement));

function go(step) {
  const row = rows[Math.max(0, Math.min(rows.length - 1, focused() + step))];
  row?.querySelector("h2 a").focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

const press = (selector) => rows[focused()]?.querySelector(selector)?.click();

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  o: () => press("h2 a"),
  m: () => press(".r, .k"),
  s: () => press(".n, .y"),
  "/": () => document.querySelector("input[type=search]")?.focus() ?? location.assign("/search"),
};

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (document.querySelector(".entry") || typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
