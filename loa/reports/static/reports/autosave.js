// Saves what is typed in a form by itself, only the fields that changed. Use: <form data-autosave data-saving data-saved
// data-unsaved> with an <output>. Without JavaScript the form's own button saves.
const WAIT = 2500;

function autosave(form) {
  const dirty = new Set();
  const output = form.querySelector("output");
  let timer;

  const say = (text) => { if (output) output.value = text; };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(() => save(), wait); };

  async function save({ leaving = false } = {}) {
    if (!dirty.size) return;
    const sent = [...dirty];
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    sent.forEach((name) => body.append(name, form.elements[name].value));
    dirty.clear();
    say(form.dataset.saving);
    try {
      const answer = await fetch(form.action, { method: "POST", body, keepalive: leaving, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const { saved } = await answer.json();
      say(`${form.dataset.saved} ${saved}`);
    } catch {
      sent.forEach((name) => dirty.add(name));
      say(form.dataset.unsaved);
      later(4 * WAIT);
    }
  }

  form.addEventListener("input", ({ target }) => {
    if (!target.name || target.closest("[aria-labelledby='hand-in']")) return;
    dirty.add(target.name);
    later(WAIT);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); dirty.clear(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save({ leaving: true }); });
}

document.querySelectorAll("form[data-autosave]").forEach(autosave);
