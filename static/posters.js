// The studio's preview follows the form; without this file the button "Show" does the same.
(() => {
  "use strict";
  const form = document.getElementById("design");
  const preview = document.getElementById("preview");
  const EXTRA = ["event", "photo"]; // templates with fields of their own: the page brings them
  const NO_DESIGN = ["csrfmiddlewaretoken", "photo"];
  let waiting;

  const show = () => {
    const words = new FormData(form);
    NO_DESIGN.forEach((name) => words.delete(name));
    const asked = new URLSearchParams(words).toString();
    preview.src = `${preview.dataset.src}?${asked}`;
    preview.classList.remove("gone");
    for (const link of document.querySelectorAll("a[data-design]")) {
      const way = link.href.split("?");
      link.href = `${way[0]}?${way[1].includes("download=1") ? "download=1&" : ""}${asked}`;
    }
    for (const other of document.querySelectorAll("form[data-design]")) {
      other.action = `${other.getAttribute("action").split("?")[0]}?${asked}`;
    }
  };

  if (form && preview) {
    let template = form.elements.template.value;
    preview.addEventListener("error", () => { if (!preview.classList.contains("gone")) form.requestSubmit(); }); // the page says why
    form.addEventListener("input", (event) => {
      clearTimeout(waiting);
      const brings = event.target.name === "template" && [template, event.target.value].some((name) => EXTRA.includes(name));
      if (brings || event.target.type === "file") {
        form.requestSubmit();
        return;
      }
      template = form.elements.template.value;
      waiting = setTimeout(show, 400);
    });
  }

  for (const button of document.querySelectorAll("button[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      button.textContent = button.dataset.done;
    });
  }
})();
