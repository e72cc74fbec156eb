// What JavaScript adds to the form; every page works without it.
(() => {
  "use strict";
  const DAY = 864e5;

  // Unsent text stays on this phone for a day, until the server has the step. A shared phone can say no.
  const form = document.querySelector("form[data-keep]"), last = document.querySelector("form[data-once]");
  const safe = (get) => { try { return get(); } catch { return null; } };
  const store = safe(() => localStorage), visit = safe(() => sessionStorage), FLAG = "apply:shared";
  const fields = () => [...form.elements].filter((e) => e.name && !/^(hidden|file|password|submit|button)$/.test(e.type) && !e.closest("[data-trap]"));
  const box = (e) => e.type === "checkbox" || e.type === "radio";
  const forget = () => Object.keys(store).filter((k) => k.startsWith("apply:") && k !== FLAG).forEach((k) => store.removeItem(k));
  if (store && visit) {
    Object.keys(store).filter((k) => k.startsWith("apply:")).forEach((k) => { if (!(safe(() => JSON.parse(store[k]).at) > Date.now() - DAY)) store.removeItem(k); });
    // The page after the one that was sent: its words have arrived. The same page again: they have not.
    const sent = safe(() => JSON.parse(visit["apply:sent"]));
    visit.removeItem("apply:sent");
    if (sent && sent.key !== "apply:" + form?.dataset.keep && document.referrer.split("?")[0] === sent.from) store.removeItem(sent.key);
    if (document.querySelector("[data-forgets]")) forget(); // too young: nothing stays here either
    addEventListener("pageshow", (e) => { if (e.persisted) visit.removeItem("apply:sent"); });
  }
  if (form && store && visit) {
    const key = "apply:" + form.dataset.keep, opened = form.elements.opened?.value;
    const kept = safe(() => JSON.parse(store[key]));
    const untouched = () => fields().every((e) => box(e) ? e.checked === e.defaultChecked : !e.value);
    if (kept && kept.opened !== opened) store.removeItem(key); // saved meanwhile, here or on another phone
    else if (kept && !document.querySelector(".err-sum") && (opened || untouched())) {
      form.closest("details")?.setAttribute("open", "");
      fields().forEach((e) => {
        const v = kept.v[e.name];
        if (e.type === "radio") e.checked = e.value === v;
        else if (e.type === "checkbox") e.checked = [].concat(v ?? []).includes(e.value);
        else if (e.type === "select-multiple") [...e.options].forEach((o) => { o.selected = [].concat(v ?? []).includes(o.value); });
        else if (v !== undefined) e.value = v;
      });
    }
    const keep = () => {
      const v = {};
      fields().forEach((e) => {
        if (e.type === "checkbox") { v[e.name] ??= []; if (e.checked) v[e.name].push(e.value); }
        else if (e.type === "select-multiple") v[e.name] = [...e.selectedOptions].map((o) => o.value);
        else if (e.type !== "radio" || e.checked) v[e.name] = e.value;
      });
      safe(() => store.setItem(key, JSON.stringify({ at: Date.now(), opened, v }))); // full or forbidden: the server keeps each step
    };
    if (!store[FLAG]) form.addEventListener("input", keep);
    form.addEventListener("submit", () => visit.setItem("apply:sent", JSON.stringify({ key, from: location.href.split("?")[0] })));
    const other = document.querySelector("[data-someone-else]");
    if (other && !store[FLAG]) {
      other.hidden = false;
      other.addEventListener("click", () => { forget(); store.setItem(FLAG, JSON.stringify({ at: Date.now() })); form.removeEventListener("input", keep); other.hidden = true; });
    }
  }
  if (store) document.querySelectorAll("form[data-forget]").forEach((f) => f.addEventListener("submit", forget));
  if (last && store) last.addEventListener("submit", (e) => { if (!e.defaultPrevented) forget(); });

  // Without a network nothing is sent into the void: the page stays, says so, and sends by itself later.
  const bar = document.querySelector("[data-offline]");
  let waiting;
  if (bar) document.addEventListener("submit", (e) => {
    if (navigator.onLine) return;
    e.preventDefault(); e.stopImmediatePropagation();
    bar.hidden = false; waiting = [e.target, e.submitter];
  }, true);
  addEventListener("online", () => { if (bar) bar.hidden = true; if (waiting) waiting[0].requestSubmit(waiting[1]); });
  addEventListener("offline", () => { if (bar) bar.hidden = false; });

  // A question that another one opens is shown when it is open. The server asks no more than that.
  const open = (e) => {
    const of = [...document.getElementsByName(e.dataset.when)], own = of.some((o) => o.dataset.when) ? open(of.find((o) => o.dataset.when)) : true;
    return own && of.some((o) => (box(o) ? o.checked : true) && o.value === e.dataset.is);
  };
  const asked = [...document.querySelectorAll("[data-when]")];
  const shape = () => asked.forEach((e) => { e.closest("fieldset,.field").hidden = !open(e); });
  if (asked.length) { shape(); document.addEventListener("input", shape); }

  // Places appear while one types; one question at a time.
  const find = document.querySelector("[data-search]"), found = document.getElementById("found");
  if (find && found) {
    let typing, running = false, was = find.value.trim();
    const ask = async () => {
      const text = find.value.trim();
      if (running || text === was || text.length < 2) return;
      running = true; was = text;
      try {
        const answer = await fetch(find.dataset.search + "?" + new URLSearchParams({ q: text, within: find.dataset.within }));
        if (answer.ok) { found.innerHTML = await answer.text(); document.querySelector("#place > p").hidden = !found.querySelector("input"); }
      } catch { /* the button asks the server */ }
      running = false; ask();
    };
    find.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(ask, 300); });
  }

  // Words are counted while one writes; the button says that it works.
  const sign = String.raw`(?:\p{N}[.,:/](?=\p{N})|[\p{L}\p{M}\p{N}\u200c\u200d])+`; // no lookbehind: older phones stop at it
  const word = new RegExp(String.raw`[\p{L}\p{M}\p{N}_]+://\S+|(?=[\p{L}\p{N}])${sign}(?:[-\u2010\u2011'’]${sign})*`, "gu"); // as portal/names.py
  document.querySelectorAll("textarea[data-words]").forEach((area) => {
    const said = document.createElement("output");
    said.className = "cap"; area.after(said);
    const count = () => { said.textContent = (area.value.replace(/[0-9#*]\ufe0f?\u20e3/g, " ").match(word) || []).length + " / " + area.dataset.words; };
    area.addEventListener("input", count); count();
  });
  if (last) last.addEventListener("submit", () => { const b = last.querySelector("button:not([type])"); b.textContent = last.dataset.once; b.setAttribute("aria-live", "polite"); });
  document.querySelector(".err-sum")?.focus();
})();
