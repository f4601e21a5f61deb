// Whether the server can be reached, shown quietly: as the browser says, as the service worker finds, and as marks fare.

const sign = document.querySelector("#net");
let reachable = true;

export const isReachable = () => reachable;

export function reached(is) {
  if (is === reachable) return;
  reachable = is;
  if (sign) sign.hidden = is;
  document.dispatchEvent(new CustomEvent("network", { detail: is }));
}

addEventListener("offline", () => reached(false));
addEventListener("online", () => reached(true));
if (!navigator.onLine) reached(false);
