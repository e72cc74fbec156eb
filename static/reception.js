// The desk through a lost network: each press is kept on the device first, then sent, in order and once.
// Without this file the same buttons send forms. Also reads QR codes where the device can.
(() => {
  "use strict";
  const desk = document.getElementById("desk");
  if (!desk) return;
  const words = desk.dataset, state = document.getElementById("desk-state"), place = "desk " + words.place;
  const OURS = ["check_in", "next", "again", "finish", "skip"], AGAIN = 4000;
  let busy = false, timer;

  const kept = () => JSON.parse(localStorage.getItem(place) || "[]");
  const keep = (presses) => presses.length ? localStorage.setItem(place, JSON.stringify(presses)) : localStorage.removeItem(place);
  const fresh = () => crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  function say(text) {
    state.textContent = text;
    state.hidden = !text;
  }

  document.addEventListener("submit", (event) => {
    const button = event.submitter, [verb] = (button && button.name === "do" ? button.value : "").split(":");
    if (!OURS.includes(verb)) return;
    event.preventDefault();
    const at = Date.now(), press = { key: fresh(), do: spelled(button.value), at };
    keep([...kept(), press]);
    document.querySelectorAll("[name=do]").forEach((one) => { one.disabled = true; });
    send(() => { show(press.do); document.querySelectorAll("[name=do]").forEach((one) => { one.disabled = false; }); });
  });

  // A call names whom this desk calls: the first of the line as it stands here.
  function spelled(what) {
    const [verb, panel, inside] = what.split(":");
    if (verb !== "next") return what;
    const first = document.querySelector(`[data-panel="${panel}"] .waits [data-pk]`);
    return first ? `${what}:${first.dataset.pk}` : inside ? `finish:${inside}` : what;
  }

  async function send(lost = () => {}) {
    const presses = kept();
    if (busy || !presses.length) return;
    busy = true;
    clearTimeout(timer);
    try {
      const answer = await fetch(words.sync, {
        method: "POST", credentials: "same-origin", redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": desk.querySelector("[name=csrfmiddlewaretoken]").value },
        body: JSON.stringify({ presses }),
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        busy = false;
        return say(words.door);
      }
      if (!answer.ok && answer.status < 500) {
        keep([]);
        return location.reload();
      }
      if (!answer.ok) throw new Error(answer.status);
      const { done } = await answer.json(), keys = new Set(done.map((one) => one.key));
      keep(kept().filter((press) => !keys.has(press.key)));
      sessionStorage.setItem(place, done.map((one) => one.words).filter(Boolean).join(" · "));
      location.replace(location.pathname);
    } catch {
      busy = false;
      lost();
      say(words.lost.replace("{count}", kept().length));
      timer = setTimeout(send, AGAIN);
    }
  }

  // What was pressed is seen at once; the number comes from the server alone.
  function show(what) {
    const [verb, key, inside, who] = what.split(":");
    if (verb === "check_in") {
      document.querySelectorAll(`[name=do][value="check_in:${key}"]`).forEach((button) => {
        const tag = document.createElement("span");
        tag.className = "tag info";
        tag.textContent = words.follows;
        button.replaceWith(tag);
      });
    } else if (verb === "next") goesIn(document.querySelector(`[data-panel="${key}"]`), key, who);
    else if (verb !== "again") document.querySelectorAll(`[name=do][value$=":${key}"]`).forEach((button) => { button.hidden = true; });
  }

  function goesIn(line, panel, who) {
    const row = who && line.querySelector(`.waits [data-pk="${who}"]`), big = line.querySelector(".token-big");
    if (!row) return;
    const now = big || line.insertBefore(Object.assign(document.createElement("p"), { className: "token-big" }), line.querySelector(".acts, .btn"));
    now.replaceChildren(Object.assign(document.createElement("b"), { textContent: row.dataset.token }), ` ${row.dataset.name}`);
    row.remove();
    const button = line.querySelector('[name=do][value^="next:"]');
    button.value = `next:${panel}:${who}`;
    button.textContent = words.next;
    line.querySelectorAll('[name=do]:not([value^="next:"])').forEach((one) => { one.hidden = true; });
  }

  kept().forEach((press) => show(press.do));
  const told = sessionStorage.getItem(place);
  if (told) say(told);
  sessionStorage.removeItem(place);
  if (words.closed) keep([]);
  else if (kept().length) send();
  addEventListener("online", () => send());
  if (navigator.serviceWorker && words.worker) navigator.serviceWorker.register(words.worker).catch(() => { /* the page works without */ });

  // --- the code on the applicant's phone, by camera ---
  const scan = document.getElementById("scan");
  if (!scan || !window.BarcodeDetector || !navigator.mediaDevices) return;
  scan.hidden = false;
  scan.addEventListener("click", async () => {
    const film = document.getElementById("film"), reads = new BarcodeDetector({ formats: ["qr_code"] });
    try { film.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }); } catch { return; }
    film.hidden = false;
    await film.play();
    const look = setInterval(async () => {
      const [code] = await reads.detect(film).catch(() => []);
      const found = code && /\/i\/([^/?#]+)\/?$/.exec(code.rawValue);
      if (!found) return;
      clearInterval(look);
      film.srcObject.getTracks().forEach((track) => track.stop());
      location.assign(`?q=${encodeURIComponent(found[1])}`);
    }, 300);
  });
})();
