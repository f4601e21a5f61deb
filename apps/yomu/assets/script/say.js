// The quiet line at the foot of the page: one sentence, and at most one thing to do about it. It is a live region, so
// whatever is said here is read out once; nothing is said about what a reader sees happening anyway.

const line = document.querySelector("#say");
const SECONDS = 8;
let timer = 0;

// A sentence that the page brought along in the reader's language, with its number put in.
export const word = (name, number) => (line?.dataset[name] ?? "").replace("{n}", number);

export function say(text, label, act) {
  if (!line) return;
  clearTimeout(timer);
  const said = document.createElement("p");
  said.textContent = text;
  line.replaceChildren(said);
  if (label) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => {
      hush();
      act();
    });
    line.append(button);
  }
  timer = setTimeout(fade, SECONDS * 1000);
}

// What can still be done about something stays as long as it is looked at.
function fade() {
  if (line.matches(":hover, :focus-within")) timer = setTimeout(fade, SECONDS * 1000);
  else hush();
}

export function hush() {
  clearTimeout(timer);
  line.replaceChildren();
}
