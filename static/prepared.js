// A prepared day without a network: the list, the word on conflicts before a name opens, and the card. It builds the
// page from what the phone keeps, and leaves only the part that is needed; then score.js wakes on the card as ever.
(() => {
  const page = document.getElementById('prepared');
  if (!page) return;
  const words = page.dataset, who = words.who, day = Day.get(who);
  const at = location.pathname.match(/\/(\d+-\d+-\d+)\/(\d+)\/$/), asked = new URLSearchParams(location.search).get('i');
  const part = (name) => document.getElementById(name);
  const kept = (card) => Sheets.get(Sheets.name(who, card.interview));
  const title = (card) => (card.token ? `${words.token} ${card.token}` : card.time || '–');
  const card = day && day.cards.find((one) => (at ? day.date === at[1] && `${one.token}` === at[2] : `${one.interview}` === asked));

  function only(name) {
    for (const one of page.querySelectorAll(':scope > section')) {
      if (one.id === name) one.hidden = false;
      else one.remove();
    }
  }

  function standing(one) {
    const copy = kept(one);
    if (one.known || (copy && copy.act === 'conflict')) return words.known;
    if (one.done) return words.done;
    if (copy) return copy.act === 'save' ? words.begun : words.waits;
    return one.free ? words.begun : words.fresh;
  }

  function row(one) {
    const opens = !one.done && !one.known, line = document.createElement(opens ? 'a' : 'p');
    const text = document.createElement('span'), small = document.createElement('small');
    line.className = 'opt';
    if (opens) line.href = `${words.here}?i=${one.interview}`;
    text.textContent = [title(one), one.token && one.time, one.free && one.name].filter(Boolean).join(' · ');
    small.textContent = standing(one);
    text.append(small);
    line.append(text);
    return line;
  }

  function list() {
    only('list');
    part('cards').append(...[...day.cards].sort((one, other) => one.done - other.done).map(row));
  }

  // Said here without a network, kept, and sent before any mark.
  function declare() {
    only('declare');
    part('asked').textContent = title(card);
    part('asked-where').textContent = card.where;
    part('bond').innerHTML = card.bond;
    part('free').addEventListener('click', () => {
      Day.change(card.interview, { free: true });
      Sheets.put(Sheets.name(who, card.interview), { ...begun(), act: 'save', free: Date.now() });
      location.reload();
    });
    part('conflict').addEventListener('submit', known);
  }

  const begun = () => ({ at: Date.now(), key: Sheets.fresh(), tried: [], times: {}, base: `${card.revision}`, fields: [] });

  function known(event) {
    event.preventDefault();
    Day.change(card.interview, { known: true });
    const fields = [['reason', new FormData(event.target).get('reason')]];
    Sheets.put(Sheets.name(who, card.interview), { ...begun(), act: 'conflict', fields });
    location.assign(words.here);
  }

  function open() {
    only('open');
    const form = part('sheet'), head = Day.head(card.interview);
    part('head').innerHTML = head || '<h1></h1>';
    if (!head) part('head').firstChild.textContent = title(card);
    part('opened').textContent = `${title(card)} · ${card.where}`;
    part('marks').innerHTML = day.sheets[card.drive];
    form.elements.interview.value = card.interview;
    form.elements.revision.value = card.revision;
    for (const [name, value] of card.fields) if (form.elements[name]) form.elements[name].value = value;
    part('conflict-too').addEventListener('submit', known);
  }

  if (!day) only('none');
  else if (!card || card.done || card.known) list();
  else if (card.free || kept(card)) open();
  else declare();
})();
