// The choices of how pages look hold at once, and are kept a moment later. The form does the same without this file.

const USUAL = { theme: "system", font: "auto", size: "18", width: "medium", leading: "normal" };
const KEPT_AFTER_MS = 400;

let waiting = 0;

async function keep(form, name) {
  await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
  // The server sets the lines anew.
  if (name === "vertical" && document.querySelector(".entry[data-path]")) location.reload();
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-reading]");
  if (!form) return;
  const { name, value } = target;
  if (name === "size") form.querySelector("output").value = value;
  const root = document.documentElement.dataset;
  if (USUAL[name] === value) delete root[name];
  else if (name in USUAL) root[name] = value;
  clearTimeout(waiting);
  waiting = setTimeout(() => keep(form, name).catch(() => {}), KEPT_AFTER_MS);
});
