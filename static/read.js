// Reading without a mouse: 1–5 and 0 for each criterion in turn, Enter saves, S skips. All of it works without.
(() => {
  const form = document.getElementById("read");
  if (!form) return;
  const sets = [...form.querySelectorAll("fieldset.rate")];
  const done = (set) => set.querySelector("input:checked");
  const current = () => sets.find((set) => set.contains(document.activeElement)) || sets.find((set) => !done(set)) || sets[0];
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("textarea, a, button, input:not([type=radio])") || event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^[0-5]$/.test(event.key)) {
      const set = current();
      const box = set && set.querySelector(`input[value="${event.key === "0" ? "none" : event.key}"]`);
      if (!box || box.disabled) return;
      box.checked = true;
      const next = sets.find((other) => !done(other)) || set;
      next.querySelector("input:checked, input").focus();
      next.scrollIntoView({ block: "nearest" });
      event.preventDefault();
    }
    const act = { Enter: "save", s: "skip", S: "skip" }[event.key];
    const button = act && form.querySelector(`button[value=${act}]`);
    if (button) { event.preventDefault(); button.click(); }
  });
})();
