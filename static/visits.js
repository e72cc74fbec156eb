// Visits without a network: each is kept on the phone first, then sent, once; its key was made here. The list shows what waits.
// Without this file the same form sends itself; ``copies.js`` keeps the page.
(() => {
  "use strict";
  const form = document.getElementById("visits");
  if (!form) return;
  const words = form.dataset, list = document.getElementById("visits-waiting"), state = document.getElementById("visits-state");
  const place = "visits " + words.who, FIELDS = ["key", "unit", "on", "place", "met", "note"], AGAIN = 5000;
  const today = new Date().toLocaleDateString("en-CA"), { on, met, photo } = form.elements;  // en-CA: 2025-11-16
  let busy = false, taking = false, timer;

  // Nothing that somebody began to write is thrown away.
  const begun = () => photo.files.length || ["place", "note"].some((name) => form.elements[name].value.trim());

  const kept = () => JSON.parse(localStorage.getItem(place) || "[]");
  const keep = (visits) => visits.length ? localStorage.setItem(place, JSON.stringify(visits)) : localStorage.removeItem(place);
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(15)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  // A photo waits as text beside its visit, and becomes a file again when it goes.
  const asText = (file) => new Promise((done, failed) => {
    const reader = Object.assign(new FileReader(), { onload: () => done(reader.result), onerror: failed });
    reader.readAsDataURL(file);
  });
  const asFile = (text) => new File([Uint8Array.from(atob(text.split(",")[1]), (sign) => sign.charCodeAt(0))], "photo", { type: text.slice(5, text.indexOf(";")) });

  function say(text) {
    state.textContent = text;
    state.hidden = !text;
  }

  function show() {
    list.replaceChildren(...kept().map((visit) => {
      const card = document.createElement("li"), tag = document.createElement("span");
      card.className = "card";
      tag.className = visit.refused ? "tag bad" : "tag warn";
      tag.textContent = visit.refused || words.tag;
      card.append(Object.assign(document.createElement("b"), { textContent: visit.place }), ` ${visit.on.split("-").reverse().join(".")} · ${visit.met} `, tag);
      if (visit.photo) card.append(" ", Object.assign(new Image(96, 96), { src: visit.photo, className: "snap", alt: words.photo }));
      if (visit.refused) {
        const mend = Object.assign(document.createElement("button"), { type: "button", className: "btn sec small", textContent: words.mend });
        mend.addEventListener("click", () => again(visit));
        card.append(" ", mend);
      }
      return card;
    }));
  }

  // What was refused comes back into the form, where it can be corrected.
  function again(visit) {
    if (begun()) return form.elements.place.focus();
    for (const name of FIELDS.slice(1)) form.elements[name].value = visit[name];
    if (visit.photo) {
      const carrier = new DataTransfer();
      carrier.items.add(asFile(visit.photo));
      photo.files = carrier.files;
    }
    keep(kept().filter((one) => one.key !== visit.key));
    show();
    form.elements.place.focus();
  }

  form.addEventListener("submit", (event) => {
    const data = new FormData(form), visit = Object.fromEntries(FIELDS.map((name) => [name, `${data.get(name) ?? ""}`.trim()]));
    if (!visit.place || !form.checkValidity()) { // the server says what is missing, and the browser where there is none
      if (!navigator.onLine) { event.preventDefault(); form.reportValidity(); }
      return;
    }
    event.preventDefault();
    if (!taking) take(visit);
  });

  async function take(visit) {
    taking = true;
    try {
      await photo.ready;
      const shot = photo.files[0] && { photo: await asText(photo.files[0]) };
      keep([...kept(), { ...visit, ...shot, key: fresh() }]);
    } catch { // no room here: the form sends itself
      return navigator.onLine ? form.submit() : say(words.room);
    } finally {
      taking = false;
    }
    for (const name of ["place", "note", "photo"]) form.elements[name].value = "";
    form.querySelector("output")?.remove();
    met.value = "0";
    show();
    send();
  }

  async function send() {
    const visits = kept().filter((visit) => !visit.refused);
    if (busy || !visits.length) return;
    // One with a photo goes alone: what a bad network cuts off is sent again, and that is to be little.
    const going = visits[0].photo ? visits.slice(0, 1) : visits.filter((visit) => !visit.photo).slice(0, 50);
    const body = new FormData();
    body.append("visits", JSON.stringify({ visits: going.map((visit) => ({ ...visit, photo: undefined })) }));
    if (going[0].photo) body.append("photo", asFile(going[0].photo));
    busy = true;
    clearTimeout(timer);
    try {
      const answer = await fetch(words.sync, {
        method: "POST", credentials: "same-origin", redirect: "manual",
        headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
        body,
      });
      if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) return say(words.door);
      if (!answer.ok) throw new Error(answer.status);
      const told = new Map((await answer.json()).done.map((one) => [one.key, one.words]));
      keep(kept().filter((one) => told.get(one.key) !== "").map((one) => told.get(one.key) ? { ...one, refused: told.get(one.key) } : one));
      show();
      const written = [...told.values()].includes(""), more = kept().some((one) => !one.refused && !told.has(one.key));
      say(written ? words.done : "");
      if (written && !begun()) location.replace(location.pathname);
      else if (more) setTimeout(send);
    } catch {
      say(words.waits.replace("{count}", visits.length));
      timer = setTimeout(send, AGAIN);
    } finally {
      busy = false;
    }
  }

  if (on.value === words.today && today > words.today) on.value = today; // the page is a copy of another day
  show();
  send();
  addEventListener("online", send);
})();
