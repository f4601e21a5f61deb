// A footnote where it is referred to. Without this file, and with a modifier key, the link leads to it.

const CHARACTERS_MAX = 1500;

// The text of a note: the item or paragraph that the link leads to, without the arrow back.
function noteOf(link) {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const whole = target?.closest("li, dd, aside, p, tr, div:not(.body)");
  if (!whole || !link.closest(".body").contains(whole) || whole.textContent.length > CHARACTERS_MAX || whole.contains(link)) return null;
  const copy = whole.cloneNode(true);
  for (const back of copy.querySelectorAll('a[href^="#"]')) back.remove();
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  return copy.textContent.trim() ? copy : null;
}

// Only marks: `1`, `[2]`, `*`, `注3`. Other links within a text lead to a place that the reader wants to go to.
const isMark = (link) => /^\s*[[(（［]?\s*(注|note\s*)?[\d*†‡a-z]{1,3}\s*[\])）］]?\s*$/iu.test(link.textContent);

function place(note, link) {
  const { left, bottom, top } = link.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = note;
  const below = bottom + height + 16 < innerHeight;
  note.style.left = `${Math.max(16, Math.min(left - 16, innerWidth - width - 16))}px`;
  note.style.top = `${below ? bottom + 8 : Math.max(16, top - height - 8)}px`;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.entry .body a[href^="#in-article-"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !isMark(link)) return;
  const content = noteOf(link);
  if (!content) return;
  event.preventDefault();
  const note = document.createElement("div");
  note.className = "note";
  note.popover = "auto";
  note.lang = link.closest("[lang]").lang;
  note.role = "note";
  note.tabIndex = -1;
  note.append(...content.childNodes);
  note.addEventListener("toggle", (change) => {
    if (change.newState !== "closed") return;
    note.remove();
    link.focus({ preventScroll: true });
  });
  document.body.append(note);
  note.showPopover();
  place(note, link);
  note.focus({ preventScroll: true });
});
