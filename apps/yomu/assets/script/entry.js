// One entry: opening it marks it read, videos load on a click, and keys. The buttons do the same without this file.

const article = document.querySelector(".entry");

async function markRead() {
  const answer = await fetch(`${article.dataset.path}/read`, {
    method: "POST",
    body: new URLSearchParams(),
    keepalive: true,
    redirect: "manual",
  }).catch(() => null);
  if (answer?.type !== "opaqueredirect") return;
  for (const one of document.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== "read";
  const badge = document.querySelector(".tabs .i-unread b");
  if (badge) badge.textContent = Math.max(0, Number(badge.textContent) - 1);
}

if (article && "unread" in article.dataset) {
  // A page that the browser makes in advance has not been opened yet.
  if (document.prerendering) document.addEventListener("prerenderingchange", markRead, { once: true });
  else markRead();
}

article?.addEventListener("click", (event) => {
  const figure = event.target.closest("figure.embed[data-embed]");
  if (!figure || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = figure.dataset.embed;
  frame.title = figure.textContent;
  frame.allow = "fullscreen; picture-in-picture; encrypted-media";
  // YouTube refuses players that do not say where they are; the host alone is said.
  frame.referrerPolicy = "strict-origin";
  figure.replaceChildren(frame);
});

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, audio, video");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !/^[a-z]$/.test(event.key)) return;
  const target = article && document.querySelector(`[data-key="${event.key}"]:not([hidden])`);
  if (target) {
    event.preventDefault();
    target.click();
  }
});
