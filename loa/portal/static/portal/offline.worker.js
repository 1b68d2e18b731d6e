// Keeps the first page and the last stories read, for times without a line. Only what is marked public is kept: never
// anything of one person. With a line the network always answers; a story that was taken back is forgotten, and one
// that was corrected is kept anew, as soon as the telephone hears of it: when it is opened or at the daily look.
const PAGES = "loa-pages-1";
const DRESS = "loa-dress-1";
const STORIES = 30;
const DAILY = 24 * 60 * 60 * 1000;
const OFFLINE = "/ngoai-tuyen/";
const ASKED_ANEW = { cache: "no-cache" }; // the browser's own memory may be older than what is kept here
const isPage = (url) => url.pathname === "/" || /^\/tin\/[^/]+\/$/.test(url.pathname);
const isGone = (answer) => answer.status === 404 || answer.status === 410;
const isSame = (answer, known) => answer.headers.get("ETag") === known?.headers.get("ETag");
const isPublic = (answer) => answer.ok && (answer.headers.get("Cache-Control") || "").includes("public");

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(PAGES).then((kept) => kept.add(OFFLINE)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOtherVersions().then(() => self.clients.claim()));
});

async function forgetOtherVersions() {
  const names = (await caches.keys()).filter((name) => name !== PAGES && name !== DRESS);
  await Promise.all(names.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(dress(event.request));
});

async function page(request, url) {
  const kept = await caches.open(PAGES);
  const key = url.pathname;
  try {
    const answer = await fetch(request, ASKED_ANEW);
    if (isPage(url) && isGone(answer)) await kept.delete(key);
    if (isPage(url) && !url.search && isPublic(answer)) await keep(kept, key, answer.clone());
    lookDaily(kept);
    return answer;
  } catch {
    return (isPage(url) && (await kept.match(key))) || kept.match(OFFLINE);
  }
}

async function keep(kept, key, answer) {
  await kept.delete(key); // so that the order is that of reading
  await kept.put(key, answer);
  const stories = (await kept.keys()).filter((one) => new URL(one.url).pathname.startsWith("/tin/"));
  await Promise.all(stories.slice(0, -STORIES).map((one) => kept.delete(one)));
}

async function dress(request) {
  const kept = await caches.open(DRESS);
  try {
    const answer = await fetch(request);
    if (answer.ok) await kept.put(request, answer.clone());
    return answer;
  } catch (failure) {
    const found = await kept.match(request);
    if (found) return found;
    throw failure;
  }
}

let looked = 0;

async function lookDaily(kept) {
  if (Date.now() - looked < DAILY) return;
  looked = Date.now();
  for (const one of await kept.keys()) {
    try {
      const answer = await fetch(one.url, { method: "HEAD", cache: "no-store" });
      if (isGone(answer)) await kept.delete(one);
      if (!isPublic(answer) || isSame(answer, await kept.match(one))) continue;
      const fresh = await fetch(one.url, ASKED_ANEW);
      if (isPublic(fresh)) await kept.put(one, fresh);
    } catch {
      return; // no line: another time
    }
  }
}
