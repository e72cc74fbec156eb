// The list of a day: every sheet that is still on this phone is sent as soon as there is a network, not only the open one.
(() => {
  const line = document.getElementById('unsent');
  if (!line) return;
  const words = line.dataset, AGAIN = 8000;
  let busy = false;

  async function flush() {
    if (busy) return;
    busy = true;
    const { sent, left, words: said } = await Sheets.flush(words.who, words);
    busy = false;
    line.hidden = !left && !said;
    line.textContent = `${left ? words.left.replace('0', left) : ''} ${said}`;
    if (left && words.shell && Day.get(words.who)) {
      const there = document.createElement('a');
      there.href = words.shell;
      there.textContent = ` ${words.open}`;
      line.append(there);
    }
    if (sent && !left && !said) location.assign(words.home);
  }

  addEventListener('online', flush);
  document.addEventListener('visibilitychange', () => document.hidden || flush());
  setInterval(() => Sheets.of(words.who).length && flush(), AGAIN);
  flush();
})();
