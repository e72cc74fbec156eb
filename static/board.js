// Renews the wall every five seconds; an unchanged board costs an empty answer. Says openly when the network is gone.
(() => {
  "use strict";
  const part = document.getElementById("part"), old = document.getElementById("old"), at = document.getElementById("at");
  const button = document.getElementById("sound"), language = document.documentElement.lang;
  const { part: url, old: words } = document.body.dataset;
  let tag = "", heard = new Set(calls().map(([call]) => call)), sound = null;

  // A screen that slept lets the lock go: it is asked for whenever the page is seen again.
  function stayAwake() {
    if (navigator.wakeLock && document.visibilityState === "visible") navigator.wakeLock.request("screen").catch(() => {});
  }
  stayAwake();
  document.addEventListener("visibilitychange", stayAwake);

  // Browsers are silent until somebody touched the page once.
  try { sound = new AudioContext(); } catch { /* no sound on this screen */ }
  if (sound) button.hidden = sound.state === "running";
  button.addEventListener("click", () => sound.resume().then(() => { button.hidden = true; chime(); }));

  function calls() {
    return [...part.querySelectorAll("[data-call]")].map((room) => [room.dataset.call, room.dataset.say]);
  }

  function chime() {
    if (!sound || sound.state !== "running") return;
    const tone = sound.createOscillator(), loud = sound.createGain();
    tone.frequency.value = 880;
    loud.gain.setValueAtTime(.2, sound.currentTime);
    loud.gain.exponentialRampToValueAtTime(.001, sound.currentTime + .8);
    tone.connect(loud).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + .8);
  }

  // Aloud only with a voice of the page's language: a foreign voice reads Hindi as noise.
  function say(text) {
    const speech = window.speechSynthesis, voice = speech && speech.getVoices().find((one) => one.lang.replace("_", "-").startsWith(`${language}-IN`));
    if (!voice) return;
    const told = new SpeechSynthesisUtterance(text);
    told.voice = voice;
    told.lang = voice.lang;
    told.rate = .9;
    speech.speak(told);
  }

  function announce() {
    const now = calls(), fresh = now.filter(([call]) => !heard.has(call));
    heard = new Set(now.map(([call]) => call));
    if (fresh.length) chime();
    fresh.forEach(([, text]) => say(text));
  }

  async function look() {
    try {
      const answer = await fetch(url, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
      if (answer.status === 404) return location.reload();
      if (answer.status === 200) {
        tag = answer.headers.get("ETag") || "";
        part.innerHTML = await answer.text();
        announce();
      } else if (answer.status !== 304) throw new Error(answer.status);
      old.hidden = true;
      at.textContent = new Date().toLocaleTimeString(language, { hour: "numeric", minute: "2-digit" });
    } catch {
      old.textContent = `${words} ${at.textContent}`;
      old.hidden = false;
    }
  }
  setInterval(look, 5000);
})();
