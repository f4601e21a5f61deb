// A picture of an article, as large as the screen. A picture that is a link to somewhere else stays a link.

const IMAGE = /\.(avif|gif|jpe?g|png|webp)(\?|$)/i;

// Small ones, such as faces and marks in a line of text, have nothing more to show.
const isLarge = (image) => image.naturalWidth > 200 || image.width > 200;

// What to show: the picture that its link leads to, or the picture itself; nothing where the link leads to a page.
function source(image) {
  const link = image.closest("a[href]");
  if (!link) return image.currentSrc || image.src;
  return IMAGE.test(link.href) ? link.href : null;
}

function show(image, address) {
  const { enlarge, close: closing } = image.closest(".body").dataset;
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  dialog.ariaLabel = image.alt || enlarge;
  const large = document.createElement("img");
  large.src = address;
  large.alt = image.alt;
  const words = document.createElement("p");
  words.textContent = image.closest("figure")?.querySelector("figcaption")?.textContent ?? image.title;
  const close = document.createElement("button");
  close.textContent = "×";
  close.ariaLabel = closing;
  dialog.append(large, words, close);
  words.hidden = !words.textContent;
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const image = event.target.closest?.(".entry .body img");
  if (!image || event.ctrlKey || event.metaKey || event.shiftKey || !isLarge(image)) return;
  const address = source(image);
  if (!address) return;
  event.preventDefault();
  show(image, address);
});

// By keys, too: a picture that can be enlarged is a button.
function offer(image) {
  if (!isLarge(image) || !source(image)) return;
  image.classList.add("large");
  if (image.closest("a")) return;
  image.tabIndex = 0;
  image.role = "button";
  image.ariaLabel = [image.alt, image.closest(".body").dataset.enlarge].filter(Boolean).join(" · ");
  image.addEventListener("keydown", (event) => event.key === "Enter" && show(image, source(image)));
}

document.addEventListener("entry-shown", ({ detail: entry }) => {
  for (const image of entry.querySelectorAll(".body img")) {
    if (image.complete) offer(image);
    else image.addEventListener("load", () => offer(image), { once: true });
  }
});
