// Keeps the applicant's own pages for a day without a network, where the server allows it; and prints.
(() => {
  "use strict";
  const print = document.querySelector("[data-print]"), pass = document.querySelector("[data-pass]");
  if (print) { print.hidden = false; print.addEventListener("click", () => window.print()); }
  const worker = pass && navigator.serviceWorker;
  if (!worker) return;
  const came = Boolean(worker.controller);  // then this very page was kept while it came
  const taken = new Promise((done) => came ? done() : worker.addEventListener("controllerchange", done, { once: true }));
  worker.register(pass.dataset.pass).then(() => taken).then(() => {
    pass.dataset.pages.split(" ").filter((page) => page && !(came && page === location.pathname)).forEach((page) => fetch(page).catch(() => {}));
  }).catch(() => { /* no worker, no pass: the page itself works all the same */ });
})();
