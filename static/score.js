// Scoring on a bad network: every change is kept on the phone first, then sent; a sheet is handed in exactly once.
// A save names the revision it builds on and a key of its own; keys whose answer got lost go along, so that
// a save that did arrive is not taken for that of another device.
(() => {
  const form = document.getElementById('sheet');
  if (!form) return;
  const state = document.getElementById('state'), words = form.dataset, place = 'srijan-sheet-' + words.id;
  const SOON = 300, AGAIN = 4000, KEYS = 20;
  let copy = held(), base = copy ? copy.base : form.elements.revision.value, busy = false, timer, retry;

  function held() {
    try { return JSON.parse(localStorage.getItem(place)); } catch { return null; }
  }

  function hold(changes) {
    copy = { fields: fields(), act: 'save', key: fresh(), tried: [], base, ...copy, ...changes };
    try { localStorage.setItem(place, JSON.stringify(copy)); } catch { /* a private window keeps it in memory only */ }
  }

  function drop() {
    copy = null;
    localStorage.removeItem(place);
  }

  function fields() {
    const ours = ['csrfmiddlewaretoken', 'revision'];
    return [...new FormData(form)].filter(([name]) => !ours.includes(name));
  }

  const fresh = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('').slice(0, 32);

  function say(text, kind = '') {
    state.textContent = text;
    state.className = 'saved ' + kind;
  }

  // The anchor of the chosen mark stands under the buttons.
  function show(set) {
    const chosen = set.querySelector('.marks input:checked'), line = set.querySelector('.anc');
    const anchor = chosen && set.querySelector(`dd[data-mark="${chosen.value}"]`);
    line.hidden = !anchor;
    line.textContent = anchor ? `${chosen.value} – ${anchor.textContent}` : '';
  }

  function fill(saved) {
    for (const [name, value] of saved) if (form.elements[name]) form.elements[name].value = value;
  }

  function later(text) {
    say(text, 'local');
    clearTimeout(retry);
    retry = setTimeout(send, AGAIN);
  }

  async function send() {
    if (busy || !copy) return;
    const sent = copy;
    busy = true;
    const data = new URLSearchParams(sent.fields);
    const former = sent.tried.join(), token = form.elements.csrfmiddlewaretoken.value;
    const rest = { do: sent.act, key: sent.key, former, revision: base, csrfmiddlewaretoken: token };
    for (const name in rest) data.set(name, rest[name]);
    try {
      const answer = await fetch(location.href, { method: 'POST', body: data, headers: { Accept: 'application/json' } });
      const json = (answer.headers.get('Content-Type') || '').startsWith('application/json');
      if (json) settle(answer.status, await answer.json(), sent);
      else later(answer.redirected || answer.status === 403 ? words.login : words.local);
    } catch {
      if (copy) hold({ tried: [...copy.tried, sent.key].slice(-KEYS) });
      later(copy && copy.act === 'submit' ? words.waits : words.local);
    } finally {
      busy = false;
    }
    if (copy && copy.key !== sent.key) send();
  }

  function settle(status, told, sent) {
    if (status === 200) {
      base = told.revision;
      if (copy && copy.key === sent.key) drop();
      else hold({ base, tried: [] });
      if (told.next) location.assign(told.next);
      else say(`${words.saved} ${told.saved}`);
    } else if (status === 409 && !confirm(words.other)) {
      base = told.revision;
      hold({ base, tried: [], key: fresh() });
    } else if (status === 409) {
      drop();
      location.reload();
    } else if (status === 422) {
      hold({ act: 'save', key: fresh() });
      mark(told);
    } else {
      drop();
      location.assign(told.next || location.href);
    }
  }

  function mark(told) {
    for (const set of form.querySelectorAll('.sc')) set.classList.toggle('bad', told.missing.includes(+set.dataset.criterion));
    form.elements.note.closest('.field').classList.toggle('bad', told.note);
    const first = form.querySelector('.bad');
    if (first) first.querySelector('input, textarea').focus();
    setTimeout(() => say(words.missing, 'wrong'), SOON * 2);
  }

  form.addEventListener('input', (event) => {
    const set = event.target.closest('.sc');
    if (set) {
      show(set);
      set.classList.remove('bad');
    }
    clearTimeout(timer);
    hold({ fields: fields(), key: fresh() });
    timer = setTimeout(send, SOON);
  });

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const act = event.submitter && event.submitter.value === 'submit' ? 'submit' : 'save';
    hold({ fields: fields(), act, key: fresh() });
    await send();
    if (act === 'save' && !copy) location.assign('../../');
  });

  addEventListener('online', send);
  document.addEventListener('visibilitychange', () => document.hidden || send());
  if (copy) fill(copy.fields);
  form.querySelectorAll('.sc').forEach(show);
  send();
})();
