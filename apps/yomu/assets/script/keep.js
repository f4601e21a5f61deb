// Reading without a network: the service worker keeps what was opened, and what the reader asks it to keep.

import { reached } from "./network.js";
import { say, word } from "./say.js";

const worker = navigator.serviceWorker;
const { user } = document.body.dataset;
const KEPT_AFTER_MS = 2_000;
let timer = 0;

async function begin() {
  const hello = { hello: { user, lang: document.documentElement.lang } };
  // Without a network, the one that is there goes on, and need not wait until its newer self is not found.
  worker.controller?.postMessage(hello);
  await worker.register("/sw.js").catch(() => {});
  if (worker.controller) return;
  const { active } = await worker.ready;
  active.postMessage(hello);
  // The page that came before the worker was there.
  active.postMessage({ keep: [location.pathname + location.search] });
}

function keepList() {
  const links = [...document.querySelectorAll(".entries h2 a")].map((link) => link.pathname + link.search);
  worker.controller?.postMessage({ keep: [location.pathname + location.search, ...links], pictures: true, asked: true });
}

// The kept list knows what was marked on it, some seconds later.
function keepMarks() {
  const list = document.querySelector("#list [name=back]")?.value;
  clearTimeout(timer);
  if (list) timer = setTimeout(() => worker.controller?.postMessage({ keep: [list] }), KEPT_AFTER_MS);
}

if (worker && user) {
  document.addEventListener("marks-sent", keepMarks);
  worker.addEventListener("message", ({ data }) => {
    if ("reachable" in data) reached(data.reachable);
    if (data.asked) say(word("kept", data.kept));
  });
  worker.startMessages();
  // After everything that the page itself needs.
  if (document.readyState === "complete") begin();
  else addEventListener("load", () => begin().catch(() => {}), { once: true });
  document.querySelector("[data-keep]")?.addEventListener("click", keepList);
}
