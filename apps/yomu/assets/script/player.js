// Sound and film go on where they were left.

const EVERY_SECONDS = 10;

function keepPlace(figure, path) {
  const player = figure.querySelector("audio, video");
  let noted = Number(figure.dataset.seconds ?? 0);
  if (noted > 0) player.addEventListener("loadedmetadata", () => (player.currentTime = noted), { once: true });

  const note = () => {
    const seconds = player.ended ? 0 : Math.floor(player.currentTime);
    if (seconds === noted) return;
    noted = seconds;
    const body = new URLSearchParams({ number: figure.dataset.number, seconds });
    fetch(`${path}/media-position`, { method: "POST", body, keepalive: true }).catch(() => {});
  };
  player.addEventListener("timeupdate", () => Math.abs(player.currentTime - noted) >= EVERY_SECONDS && note());
  for (const moment of ["pause", "ended"]) player.addEventListener(moment, note);
}

document.addEventListener("entry-shown", ({ detail: entry }) => {
  for (const figure of entry.querySelectorAll(".media[data-number]")) keepPlace(figure, entry.dataset.path);
});
