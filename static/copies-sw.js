// One page stays readable without a network, with what it is made of: a list of the desk, of a door, of visits, an own home.
// Network first; the server says of each answer whether it may be kept ("X-Desk: keep"). ``copies.js`` forgets it.
"use strict";
const DESK = "desk " + self.registration.scope, PAGE = new URL(self.registration.scope).pathname;
const PARTS = /<(?:link rel="stylesheet" href|script src)="([^"]+)"/g, LONGEST = 30 * 864e5;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname === PAGE) event.respondWith(page(event));
  else if (["style", "script"].includes(request.destination)) event.respondWith(part(request));
});

async function page(event) {
  const desk = await caches.open(DESK), { request } = event;
  let fresh;
  try { fresh = await fetch(request); } catch (gone) {
    const kept = await desk.match(PAGE);
    if (kept && Date.now() - Date.parse(kept.headers.get("Date")) < LONGEST) return old(kept);
    throw gone;
  }
  if (fresh.headers.get("X-Desk") === "keep") {
    if (!new URL(request.url).search) {
      await desk.put(PAGE, fresh.clone());
      event.waitUntil(fresh.clone().text().then((text) => parts(desk, text)));
    }
  } else if (fresh.status < 500) await caches.delete(DESK);
  return fresh;
}

// The copy says of itself that it is one, and of when.
async function old(kept) {
  return new Response((await kept.text()).replace("hidden data-copy", "data-copy"), { status: 200, headers: kept.headers });
}

// The first time the page came before this worker, and its parts with it.
async function parts(desk, text) {
  for (const [, part] of text.matchAll(PARTS)) if (!await desk.match(part)) await desk.add(part).catch(() => {});
}

async function part(request) {
  const desk = await caches.open(DESK);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await desk.put(request, fresh.clone());
    return fresh;
  } catch (gone) {
    const kept = await desk.match(request);
    if (kept) return kept;
    throw gone;
  }
}
