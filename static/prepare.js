// A day is prepared on this phone, kept fresh as long as there is a network, and wiped when it is closed.
(() => {
  const { who } = document.getElementById('unsent').dataset, box = document.getElementById('prepare');
  if (!box && Day.get(who)) Day.wipe();
  if (!box || !self.caches || !navigator.serviceWorker) return;
  const says = box.dataset, state = box.querySelector('[role=status]'), FRESH = 2 * 60 * 1000;
  const days = [...box.querySelectorAll('button')];

  // The page that stands in without a network, with all it is made of.
  async function shell() {
    const worker = await navigator.serviceWorker.register(says.worker);
    await navigator.serviceWorker.ready;
    const answer = await fetch(says.shell, { cache: 'reload' });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const named = (await answer.clone().text()).matchAll(/<(?:link rel="stylesheet" href|script src)="([^"]+)"/g);
    const cache = await caches.open(`day ${worker.scope}`);
    await cache.addAll([...new Set([...named].map((one) => one[1]))].map((one) => new Request(one, { cache: 'reload' })));
    await cache.put(says.shell, answer);
  }

  async function prepare(url) {
    const answer = await fetch(url, { headers: { Accept: 'application/json' } });
    if (!(answer.headers.get('Content-Type') || '').startsWith('application/json')) throw new Error('door');
    if (!answer.ok) return Day.wipe();
    const told = await answer.json();
    await shell();
    Day.put(told);
  }

  function show(failed) {
    const day = Day.get(who), ready = day && !day.wiped;
    box.hidden = false;
    box.querySelector('a').hidden = !day;
    if (failed) state.textContent = says.failed;
    else if (ready) {
      const clock = new Date(day.made).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hour12: false });
      state.textContent = `${says.kept.replace('{all}', day.cards.length).replace('{kept}', Day.ready(day))} · ${clock}`;
    } else state.textContent = says.why;
  }

  async function run(button) {
    days.forEach((one) => { one.disabled = true; });
    state.textContent = says.runs;
    let failed = false;
    try { await prepare(button.value); } catch { failed = true; }
    days.forEach((one) => { one.disabled = false; });
    show(failed);
  }

  days.forEach((one) => one.addEventListener('click', () => run(one)));
  const day = Day.get(who), still = day && days.find((one) => one.dataset.date === day.date);
  if (day && !day.wiped && !still) Day.wipe();
  show(false);
  if (still && !day.wiped && Date.now() - day.made > FRESH) run(still);
})();
