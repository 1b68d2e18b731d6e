// Finds facts while somebody types, puts what is ticked among the chosen ones, and inserts a value where one writes.
// Use: a panel [data-facts="/address/0/"], where 0 stands for the unit that is chosen in the form, with
// [data-facts-asked], [data-facts-found] and [data-facts-chosen]; each fact
// is a [data-fact] with a checkbox and a button [data-insert="value"].

const PAUSE = 300;
let writing = null;

function insert(value) {
  if (!writing?.isConnected) return;
  writing.focus();
  if (writing.isContentEditable) {
    document.execCommand("insertText", false, value);
    return;
  }
  writing.setRangeText(value, writing.selectionStart, writing.selectionEnd, "end");
  writing.dispatchEvent(new Event("input", { bubbles: true }));
}

function start(panel) {
  const form = panel.closest("form") || document.querySelector("[data-edit-form]");
  const asked = panel.querySelector("[data-facts-asked]");
  const found = panel.querySelector("[data-facts-found]");
  const chosen = panel.querySelector("[data-facts-chosen]");
  let timer = 0;
  let asking = null;

  const keys = () => new Set([...chosen.querySelectorAll("[name=facts]")].map((box) => box.value));

  async function find() {
    asking?.abort();
    asking = new AbortController();
    const address = panel.dataset.facts.replace(/0\/$/, `${form.elements.unit?.value || 0}/`);
    try {
      const answer = await fetch(`${address}?${new URLSearchParams({ q: asked.value })}`, { signal: asking.signal });
      if (!answer.ok) return;
      found.innerHTML = await answer.text();
      const there = keys();
      found.querySelectorAll("[name=facts]").forEach((box) => {
        if (there.has(box.value)) box.closest("[data-fact]").remove();
      });
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  const later = (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(find, PAUSE);
  };
  asked.addEventListener("input", later);
  asked.addEventListener("compositionend", later);
  asked.addEventListener("focus", find, { once: true });
  asked.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    find();
  });
  found.addEventListener("change", (event) => {
    if (!event.target.checked) return;
    const shown = Object.assign(document.createElement("input"), {
      type: "hidden", name: "facts-shown", value: event.target.value,
    });
    const fact = event.target.closest("[data-fact]");
    fact.append(shown);
    chosen.append(fact);
    event.target.focus();
  });
  panel.addEventListener("mousedown", (event) => {
    if (event.target.closest("[data-insert]")) event.preventDefault(); // the place in the text stays
  });
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    const box = button.closest("[data-fact]").querySelector("[name=facts]");
    if (!box.checked) box.click();
    insert(button.dataset.insert);
  });
  form.addEventListener("focusin", (event) => {
    const field = event.target;
    const text = field.matches("textarea, input[type=text]") && !panel.contains(field);
    if (text || field.isContentEditable) writing = field;
  });
}

const panel = document.querySelector("[data-facts]");
if (panel) start(panel);
