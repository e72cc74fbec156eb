// Marks through a lost network: each tap is kept on the phone first and seen at once, then sent, in order and once.
// Without this file the same buttons send forms.
(() => {
  "use strict";
  const list = document.getElementById("marks");
  if (!list) return;
  const words = list.dataset, state = document.getElementById("marks-state"), came = document.getElementById("came");
  const place = "marks " + words.place, AGAIN = 4000, AT_ONCE = 100;
  let busy = false, timer;

  const kept = () => JSON.parse(localStorage.getItem(place) || "[]");
  const keep = (presses) => presses.length ? localStorage.setItem(place, JSON.stringify(presses)) : localStorage.removeItem(place);
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  function say(text) {
    state.textContent = text;
    state.hidden = !text;
  }

  // What was tapped is seen at once; where it was refused, it is taken back here too.
  function show(what) {
    const [act, pk] = what.split(":"), row = document.getElementById("e" + pk), isHere = act === "mark";
    if (!row || row.classList.contains("done") === isHere) return;
    row.classList.toggle("done", isHere);
    const now = document.getElementById(isHere ? "came-now" : "not-yet").content.cloneNode(true);
    now.querySelector(".sr").textContent = " " + row.querySelector("b").textContent;
    row.querySelector("[data-state]").replaceWith(now);
    came.textContent = Number(came.textContent) + (isHere ? 1 : -1);
  }

  list.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || button.name !== "action") return;
    const press = { key: fresh(), do: `${button.value}:${event.target.elements.enrolment.value}`, at: Date.now() };
    try { keep([...kept(), press]); } catch { return; } // no room here: the form sends itself
    event.preventDefault();
    show(press.do);
    event.target.querySelector("[name=action]").focus();
    send();
  });

  async function send() {
    const presses = kept().slice(0, AT_ONCE);
    if (busy || !presses.length) return;
    busy = true;
    clearTimeout(timer);
    try {
      const answer = await fetch(words.sync, {
        method: "POST", credentials: "same-origin", redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": list.querySelector("[name=csrfmiddlewaretoken]").value },
        body: JSON.stringify({ presses }),
      });
      if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) return say(words.door);
      if (!answer.ok) throw new Error(answer.status);
      const told = new Map((await answer.json()).done.map((one) => [one.key, one.words]));
      for (const press of presses.filter((one) => told.get(one.key))) show(press.do.replace(/^mark|^unmark/, (act) => act === "mark" ? "unmark" : "mark"));
      keep(kept().filter((press) => !told.has(press.key)));
      const said = [...told.values()].filter(Boolean).join(" · ");
      say(said || (state.hidden ? "" : words.sent));
      if (kept().length) setTimeout(send);
    } catch {
      say(words.waits.replace("{count}", kept().length));
      timer = setTimeout(send, AGAIN);
    } finally {
      busy = false;
    }
  }

  kept().forEach((press) => show(press.do));
  send();
  addEventListener("online", send);
  if (navigator.serviceWorker) navigator.serviceWorker.register(words.worker).catch(() => { /* the page works without */ });
})();
