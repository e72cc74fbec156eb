// Renews the code at the door; hides it when it is too old to count. Without this file the page renews itself.
(() => {
  "use strict";
  const door = document.getElementById("door"), lost = document.getElementById("door-lost");
  if (!door) return;
  const AGAIN = 15000, WORN = 90000;
  let last = Date.now();

  function stayAwake() {
    if (navigator.wakeLock && document.visibilityState === "visible") navigator.wakeLock.request("screen").catch(() => {});
  }
  stayAwake();
  document.addEventListener("visibilitychange", stayAwake);

  async function look() {
    try {
      const answer = await fetch(location.href, { cache: "no-store", redirect: "manual" });
      if (answer.type === "opaqueredirect") return location.reload();
      if (!answer.ok) throw new Error(answer.status);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("door");
      door.replaceChildren(...fresh.childNodes);
      last = Date.now();
      lost.hidden = true;
    } catch {
      if (Date.now() - last < WORN) return;
      const code = door.querySelector(".qr");
      if (code) code.hidden = true;
      lost.hidden = false;
    }
  }
  setInterval(look, AGAIN);
})();
