// "I have read it" without a network: kept on this page and sent when there is one. Without this file the button just sends.
(() => {
  "use strict";
  const form = document.querySelector("[data-ack]"), button = form && form.querySelector("button");
  if (!button) return;
  const body = () => { const all = new FormData(form); all.set(button.name, button.value); return all; };
  let waits = false;

  async function send() {
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: body() });
      if (answer.ok) location.reload();
    } catch {  // no network: the next try may have one
      form.querySelector("[data-kept]").hidden = false;
      if (!waits) setInterval(send, 15000);
      waits = true;
    }
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); button.disabled = true; send(); });
  addEventListener("online", () => waits && send());
})();
