// Pages that stay on this phone for times without a network: asked for here, forgotten when their person signs out, at the door,
// and when somebody else has come. Without this file nothing is kept.
(() => {
  "use strict";
  if (!self.caches || !navigator.serviceWorker) return;
  const { worker, forget } = document.currentScript.dataset, workers = navigator.serviceWorker;
  const wipe = async () => { for (const name of await caches.keys()) if (name.startsWith("desk ")) await caches.delete(name); };

  async function keep() {
    const came = Boolean(workers.controller) && forget === undefined;  // then this very page was kept while it came
    const taken = new Promise((done) => workers.controller ? done() : workers.addEventListener("controllerchange", done, { once: true }));
    await workers.register(worker);
    await taken;
    if (!came) await fetch(location.pathname);
  }

  addEventListener("submit", async (event) => {
    if (!/\/logout\/$/.test(event.target.action)) return;
    if (event.defaultPrevented) return wipe();  // sheets.js forgets too, and sends the form
    event.preventDefault();
    await wipe().catch(() => {});
    event.target.submit();
  });
  // On a copy, what needs the server waits for it, and a page that is kept too can be gone to; signing out goes on.
  if (document.querySelector("[data-copy=still]:not([hidden])")) {
    document.querySelectorAll("main button").forEach((button) => { button.disabled = true; });
    document.querySelectorAll("[data-kept]").forEach(async (link) => { link.hidden = !await caches.match(link.pathname); });
  }
  Promise.resolve(forget === undefined || wipe()).then(() => worker && keep()).catch(() => { /* no worker, no copy: the page works all the same */ });
})();
