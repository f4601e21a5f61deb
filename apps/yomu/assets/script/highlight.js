// Highlights: selected text fills the form below the article, and h sends it. The form does the same without this file.

const body = document.querySelector(".entry .body");
const form = document.querySelector("#passage form");
const bar = document.createElement("div");

function button(words, act) {
  const one = document.createElement("button");
  one.type = "button";
  one.textContent = words;
  // The selection is lost when the button takes the focus.
  one.addEventListener("pointerdown", (event) => event.preventDefault());
  one.addEventListener("click", act);
  bar.append(one);
}

// What is selected in the article, if anything is.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!body.contains(range.commonAncestorContainer)) return null;
  return range.toString().trim() && range;
}

// The text before or behind what is selected.
function text(range, from, to) {
  const around = document.createRange();
  around.selectNodeContents(body);
  if (from) around.setStart(range.endContainer, range.endOffset);
  if (to) around.setEnd(range.startContainer, range.startOffset);
  return around.toString();
}

// Fills the form; sends it, or asks for a note first.
function take(withNote) {
  const range = selected();
  if (!range) return;
  const plain = (words) => words.replace(/\s+/gu, "");
  const shown = getSelection().toString();
  form.elements.exact.value = plain(shown) === plain(range.toString()) ? shown : range.toString();
  form.elements.prefix.value = plain(text(range, false, true)).slice(-64);
  form.elements.suffix.value = plain(text(range, true, false).slice(0, 4096)).slice(0, 64);
  bar.hidden = true;
  if (!withNote) return form.requestSubmit();
  document.querySelector("#passage").open = true;
  form.elements.note.focus();
}

let waiting = 0;

function show() {
  const range = selected();
  bar.hidden = !range;
  if (!range) return;
  const box = range.getBoundingClientRect();
  bar.style.top = `${scrollY + box.bottom + 8}px`;
  bar.style.left = `${Math.max(8, Math.min(box.left, innerWidth - bar.offsetWidth - 8))}px`;
}

function key(event) {
  const typing = event.target.closest?.("input, textarea, select, audio, video");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.key !== "h" || !selected()) return;
  event.preventDefault();
  take(false);
}

// A mark with a note leads to it.
function toNote(event) {
  const mark = event.target.closest("mark[data-h].noted");
  if (!mark || event.target.closest("a") || !getSelection().isCollapsed) return;
  document.querySelector(`.passages a[href$="#h${mark.dataset.h}"]`)?.closest("li").scrollIntoView({ block: "center" });
}

if (body && form) {
  bar.className = "selected";
  bar.hidden = true;
  button(form.dataset.highlight, () => take(false));
  button(form.dataset.note, () => take(true));
  document.body.append(bar);
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
  addEventListener("keydown", key);
  body.addEventListener("click", toNote);
}
