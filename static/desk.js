// The desk without a mouse: ticks for a page, j k to walk, s w n t to decide, a pane beside the rows where there is room,
// and a line that says how many came in. All of it works without.
(() => {
  const form = document.getElementById("bulk"), pane = document.getElementById("pane"), wide = matchMedia("(min-width: 1100px)");
  const links = form ? [...form.querySelectorAll("[data-open]")] : [];
  let open = -1, asked = 0, told = [];

  if (form) {
    const ticks = [...form.querySelectorAll('input[name="ref"]')];
    const all = form.querySelector("[data-all]"), count = form.querySelector("[data-count]");
    const show = () => {
      const n = ticks.filter((tick) => tick.checked).length;
      count.textContent = n ? `(${n})` : "";
      all.checked = n === ticks.length;
      all.indeterminate = n > 0 && n < ticks.length;
    };
    all.addEventListener("change", () => { ticks.forEach((tick) => { tick.checked = all.checked; }); show(); });
    form.addEventListener("change", show);
    show();
  }

  const mark = (nth) => {
    links.forEach((link, at) => link.closest("tr").classList.toggle("open", at === nth));
    open = nth;
  };

  async function read(nth, then) {
    const url = new URL(links[nth].href), turn = ++asked;
    mark(nth);
    url.searchParams.set("part", "1");
    try {
      const answer = await fetch(url, { cache: "no-store" });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const text = await answer.text();
      if (turn !== asked) return;
      pane.innerHTML = text;
      pane.prepend(...told);
      pane.hidden = false;
      pane.scrollTop = 0;
      document.body.classList.add("reading");
      if (then) then();
    } catch { location.assign(links[nth].href); }
  }

  links.forEach((link, nth) => link.addEventListener("click", (event) => {
    if (!wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    read(nth);
  }));

  const press = (status) => {
    const button = document.querySelector(`#decide button[name="to"][value="${status}"]`);
    if (button) button.click();
  };
  const act = {
    s: () => press("SHORTLISTED"),
    w: () => press("WAITING"),
    n: () => {
      const part = document.getElementById("not-now");
      if (part) { part.open = true; part.querySelector("select").focus(); }
    },
    t: () => { const word = document.getElementById("tag-new"); if (word) word.focus(); },
  };
  const at = () => {
    const focused = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    return focused >= 0 ? focused : open;
  };
  const step = (by) => {
    if (!links.length) {
      const link = document.querySelector(`[data-key="${by > 0 ? "j" : "k"}"]`);
      if (link) link.click();
      return;
    }
    const next = Math.min(Math.max(at() + by, 0), links.length - 1);
    links[next].focus();
    if (wide.matches) read(next); else mark(next);
  };

  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input:not([type=checkbox]), textarea, select") || event.ctrlKey || event.altKey || event.metaKey) return;
    const keys = document.getElementById("keys");
    if (event.key === "?" && keys) { event.preventDefault(); if (!keys.open) keys.showModal(); return; }
    if (keys && keys.open) return;
    if (event.key === "j" || event.key === "k") { event.preventDefault(); step(event.key === "j" ? 1 : -1); }
    if (event.key === "x" && at() >= 0) form.querySelectorAll('input[name="ref"]')[at()].click();
    if (!act[event.key]) return;
    if (document.getElementById("decide") || document.getElementById("tags")) { event.preventDefault(); act[event.key](); }
    else if (at() >= 0 && wide.matches) { event.preventDefault(); read(at(), act[event.key]); }
  });

  const newer = document.getElementById("newer");
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(newer.dataset.url, { cache: "no-store" });
      if (!answer.ok) return;
      const { count, told } = await answer.json();
      newer.hidden = !count;
      newer.firstElementChild.textContent = told;
    } catch { /* the next look says it */ }
  };
  if (newer) setInterval(look, 60000);

  // After a decision beside the list: on to the next row, whether or not the decided one still is in this view,
  // with the way back at the top of the pane, since the one above the list is out of sight.
  const row = (id) => links.findIndex((link) => link.closest("tr").id === id);
  document.addEventListener("submit", (event) => {
    const next = links[open + 1] || links[open - 1];
    if (event.target.id === "decide" && next) sessionStorage.setItem("next-row", next.closest("tr").id);
  });
  const decided = location.hash.startsWith("#row-"), next = decided ? row(sessionStorage.getItem("next-row")) : -1;
  if (wide.matches && decided && links.length) {
    told = document.querySelectorAll("main > .say.undo, main > .say.success");
    const back = row(location.hash.slice(1));
    if (next >= 0 || back >= 0) read(next >= 0 ? next : Math.min(back + 1, links.length - 1));
  }
})();
