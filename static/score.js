// The card: every change is kept on the phone first, then sent; a sheet is handed in exactly once.
// What the server refuses stays on the phone, with words what to do.
(() => {
  const form = document.getElementById('sheet');
  if (!form) return;
  const state = document.getElementById('state'), words = form.dataset, place = Sheets.name(form.elements.who.value, form.elements.interview.value);
  const SOON = 300, AGAIN = 4000, SLOW = 60000, still = Boolean(words.still);
  let copy = Sheets.get(place), base = copy && copy.base !== undefined ? copy.base : form.elements.revision.value, busy = false, timer, retry;

  function hold(changes) {
    copy = { act: 'save', at: Date.now(), key: Sheets.fresh(), tried: [], times: {}, ...Sheets.get(place), base, ...changes };
    copy.fields = copy.fields || fields();
    Sheets.put(place, copy);
  }

  function drop() {
    copy = null;
    Sheets.drop(place);
  }

  function fields() {
    const ours = ['csrfmiddlewaretoken', 'revision', 'who', 'interview'];
    return [...new FormData(form)].filter(([name]) => !ours.includes(name));
  }

  function say(text, kind = '', link = '') {
    state.textContent = text;
    state.className = 'saved ' + kind;
    if (!link) return;
    const to = document.createElement('a');
    to.href = link;
    to.textContent = ' ›';
    to.setAttribute('aria-label', text);
    state.append(to);
  }

  // The anchor of the chosen mark stands under the buttons.
  function show(set) {
    const chosen = set.querySelector('.marks input:checked'), line = set.querySelector('.anc');
    const anchor = chosen && set.querySelector(`dd[data-mark="${chosen.value}"]`);
    line.hidden = !anchor;
    line.textContent = anchor ? `${chosen.value} – ${anchor.textContent}` : '';
  }

  function fill(saved, but = {}) {
    for (const [name, value] of saved) {
      if (form.elements[name] && !(name in but) && !(name.slice(1) in but)) form.elements[name].value = value;
    }
    form.querySelectorAll('.sc').forEach(show);
  }

  function later(text, wait = AGAIN, link = '') {
    say(text, 'local', link);
    clearTimeout(retry);
    retry = setTimeout(send, wait);
  }

  async function send() {
    if (busy || !copy || still) return;
    const sent = copy;
    busy = true;
    const { status, told } = await Sheets.send(place, { send: words.send, token: words.token });
    busy = false;
    copy = Sheets.get(place);
    settle(status, told, sent);
    if (copy && copy.key !== sent.key) send();
  }

  function settle(status, told, sent) {
    const same = copy && copy.key === sent.key;
    if (status === 200) Day.sent(form.elements.interview.value, sent, told);
    if (status === 200 || status === 409) {
      base = told.revision;
      if (told.fields) fill(told.fields, same ? {} : copy.times);
      if (same) drop();
      else hold({ tried: [] });
      if (told.next) location.assign(told.next);
      else if (told.words) say(told.words, status === 409 ? 'wrong' : '');
      else say(`${words.saved} ${told.saved}`);
    } else if (status === 422) {
      if (same) hold({ act: 'save', key: Sheets.fresh() });
      mark(told);
    } else if (status === 423) {
      if (same) hold({ act: 'save' });
      late(told);
    } else if (status === 410) {
      if (told.same) drop();
      if (told.same) location.assign(told.next);
      else say(told.words, 'wrong', told.next);
    } else if (status === 401) {
      later(words.login, AGAIN, `/login/?next=${encodeURIComponent(location.pathname + location.search)}`);
    } else if (status === 403) {
      later(told.words, SLOW);
      state.classList.add('wrong');
    } else {
      alone();
    }
  }

  // Without a network the phone itself looks whether anything is missing, then the next person may come.
  function alone() {
    if (!copy || copy.act !== 'submit') return later(words.local);
    const lacks = lacking();
    if (lacks.missing.length || lacks.note) {
      hold({ act: 'save', key: Sheets.fresh() });
      return mark(lacks);
    }
    later(words.waits);
    if (words.onward) location.assign(words.onward);
  }

  function lacking() {
    const sets = [...form.querySelectorAll('.sc')], chosen = sets.map((set) => set.querySelector('.marks input:checked, input[value="none"]:checked'));
    const none = (set) => !set.querySelector('input[type="text"]').value.trim();
    const missing = sets.filter((set, at) => !chosen[at] || (chosen[at].value === 'none' && none(set)));
    const telling = chosen.some((one) => one && ['1', '5'].includes(one.value));
    return { missing: missing.map((set) => +set.dataset.criterion), note: telling && !form.elements.note.value.trim() };
  }

  // The day was closed meanwhile: names go, the marks stay here, a reason hands them in.
  function late(told) {
    Day.wipe();
    const box = document.getElementById('lateness'), hand = document.getElementById('hand');
    say(told.words, 'wrong');
    if (hand) hand.hidden = true;
    if (box && told.late) box.hidden = false;
  }

  function mark(told) {
    for (const set of form.querySelectorAll('.sc')) set.classList.toggle('bad', told.missing.includes(+set.dataset.criterion));
    form.elements.note.closest('.field').classList.toggle('bad', told.note);
    const first = form.querySelector('.bad');
    if (first) first.querySelector('input, textarea').focus();
    setTimeout(() => say(words.missing, 'wrong'), SOON * 2);
  }

  form.addEventListener('input', (event) => {
    const set = event.target.closest('.sc'), times = { ...(copy && copy.times) };
    if (still) return set && show(set);
    if (set) {
      show(set);
      set.classList.remove('bad');
      times[set.dataset.criterion] = Date.now();
    } else if (event.target.name === 'note') {
      times.note = Date.now();
    }
    clearTimeout(timer);
    hold({ fields: fields(), times, key: Sheets.fresh() });
    timer = setTimeout(send, SOON);
  });

  form.addEventListener('submit', async (event) => {
    if (still) return;
    event.preventDefault();
    clearTimeout(timer);
    const act = event.submitter ? event.submitter.value : 'submit';
    hold({ fields: fields(), act, key: Sheets.fresh() });
    await send();
    if (act === 'save' && (!copy || words.onward)) location.assign(words.onward || '../../');
  });

  // 1 to 5 for the criterion in hand, then on to the next; Ctrl+Enter hands in.
  form.addEventListener('keydown', (event) => {
    const button = form.querySelector('button[value="submit"]'), set = event.target.closest('.sc');
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && button && !still) {
      event.preventDefault();
      form.requestSubmit(button);
    } else if (set && event.target.type === 'radio' && '12345'.includes(event.key)) {
      const chosen = set.querySelector(`.marks input[value="${event.key}"]`), next = set.nextElementSibling;
      chosen.checked = true;
      chosen.focus();
      chosen.dispatchEvent(new Event('input', { bubbles: true }));
      const to = next && next.querySelector('.marks input, textarea');
      if (to) to.focus();
    }
  });

  // The minutes left, by the server's clock.
  const left = document.getElementById('left');
  if (left) {
    const ahead = Date.parse(left.dataset.now) - Date.now();
    const tick = () => {
      const minutes = Math.ceil((Date.parse(left.dataset.ends) - Date.now() - ahead) / 60000);
      left.textContent = minutes > 0 ? `${minutes} ${words.minutes}` : words.over;
    };
    tick();
    setInterval(tick, 15000);
  }

  // What waits from others goes first.
  const catchUp = async () => {
    await Sheets.flush(form.elements.who.value, words, place);
    send();
  };
  addEventListener('online', catchUp);
  document.addEventListener('visibilitychange', () => document.hidden || send());
  // Marks that were chosen before this script had come over a slow line.
  const touched = (set) => [...set.querySelectorAll('input[type="radio"]')].some((each) => each.checked !== each.defaultChecked);
  const early = Object.fromEntries([...form.querySelectorAll('.sc')].filter(touched).map((set) => [set.dataset.criterion, Date.now()]));
  if (copy) fill(copy.fields, early);
  if (!still && Object.keys(early).length) hold({ fields: fields(), times: { ...(copy && copy.times), ...early }, key: Sheets.fresh() });
  form.querySelectorAll('.sc').forEach(show);
  catchUp();
})();
