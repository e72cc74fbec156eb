// What JavaScript adds to the form; every page works without it.
(() => {
  "use strict";
  const DAY = 864e5, SIDE = 1024, MOST = 12e4;

  // Unsent text stays on this phone for a day, until the step is saved. A shared phone can say no.
  const form = document.querySelector("form[data-keep]");
  const fields = () => [...form.elements].filter((e) => e.name && !/^(hidden|file|password|submit)$/.test(e.type));
  const store = (() => { try { return localStorage; } catch { return null; } })();
  if (form && store) {
    const key = "apply:" + form.dataset.keep, shared = store.getItem("apply:shared");
    const forget = () => Object.keys(store).filter((k) => k.startsWith("apply:") && k !== "apply:shared").forEach((k) => store.removeItem(k));
    Object.keys(store).forEach((k) => { try { if (k.startsWith("apply:") && JSON.parse(store[k]).at < Date.now() - DAY) store.removeItem(k); } catch { store.removeItem(k); } });
    const untouched = fields().every((e) => e.type === "checkbox" || e.type === "radio" ? e.checked === e.defaultChecked : !e.value);
    const kept = JSON.parse(store.getItem(key) || "null");
    if (kept && untouched && !document.querySelector(".err-sum"))
      fields().forEach((e) => { const v = kept.v[e.name]; if (v !== undefined) { if (e.type === "checkbox") e.checked = v; else if (e.type === "radio") e.checked = e.value === v; else e.value = v; } });
    const keep = () => {
      const v = {};
      fields().forEach((e) => { if (e.type === "checkbox") v[e.name] = e.checked; else if (e.type !== "radio" || e.checked) v[e.name] = e.value; });
      try { store.setItem(key, JSON.stringify({ at: Date.now(), v })); } catch { /* full or forbidden: the server keeps each step */ }
    };
    if (!shared) form.addEventListener("input", keep);
    form.addEventListener("submit", () => store.removeItem(key));
    const other = document.querySelector("[data-someone-else]");
    if (other && !shared) {
      other.hidden = false;
      other.addEventListener("click", () => { forget(); store.setItem("apply:shared", JSON.stringify({ at: Date.now() })); form.removeEventListener("input", keep); other.hidden = true; });
    }
  }

  // A photo is made small before it travels: 3 MB become about 100 KB.
  const file = document.querySelector("input[type=file]");
  if (file && window.createImageBitmap && window.DataTransfer) file.addEventListener("change", async () => {
    const big = file.files[0];
    if (!big || big.size <= MOST || !/^image\//.test(big.type)) return;
    try {
      const image = await createImageBitmap(big, { imageOrientation: "from-image" });
      const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale); canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      for (const quality of [0.85, 0.7, 0.55, 0.4]) {
        const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
        if (small && (small.size <= MOST || quality === 0.4)) {
          const carrier = new DataTransfer();
          carrier.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
          file.files = carrier.files;
          const said = document.createElement("output");
          said.className = "cap"; said.textContent = Math.round(small.size / 1024) + " KB";
          file.parentNode.querySelector("output")?.remove(); file.after(said);
          return;
        }
      }
    } catch { /* the server takes up to 8 MB as it is */ }
  });

  // Places appear while one types; one question at a time.
  const box = document.querySelector("[data-search]"), found = document.getElementById("found");
  if (box && found) {
    let waiting, running = false, last = box.value.trim();
    const ask = async () => {
      const text = box.value.trim();
      if (running || text === last || text.length < 2) return;
      running = true; last = text;
      try {
        const answer = await fetch(box.dataset.search + "?" + new URLSearchParams({ q: text, within: box.dataset.within }));
        if (answer.ok) { found.innerHTML = await answer.text(); document.querySelector("#place p").hidden = !found.querySelector("input"); }
      } catch { /* the button asks the server */ }
      running = false; ask();
    };
    box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 300); });
  }

  // Words are counted while one writes; the button says that it works.
  document.querySelectorAll("textarea[data-words]").forEach((area) => {
    const said = document.createElement("output");
    said.className = "cap"; area.after(said);
    const count = () => { said.textContent = (area.value.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c\u200d'’-]*/gu) || []).length + " / " + area.dataset.words; };
    area.addEventListener("input", count); count();
  });
  const once = document.querySelector("form[data-once]");
  if (once) once.addEventListener("submit", () => { const b = once.querySelector("button"); b.textContent = once.dataset.once; b.setAttribute("aria-live", "polite"); });
  document.querySelector(".err-sum")?.focus();
})();
