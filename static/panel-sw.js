// The panel's pages without a network: where a day was prepared, one page stands in for all of them and shows what the
// phone keeps. Nothing else is kept here; without a prepared day this worker only passes on.
"use strict";
const ROOT = new URL(self.registration.scope).pathname, DAY = "day " + self.registration.scope, SHELL = ROOT + "prepared/";
const PAGE = 8000, PART = 2000; // milliseconds for which a slow network is waited for

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname.startsWith(ROOT)) event.respondWith(page(request, url.pathname));
  else if (["style", "script"].includes(request.destination)) event.respondWith(part(request));
});

async function find(what) {
  return await caches.has(DAY) ? (await caches.open(DAY)).match(what, { ignoreVary: true }) : undefined;
}

const within = (answer, time) => Promise.race([answer, new Promise((_, no) => setTimeout(no, time))]);

async function page(request, path) {
  const shell = await find(SHELL);
  if (!shell) return fetch(request);
  if (path === SHELL) return shell;
  try {
    const fresh = await within(fetch(request), PAGE);
    if (fresh.status < 500) return fresh;
  } catch { /* no network, or none that answers */ }
  return shell;
}

async function part(request) {
  const kept = await find(request.url);
  return kept ? within(fetch(request), PART).catch(() => kept) : fetch(request);
}
