// The number of unread entries follows what happens elsewhere: new entries, another window, another device.

const place = document.querySelector(".tabs .i-unread");
let source = null;

function show({ unread }) {
  let badge = place.querySelector("b");
  if (!badge && unread > 0) {
    badge = document.createElement("b");
    place.append(" ", badge);
  }
  if (unread > 0) badge.textContent = unread;
  else badge?.remove();
}

// Only a window that is looked at listens: browsers give a site few connections.
function listen() {
  if (document.hidden) {
    source?.close();
    source = null;
  } else if (!source) {
    source = new EventSource("/events");
    source.addEventListener("counts", (event) => show(JSON.parse(event.data)));
  }
}

if (place) {
  document.addEventListener("visibilitychange", listen);
  listen();
}
