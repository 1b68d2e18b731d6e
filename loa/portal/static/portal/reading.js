// Reading aloud and larger text. Use: <div data-tools hidden> with <button data-aloud="selector" data-stop="…" hidden>
// and <button data-larger>. Without a Vietnamese voice on the device nothing is offered; the text size is remembered.
const SIZES = ["", "large", "larger"];

function remembered(value) {
  try {
    if (value === undefined) return localStorage.getItem("loa-size") || "";
    localStorage.setItem("loa-size", value);
  } catch {
    // a browser that keeps nothing
  }
  return value || "";
}

function larger(button) {
  button.addEventListener("click", () => {
    const next = SIZES[(SIZES.indexOf(document.documentElement.dataset.size || "") + 1) % SIZES.length];
    document.documentElement.dataset.size = remembered(next);
  });
}

function sentences(place) {
  const words = [...place.querySelectorAll("h1, h2, h3, p, li")].filter((one) => !one.closest("footer, .no-print, .meta, [hidden]"));
  return words.map((one) => one.textContent.trim()).filter(Boolean);
}

function voiceFor(language) {
  return speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language));
}

function aloud(button) {
  if (!("speechSynthesis" in window)) return;
  const place = document.querySelector(button.dataset.aloud);
  const label = button.textContent;
  const offer = () => { button.hidden = !voiceFor(place.lang || "vi"); };
  const quiet = () => { button.textContent = label; button.removeAttribute("aria-pressed"); };
  button.addEventListener("click", () => {
    const reading = button.hasAttribute("aria-pressed");
    speechSynthesis.cancel();
    if (reading) return quiet();
    const parts = sentences(place).map((text) => {
      const part = new SpeechSynthesisUtterance(text);
      part.voice = voiceFor(place.lang || "vi");
      part.lang = part.voice.lang;
      return part;
    });
    parts[parts.length - 1].addEventListener("end", quiet);
    parts.forEach((part) => speechSynthesis.speak(part));
    button.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
    return undefined;
  });
  speechSynthesis.addEventListener("voiceschanged", offer);
  addEventListener("pagehide", () => speechSynthesis.cancel());
  offer();
}

document.documentElement.dataset.size = remembered();
document.querySelectorAll("[data-larger]").forEach(larger);
document.querySelectorAll("[data-aloud]").forEach(aloud);
document.querySelectorAll("[data-tools]").forEach((tools) => { tools.hidden = false; });
