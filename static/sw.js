// The pass: the applicant's own page and interview page, or the page of who comes to a training, stay readable without a network.
// Network first; the server says of each answer whether it may be kept ("X-Pass: keep").
"use strict";
const PASS = "pass ", OURS = /\/(a\/[^/]+\/(interview\/)?|r\/[^/]+\/)$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const ours = event.request.method === "GET" && url.origin === location.origin && OURS.test(url.pathname);
  if (ours && !url.searchParams.has("k")) event.respondWith(answer(event.request, url.origin + url.pathname));
});

// Each page has a store of its own, opened before it is asked for: one that is forgotten meanwhile cannot come back with a late answer.
async function answer(request, page) {
  const pass = await caches.open(PASS + page), kept = await pass.match(page);
  let fresh;
  try { fresh = await fetch(request); } catch (gone) { if (kept) return old(kept); throw gone; }
  if (kept && fresh.status >= 500) return old(kept);
  if (fresh.headers.get("X-Pass") === "keep") await pass.put(page, fresh.clone());
  else for (const name of await caches.keys()) if (name.startsWith(PASS + page)) await caches.delete(name);
  return fresh;
}

// The copy says of itself that it is one, and of when.
async function old(kept) {
  const text = (await kept.text()).replace("hidden data-copy", "data-copy");
  return new Response(text, { status: 200, headers: kept.headers });
}
