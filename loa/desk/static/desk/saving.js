// What is typed while the editor saves by itself is saved, too. Wagtail 8 takes it for saved: after each answer it
// compares with the form as it is then, not as it was sent. Use: on every page; it hears the editor's own events.
const ANSWERED = /^(csrfmiddlewaretoken|loaded_revision_.*|next)$|-(id|ORDER|TOTAL_FORMS|INITIAL_FORMS)$/;
const sent = new WeakMap();

function typedMeanwhile(form, before, updates) {
  return [...new FormData(form)].some(([name, value]) =>
    typeof value === "string" && before.has(name) && !before.getAll(name).includes(value)
    && !(name in updates) && !ANSWERED.test(name));
}

document.addEventListener("w-autosave:save", (event) => { sent.set(event.target, event.detail.formData); });
document.addEventListener("w-autosave:success", (event) => {
  const before = sent.get(event.target);
  if (!before || !typedMeanwhile(event.target, before, event.detail.response?.field_updates ?? {})) return;
  event.target.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
});
