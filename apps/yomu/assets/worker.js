// The service worker: what is read without a network. The program puts `VERSION` and `SHELL` in front of this file: a hash
// of the style sheet, the script and this file, and their addresses.
//
// Pages come from the network, as ever; what came is kept, and shown when the network does not answer. Kept are pages
// that name their reader (`x-yomu-user`), under that reader's name, and never what says `no-store`. When somebody else's
// page comes, or that of the sign-in, everything that was kept of others is thrown away. Forms are none of its business:
// marks wait in the page (`outbox.js`).

const SHELL_CACHE = `shell-${VERSION}`;
// An article is some 30 KB, so these are about 15 MB.
const PAGES_MAX = 500;
// Browsers count a picture of another site, whose size they must not tell, as several megabytes.
const IMAGES_MAX = 200;
const IMAGES_OF_PAGE_MAX = 20;
const IMAGE_BYTES_MAX = 3_000_000;
const SAVED_KEPT = 30;
const SAVED_EVERY_MS = 30 * 60_000;
const AT_ONCE = 4;
// A network that is there in name only: what is kept is better than waiting.
const PATIENCE_MS = 5_000;

let reachable = true;
let savedAt = -Infinity;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => event.waitUntil(hear(event)));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method === "POST" && /^\/(sign-out|account\/(sign-out-everywhere|delete))$/.test(pathname)) {
    event.waitUntil(keepOnlyOf(null));
  }
  if (request.method !== "GET") return;
  if (origin !== location.origin) {
    if (request.destination === "image" && !navigator.onLine) event.respondWith(picture(request));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(asset(request));
  } else if (pathname.startsWith("/image/")) {
    event.respondWith(picture(request));
  } else if (pathname.startsWith("/icons/")) {
    event.respondWith(icon(event));
  } else if (request.mode === "navigate" || request.headers.get("accept") === "text/html") {
    event.respondWith(page(event));
  }
});

async function install() {
  const shell = await caches.open(SHELL_CACHE);
  await shell.addAll([...SHELL, "/offline"]);
  await skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("shell-") && name !== SHELL_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  // The request is on its way while the worker wakes up.
  await registration.navigationPreload?.enable();
  await clients.claim();
}

// --- answering

async function page(event) {
  const { url, mode } = event.request;
  const network = fromNetwork(event);
  const patience = new Promise((done) => setTimeout(done, PATIENCE_MS));
  try {
    const answer = await Promise.race([network, patience]);
    if (answer) return answer;
    return (await kept(url)) ?? (await network);
  } catch {
    const answer = (await kept(url)) ?? (mode === "navigate" ? await caches.match("/offline") : null);
    return answer ?? Response.error();
  }
}

async function fromNetwork(event) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    // A proxy is there, and the program behind it is not.
    if (answer.status >= 502 && answer.status <= 504) throw new Error(`status ${answer.status}`);
    tell(true);
    event.waitUntil(keep(event.request.url, answer.clone()).catch(() => {}));
    return answer;
  } catch (error) {
    tell(false);
    throw error;
  }
}

function tell(is) {
  if (reachable === is) return;
  reachable = is;
  clients.matchAll().then((windows) => windows.forEach((one) => one.postMessage({ reachable })));
}

async function asset(request) {
  const found = await caches.match(request);
  if (found) return found;
  try {
    return await fetch(request);
  } catch {
    // A page that was kept before the program was renewed asks for a file of its own time.
    const stem = (url) => new URL(url).pathname.replace(/\.[0-9a-f]+(?=\.\w+$)/, "");
    const shell = await caches.open(SHELL_CACHE);
    const same = (await shell.keys()).find((one) => stem(one.url) === stem(request.url));
    return same ? shell.match(same) : Response.error();
  }
}

async function icon(event) {
  const user = await whose();
  const cache = user && (await caches.open(`images-${user}`));
  const found = await cache?.match(event.request);
  if (found) return found;
  const answer = await fetch(event.request);
  if (cache && answer.ok) event.waitUntil(put(cache, event.request.url, answer.clone(), IMAGES_MAX));
  return answer;
}

async function picture(request) {
  const user = await whose();
  const found = user && (await (await caches.open(`images-${user}`)).match(request.url));
  if (found) return found;
  return new URL(request.url).origin === location.origin ? fetch(request) : Response.error();
}

// --- keeping

async function keep(url, answer) {
  const user = answer.headers.get("x-yomu-user");
  if (!user) {
    if (new URL(url).pathname === "/sign-in" && answer.ok) await keepOnlyOf(null);
    return false;
  }
  await keepOnlyOf(user);
  if (answer.status !== 200 || answer.headers.get("cache-control").includes("no-store")) return false;
  await put(await caches.open(`pages-${user}`), keyOf(url), answer, PAGES_MAX);
  return true;
}

async function kept(url) {
  const user = await whose();
  // Languages and cookies were the reader's when the page was kept.
  return user && (await caches.open(`pages-${user}`)).match(keyOf(url), { ignoreVary: true });
}

// An entry is the same entry from whichever list it is reached.
function keyOf(url) {
  const { origin, pathname, searchParams } = new URL(url);
  const said = pathname.startsWith("/entries/") ? ["from", "q", "lang"] : ["lang"];
  for (const name of said) searchParams.delete(name);
  const query = searchParams.toString();
  return origin + pathname + (query && `?${query}`);
}

// Puts something in as the newest, and takes out the oldest when there are too many.
async function put(cache, key, answer, most) {
  await cache.delete(key, { ignoreVary: true });
  await cache.put(key, answer);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((one) => cache.delete(one, { ignoreVary: true })));
}

// Whose pages are here: at most one reader's.
async function whose() {
  const names = await caches.keys();
  return names.find((name) => name.startsWith("pages-"))?.slice("pages-".length);
}

async function keepOnlyOf(user) {
  const names = await caches.keys();
  const others = names.filter((name) => /^(pages|images)-/.test(name) && !name.endsWith(`-${user}`));
  await Promise.all(others.map((name) => caches.delete(name)));
}

// --- what windows ask for

async function hear({ data, source }) {
  if (data.hello) {
    source.postMessage({ reachable });
    await keepOnlyOf(data.hello.user);
    await speak(data.hello.lang);
    await keepSaved();
  } else if (data.keep) {
    const count = await keepAll(data.keep, data.pictures);
    source.postMessage({ kept: count, asked: data.asked });
  }
}

// The page for what is not there speaks the language of the others.
async function speak(lang) {
  const shell = await caches.open(SHELL_CACHE);
  const there = await (await shell.match("/offline", { ignoreVary: true }))?.text();
  if (there?.includes(`<html lang="${lang}">`)) return;
  const answer = await fetch("/offline").catch(() => null);
  if (answer?.ok) await shell.put("/offline", answer);
}

// Pages that were saved for later are there later.
async function keepSaved() {
  if (performance.now() - savedAt < SAVED_EVERY_MS || navigator.connection?.saveData) return;
  savedAt = performance.now();
  const answer = await fetch("/saved", { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const list = await answer.clone().text();
  await keep(answer.url, answer);
  const paths = [...list.matchAll(/<h2><a href="(\/entries\/\d+)/g)].map(([, path]) => path).slice(0, SAVED_KEPT);
  const missing = [];
  for (const path of paths) if (!(await kept(location.origin + path))) missing.push(path);
  await keepAll(missing, true);
}

async function keepAll(paths, pictures) {
  const rest = paths.slice(0, PAGES_MAX);
  let count = 0;
  const one = async () => {
    for (let path = rest.shift(); path; path = rest.shift()) if (await keepOne(path, pictures).catch(() => false)) count++;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return count;
}

async function keepOne(path, pictures) {
  const answer = await fetch(path, { headers: { accept: "text/html" } });
  if (!pictures || !answer.ok) return keep(answer.url, answer);
  const html = await answer.text();
  const found = [...html.matchAll(/<img [^>]*?src="((?:https?:|\/image\/)[^"]+)"/g)].map(([, url]) => url.replaceAll("&amp;", "&"));
  // Of the sizes of a picture, one is kept.
  const page = new Response(html.replace(/ (srcset|sizes)="[^"]*"/g, ""), { headers: answer.headers });
  const isKept = await keep(answer.url, page);
  const user = isKept && (await whose());
  for (const url of user ? [...new Set(found)].slice(0, IMAGES_OF_PAGE_MAX) : []) await keepPicture(user, url);
  return isKept;
}

async function keepPicture(user, url) {
  const cache = await caches.open(`images-${user}`);
  if (await cache.match(url)) return;
  if (url.startsWith("/")) {
    const own = await fetch(url).catch(() => null);
    if (own?.ok) await put(cache, url, own, IMAGES_MAX).catch(() => {});
    return;
  }
  const plain = { credentials: "omit", referrerPolicy: "no-referrer" };
  // With the site's permission the picture's size is known; without, it is kept unseen.
  let answer = await fetch(url, { ...plain, mode: "cors" }).catch(() => null);
  if (answer && (!answer.ok || (await answer.clone().blob()).size > IMAGE_BYTES_MAX)) return;
  answer ??= await fetch(url, { ...plain, mode: "no-cors" }).catch(() => null);
  if (answer) await put(cache, url, answer, IMAGES_MAX).catch(() => {});
}
