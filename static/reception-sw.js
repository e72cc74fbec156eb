// The desk's list stays readable without a network: this one page and what it is made of, until the day closes.
// Network first; the server says of each answer whether it may be kept ("X-Desk: keep").
"use strict";
const DESK = "desk " + self.registration.scope, PAGE = new URL(self.registration.scope).pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname === PAGE) event.respondWith(page(request));
  else if (["style", "script"].includes(request.destination)) event.respondWith(part(request));
});

async function page(request) {
  const desk = await caches.open(DESK);
  let fresh;
  try { fresh = await fetch(request); } catch (gone) {
    const kept = await desk.match(PAGE);
    if (kept) return kept;
    throw gone;
  }
  if (fresh.headers.get("X-Desk") === "keep") {
    if (!new URL(request.url).search) await desk.put(PAGE, fresh.clone());
  } else if (fresh.status < 500) await caches.delete(DESK);
  return fresh;
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
