// What is in an entry and needs more than a link: videos load on a click.

document.addEventListener("click", (event) => {
  const figure = event.target.closest?.("figure.embed[data-embed]");
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
