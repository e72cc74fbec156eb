// Words of a notice: the phone shows what is written, and a value is put in by a tap. Without it the button does the same.
(function () {
  "use strict";
  const form = document.getElementById("words"), seen = document.getElementById("seen");
  if (!form || !seen) return;
  const text = form.elements.text;
  let waits, asked = 0;

  async function show() {
    const mine = ++asked;
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const page = await answer.text();
      if (mine === asked) seen.innerHTML = page;
    } catch { /* no network: the button is still there */ }
  }

  form.addEventListener("input", function () {
    clearTimeout(waits);
    waits = setTimeout(show, 400);
  });

  for (const chip of document.querySelectorAll("#chips > *")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn sec small";
    button.textContent = chip.textContent;
    button.addEventListener("click", function () {
      text.setRangeText(button.textContent, text.selectionStart, text.selectionEnd, "end");
      text.focus();
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
    chip.replaceWith(button);
  }
})();
