// How far background work is, renewed every three seconds without loading the page anew; without this file the page loads itself.
(() => {
  "use strict";
  const AGAIN = 3000, state = document.getElementById("job");

  async function look() {
    let page = null;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.redirected) return location.reload();  // signed out meanwhile
      const [, main] = (await answer.text()).split("<main");  // the head's styles bear the nonce of another page
      if (answer.ok) page = new DOMParser().parseFromString(`<main${main}`, "text/html").getElementById("job");
    } catch { /* no network: the next look may have one */ }
    if (page && page.innerHTML !== state.innerHTML) state.replaceChildren(...page.childNodes);
    if (!page || page.dataset.goes) setTimeout(look, AGAIN);
  }

  if (state.dataset.goes) setTimeout(look, AGAIN);
})();
