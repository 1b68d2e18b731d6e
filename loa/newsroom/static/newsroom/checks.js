// Live counts of the short edition, and the check of all texts when the writer pauses or asks for it.
// Use: a panel [data-checks="/address"] with data-counted, data-offline, a button [data-check-now] and a place
// [data-check-found]. It only ever reads the fields, so that typing in Telex or VNI is never disturbed.

const PAUSE = 2000;
const NAMES = ["title", "summary", "question", "short", "media_text"];
const SYLLABLE = /[\p{L}\p{N}]+(?:[.,:/'’-][\p{L}\p{N}]+)*/gu;
const END = /(?<=[.!?…])["”’)\]]*\s+|\n+/u;

function counts(text) {
  const lengths = text.split(END).map((sentence) => (sentence.match(SYLLABLE) || []).length).filter(Boolean);
  return {
    syllables: lengths.reduce((sum, length) => sum + length, 0),
    sentences: lengths.length,
    longest: Math.max(0, ...lengths),
  };
}

function deepText(form) {
  try {
    return JSON.parse(form.elements.deep.value).blocks.map((block) => block.text).join("\n");
  } catch {
    return "";
  }
}

function countLive(field, words) {
  const output = document.createElement("output");
  output.className = "help";
  const show = () => {
    const told = counts(field.value);
    output.value = words.replace(/{(\w+)}/g, (_, name) => told[name]);
  };
  field.after(output);
  field.addEventListener("input", show);
  show();
}

function start(panel) {
  const form = panel.closest("form") || document.querySelector("[data-edit-form]");
  const found = panel.querySelector("[data-check-found]");
  let timer = 0;
  let asking = null;
  let last = "";

  async function check(event) {
    const typed = new URLSearchParams(NAMES.map((name) => [name, form.elements[name]?.value || ""]));
    typed.set("deep", deepText(form));
    form.querySelectorAll("[name=facts]:checked").forEach((box) => typed.append("facts", box.value));
    if (!event && typed.toString() === last) return;
    last = typed.toString();
    typed.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(panel.dataset.checks, { method: "POST", body: typed, signal: asking.signal });
      if (answer.ok) found.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") found.textContent = panel.dataset.offline;
    }
  }

  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(check, PAUSE);
  });
  form.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  });
  panel.querySelector("[data-check-now]").addEventListener("click", check);
  if (form.elements.short) countLive(form.elements.short, panel.dataset.counted);
}

const panel = document.querySelector("[data-checks]");
if (panel) start(panel);
