// The page of all keys as a dialog over the page where they are needed. There they can be switched off, too, for whoever
// speaks to the computer or leans on its keyboard.

import { fetchPage } from "./list.js";
import { say, word } from "./say.js";

let dialog = null;

export async function showHelp() {
  if (document.querySelector("main #keys-title")) return;
  dialog ??= await make().catch(() => null);
  if (dialog) dialog.showModal();
  else say(word("notKept"));
}

async function make() {
  const page = await fetchPage("/keys");
  const made = document.createElement("dialog");
  made.className = "keys";
  made.setAttribute("aria-labelledby", "keys-title");
  made.append(...page.querySelector("main").childNodes);
  document.body.append(document.adoptNode(made));
  made.addEventListener("click", (event) => event.target === made && made.close());
  wire(made);
  return made;
}

// The box that switches the keys on and off, here and on the page of its own.
function wire(place) {
  const box = place.querySelector("#keys-on");
  if (!box) return;
  box.checked = localStorage.keys !== "off";
  box.addEventListener("change", () => {
    localStorage.keys = box.checked ? "on" : "off";
  });
}

wire(document);
