// An import that is under way: its page looks again by itself until every feed has had its turn. The bar and the sentence
// change where they stand, and feeds that failed come to the end, so that nothing moves.

import { fetchPage } from "./list.js";

const LOOK_APART_MS = 2_000;

const place = document.querySelector("#import[data-waiting]");

function show(fresh) {
  place.querySelector("progress").value = fresh.querySelector("progress").value;
  place.querySelector("[role=status]").textContent = fresh.querySelector("[role=status]").textContent;
  for (const row of fresh.querySelectorAll(".rows > li")) {
    if (!document.getElementById(row.id)) place.querySelector(".rows").append(document.importNode(row, true));
  }
}

async function look() {
  const page = document.hidden ? null : await fetchPage(location.href).catch(() => null);
  const fresh = page?.querySelector("#import");
  if (fresh) show(fresh);
  if (!fresh || "waiting" in fresh.dataset) setTimeout(look, LOOK_APART_MS);
}

if (place) setTimeout(look, LOOK_APART_MS);
