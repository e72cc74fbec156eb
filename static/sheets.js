// What a panel member's phone keeps. Two things, by person: the sheets that are not on the server yet, until the server
// has them; and a prepared day, until the day closes, the person signs out, or 24 hours are over. Loaded twice, it is one.

// A save names the revision it builds on and a key of its own; keys whose answer got lost go along, so that
// a save that did arrive is not taken for that of another device.
self.Sheets ??= (() => {
  const PLACE = 'srijan-sheet-', KEYS = 20, memory = {};
  let token = '';

  const name = (who, interview) => `${PLACE}${who}-${interview}`;
  const told = (key) => key.slice(PLACE.length).split('-');
  const fresh = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('').slice(0, 32);

  function get(key) {
    try { return JSON.parse(localStorage.getItem(key)) || memory[key] || null; } catch { return memory[key] || null; }
  }

  function put(key, copy) {
    memory[key] = copy;  // a private window keeps it in memory only
    try { localStorage.setItem(key, JSON.stringify(copy)); } catch { /* see above */ }
  }

  function drop(key) {
    delete memory[key];
    try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
  }

  // In the order in which they were begun.
  function of(who) {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${PLACE}${who}-`));
      return keys.sort((one, other) => (get(one).at || 0) - (get(other).at || 0));
    } catch { return []; }
  }

  async function renew(url) {
    const answer = await fetch(url, { headers: { Accept: 'application/json' } });
    if (!isJson(answer)) return false;
    token = (await answer.json()).token;
    return true;
  }

  const isJson = (answer) => (answer.headers.get('Content-Type') || '').startsWith('application/json');

  // ``free``: when the person said, to the phone alone, to be free of conflict. The server notes that first.
  function body(copy, who, interview) {
    const data = new URLSearchParams(copy.fields), times = copy.times || {};
    const rest = { do: copy.act, key: copy.key, former: (copy.tried || []).join(), revision: copy.base, who, interview, clock: Date.now() };
    for (const each in rest) data.set(each, rest[each]);
    for (const each in times) data.set(`t${each}`, times[each]);
    if (copy.free) data.set('free', copy.free);
    return data;
  }

  // {status, told}: what the server says; status 0 without a network, 401 when nobody is signed in.
  // After a new sign-in the token of an open page is old: a fresh one is fetched, and it goes on by itself.
  async function send(key, urls) {
    const copy = get(key), [who, interview] = told(key);
    if (!copy) return { status: 204 };
    try {
      for (const last of [false, true]) {
        if ((!token || last) && !(await renew(urls.token))) return { status: 401 };
        const headers = { Accept: 'application/json', 'X-CSRFToken': token };
        const answer = await fetch(urls.send, { method: 'POST', body: body(copy, who, interview), headers });
        if (isJson(answer)) return { status: answer.status, told: await answer.json() };
      }
      return { status: 401 };
    } catch {
      const now = get(key);
      if (now) put(key, { ...now, tried: [...(now.tried || []).filter((one) => one !== copy.key), copy.key].slice(-KEYS) });
      return { status: 0 };
    }
  }

  // All of them one after the other, but the one that is open (``skip``): {sent, left, words}.
  async function flush(who, urls, skip = '') {
    let sent = 0, words = '';
    for (const key of of(who)) {
      if (key === skip) continue;
      const copy = get(key), { status, told: said } = await send(key, urls), now = get(key), same = now && now.key === copy.key;
      if (status === 200 || status === 409 || (status === 410 && said.same)) {
        if (status === 200) Day.sent(told(key)[1], copy, said);
        if (same) drop(key);
        sent += 1;
        words = said.words || words;
      } else if (status === 422 && same) {
        put(key, { ...now, act: 'save', key: fresh() });
        words = urls.missing;
      } else words = (said && said.words) || (status === 401 ? urls.login : urls.local);
      if (status === 423) Day.wipe();
      if (status === 0 || status === 401) break;
    }
    return { sent, left: of(who).filter((key) => key !== skip).length, words };
  }

  return { name, fresh, get, put, drop, of, flush, send };
})();

// A list, and beside it of each person what the card shows ("head"), so that a change writes little.
self.Day ??= (() => {
  const PLACE = 'srijan-day';

  const read = () => {
    try { return JSON.parse(localStorage.getItem(PLACE)); } catch { return null; }
  };
  const write = (day) => localStorage.setItem(PLACE, JSON.stringify(day));
  const unsent = (day, card) => Sheets.get(Sheets.name(day.who, card.interview));
  const head = (interview) => localStorage.getItem(`${PLACE}-${interview}`) || '';

  // The prepared day of this person, or what is left of it; null without one.
  function get(who) {
    let day = read();
    const over = day && (day.wiped ? !day.cards.some((card) => unsent(day, card)) : Date.now() > day.until);
    if (over || (day && `${day.who}` !== `${who}`)) {
      wipe();
      day = read();
    }
    return day && `${day.who}` === `${who}` ? day : null;
  }

  function put(told) {
    forget();
    const { cards, ...rest } = told, now = Date.now();
    try {
      for (const card of cards) if (card.head) localStorage.setItem(`${PLACE}-${card.interview}`, card.head);
      write({ ...rest, made: now, until: now + told.for, cards: cards.map((card) => ({ ...card, head: '' })) });
    } catch (full) {
      forget();
      throw full;
    }
  }

  // How many can be opened without a network, or need not be.
  const ready = (day) => day.cards.filter((card) => card.done || card.known || head(card.interview)).length;

  function change(interview, values) {
    const day = read(), card = day && day.cards.find((one) => `${one.interview}` === `${interview}`);
    if (!card) return;
    Object.assign(card, values);
    if (card.done || card.known) {
      card.name = '';
      localStorage.removeItem(`${PLACE}-${interview}`);
    }
    write(day);
  }

  // The server has it: what is opened next without a network begins there.
  function sent(interview, copy, told) {
    if (copy.act === 'conflict') change(interview, { known: true });
    else change(interview, copy.act === 'save' ? { revision: told.revision, fields: told.fields || copy.fields } : { done: true });
  }

  function forget() {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PLACE)) localStorage.removeItem(key);
  }

  // Nobody's name stays; marks that the server does not have yet do, under the token, until it has them.
  function wipe() {
    const day = read(), bare = (card) => ({ ...card, name: '', bond: '', free: true });
    try { forget(); } catch { return Promise.resolve(); }
    const cards = day ? day.cards.filter((card) => unsent(day, card)).map(bare) : [];
    if (cards.length) write({ ...day, cards, wiped: true });
    if (cards.length || !self.caches) return Promise.resolve();
    return caches.keys().then((names) => Promise.all(names.filter((one) => one.startsWith('day ')).map((one) => caches.delete(one))));
  }

  // Who signs out leaves no names behind.
  addEventListener('submit', async (event) => {
    if (!/\/logout\/$/.test(event.target.action) || !read()) return;
    event.preventDefault();
    await wipe();
    event.target.submit();
  });

  return { get, put, ready, change, sent, head, wipe };
})();
