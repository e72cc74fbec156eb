// Sheets that are not on the server yet stay on this phone, by person and interview, until the server has them.
// A save names the revision it builds on and a key of its own; keys whose answer got lost go along, so that
// a save that did arrive is not taken for that of another device.
const Sheets = (() => {
  const PLACE = 'srijan-sheet-', KEYS = 20, memory = {};
  let token = '';

  const name = (who, interview) => `${PLACE}${who}-${interview}`;
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

  const of = (who) => {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(`${PLACE}${who}-`)); } catch { return []; }
  };

  async function renew(url) {
    const answer = await fetch(url, { headers: { Accept: 'application/json' } });
    if (!isJson(answer)) return false;
    token = (await answer.json()).token;
    return true;
  }

  const isJson = (answer) => (answer.headers.get('Content-Type') || '').startsWith('application/json');

  function body(copy, who, interview) {
    const data = new URLSearchParams(copy.fields), times = copy.times || {};
    const rest = { do: copy.act, key: copy.key, former: (copy.tried || []).join(), revision: copy.base, who, interview, clock: Date.now() };
    for (const each in rest) data.set(each, rest[each]);
    for (const each in times) data.set(`t${each}`, times[each]);
    return data;
  }

  // {status, told}: what the server says; status 0 without a network, 401 when nobody is signed in.
  // After a new sign-in the token of an open page is old: a fresh one is fetched, and it goes on by itself.
  async function send(key, urls) {
    const copy = get(key), [who, interview] = key.slice(PLACE.length).split('-');
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
      if (now) put(key, { ...now, tried: [...(now.tried || []), copy.key].slice(-KEYS) });
      return { status: 0 };
    }
  }

  return { name, fresh, get, put, drop, of, send };
})();
