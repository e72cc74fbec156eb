// The desk without a mouse: ticks for a whole page, a count, and j k to walk the rows. All of it works without.
(() => {
  const form = document.getElementById("bulk");
  if (!form) return;
  const ticks = [...form.querySelectorAll('input[name="ref"]')];
  const all = form.querySelector("[data-all]");
  const count = form.querySelector("[data-count]");
  const show = () => {
    const n = ticks.filter((tick) => tick.checked).length;
    count.textContent = n ? `(${n})` : "";
    all.checked = n === ticks.length;
    all.indeterminate = n > 0 && n < ticks.length;
  };
  all.addEventListener("change", () => { ticks.forEach((tick) => { tick.checked = all.checked; }); show(); });
  form.addEventListener("change", show);
  const links = [...form.querySelectorAll("td a")];
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input:not([type=checkbox]), textarea, select") || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const step = { j: 1, k: -1 }[event.key];
    if (step) links[Math.min(Math.max(at + step, 0), links.length - 1)].focus();
    if (event.key === "x" && at >= 0) ticks[at].click();
  });
  show();
})();
