// Renews the wall every five seconds; an unchanged board costs an empty answer. Says openly when the network is gone.
(() => {
  const part = document.getElementById('part'), old = document.getElementById('old'), at = document.getElementById('at');
  const { part: url, old: words } = document.body.dataset;
  let tag = '', calls = tokens();
  if (navigator.wakeLock) navigator.wakeLock.request('screen').catch(() => {});

  function tokens() {
    return [...part.querySelectorAll('.room.fresh b')].map((place) => place.textContent).join();
  }

  function chime() {
    try {
      const sound = new AudioContext(), tone = sound.createOscillator(), loud = sound.createGain();
      tone.frequency.value = 880;
      loud.gain.setValueAtTime(.2, sound.currentTime);
      loud.gain.exponentialRampToValueAtTime(.001, sound.currentTime + .8);
      tone.connect(loud).connect(sound.destination);
      tone.start();
      tone.stop(sound.currentTime + .8);
    } catch { /* no sound on this screen */ }
  }

  async function look() {
    try {
      const answer = await fetch(url, { headers: tag ? { 'If-None-Match': tag } : {}, cache: 'no-store' });
      if (answer.status === 404) return location.reload();
      if (answer.status === 200) {
        tag = answer.headers.get('ETag') || '';
        part.innerHTML = await answer.text();
        if (tokens() && tokens() !== calls) chime();
        calls = tokens();
      } else if (answer.status !== 304) throw new Error(answer.status);
      old.hidden = true;
      at.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: 'numeric', minute: '2-digit' });
    } catch {
      old.textContent = `${words} ${at.textContent}`;
      old.hidden = false;
    }
  }
  setInterval(look, 5000);
})();
