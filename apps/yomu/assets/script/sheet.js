// An article in vertical lines: wheel and keys move along the line of reading, which runs to the left.

const find = () => document.querySelector('.entry[data-lines="vertical"] .page');

// The part of an entry that is scrolled sideways; none where the lines are horizontal.
export const sheetOf = (entry) => (entry.dataset.lines === "vertical" ? entry.querySelector(".page") : null);

// A screenful, less the column that was half read.
const screenful = (sheet) => sheet.clientWidth * 0.85;

const STEPS = {
  " ": (sheet, event) => (event.shiftKey ? -screenful(sheet) : screenful(sheet)),
  PageDown: screenful,
  PageUp: (sheet) => -screenful(sheet),
  ArrowDown: () => 80,
  ArrowUp: () => -80,
  ArrowLeft: () => 80,
  ArrowRight: () => -80,
  Home: (sheet) => -sheet.scrollWidth,
  End: (sheet) => sheet.scrollWidth,
};

const OWN_KEYS = "input, textarea, select, button, summary, audio, video, pre, .scroll, [popover], dialog";

// What scrolls by itself inside of the article keeps its wheel as long as there is something left to scroll.
function scrollsItself(target, down) {
  const inner = target.closest?.("pre, .scroll");
  if (!inner || inner.scrollHeight <= inner.clientHeight) return false;
  return down > 0 ? inner.scrollTop + inner.clientHeight < inner.scrollHeight - 1 : inner.scrollTop > 0;
}

addEventListener(
  "wheel",
  (event) => {
    const sheet = event.target.closest?.('.entry[data-lines="vertical"] .page');
    if (!sheet || event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    if (scrollsItself(event.target, event.deltaY)) return;
    event.preventDefault();
    // Some mice count in lines or pages.
    const unit = [1, 40, screenful(sheet)][event.deltaMode];
    sheet.scrollBy({ left: -event.deltaY * unit });
  },
  { passive: false },
);

addEventListener("keydown", (event) => {
  const sheet = STEPS[event.key] && find();
  if (!sheet || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest(OWN_KEYS) || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  const calm = event.repeat || matchMedia("(prefers-reduced-motion: reduce)").matches;
  sheet.scrollBy({ left: -STEPS[event.key](sheet, event), behavior: calm ? "instant" : "smooth" });
});
