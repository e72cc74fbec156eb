// The day's page: every sheet that is still on this phone is sent as soon as there is a network, not only the open one.
(() => {
  const line = document.getElementById('unsent');
  if (!line) return;
  const words = line.dataset, AGAIN = 8000;
  let busy = false;

  async function flush() {
    if (busy) return;
    busy = true;
    let last = '';
    for (const key of Sheets.of(words.who)) {
      const { status, told } = await Sheets.send(key, { send: words.send, token: words.token });
      if (status === 200 || (status === 410 && told.same)) Sheets.drop(key);
      else last = (told && told.words) || (status === 401 ? words.login : words.local);
      if (status === 0 || status === 401) break;
    }
    busy = false;
    const left = Sheets.of(words.who).length;
    line.hidden = !left;
    line.textContent = left ? `${words.left.replace('0', left)} ${last}` : '';
  }

  addEventListener('online', flush);
  document.addEventListener('visibilitychange', () => document.hidden || flush());
  setInterval(() => Sheets.of(words.who).length && flush(), AGAIN);
  flush();
})();
