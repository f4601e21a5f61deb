// A finger that goes over a row: to the right it stars, to the left it marks. The buttons of the row do the same. Up and
// down belongs to the browser (`touch-action: pan-y`), and so does the edge of the screen, where a swipe means "back".

import { idOf } from "./list.js";
import { isUnread, mark } from "./marks.js";

const EDGE = 24;
const DECIDED = 12;
const FAR = 72;

let touch = null;

addEventListener("pointerdown", (event) => {
  const row = event.target.closest?.(".entries > li");
  const isAtEdge = event.clientX < EDGE || event.clientX > innerWidth - EDGE;
  touch = row && event.pointerType === "touch" && event.isPrimary && !isAtEdge
    ? { row, x: event.clientX, y: event.clientY, far: 0, isSwipe: false }
    : null;
});

addEventListener("pointermove", (event) => {
  if (!touch || !event.isPrimary) return;
  const [x, y] = [event.clientX - touch.x, event.clientY - touch.y];
  if (!touch.isSwipe) {
    if (Math.abs(x) < DECIDED || Math.abs(x) < 2 * Math.abs(y)) return;
    touch.isSwipe = true;
    touch.row.setPointerCapture(event.pointerId);
  }
  touch.far = Math.max(-FAR * 1.3, Math.min(FAR * 1.3, x));
  touch.row.style.transform = `translateX(${touch.far}px)`;
  touch.row.dataset.swipe = touch.far >= FAR ? "star" : touch.far <= -FAR ? "read" : "";
});

addEventListener("pointerup", (event) => {
  if (!touch?.isSwipe || !event.isPrimary) return;
  const { row, far } = touch;
  rest();
  // The finger's end on a link is no click on it.
  const stop = (click) => click.preventDefault();
  row.addEventListener("click", stop, { capture: true });
  setTimeout(() => row.removeEventListener("click", stop, { capture: true }));
  if (far >= FAR) mark([idOf(row)], row.querySelector(".y") ? "unstar" : "star");
  if (far <= -FAR) mark([idOf(row)], isUnread(idOf(row)) ? "read" : "unread");
});

// The browser took the touch for scrolling.
addEventListener("pointercancel", rest);

function rest() {
  if (!touch) return;
  touch.row.style.transform = "";
  delete touch.row.dataset.swipe;
  touch = null;
}
