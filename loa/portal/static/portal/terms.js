// Shows what a term means where it stands, instead of leading to the list below. Use: <a class="term" href="#tu-1"> and
// <div id="tu-1" data-term><dd>. Without a script the link leads to the list, and back.
for (const link of document.querySelectorAll("a.term")) {
  const place = document.querySelector(link.getAttribute("href"));
  const words = place?.querySelector("dd")?.firstChild?.textContent.trim();
  if (!words) continue;
  const note = document.createElement("span");
  note.className = "term-note";
  note.id = `${link.id}-la`;
  note.hidden = true;
  note.textContent = words;
  link.after(note);
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
  link.setAttribute("aria-controls", note.id);
  const turn = (event) => {
    event.preventDefault();
    note.hidden = !note.hidden;
    link.setAttribute("aria-expanded", String(!note.hidden));
  };
  link.addEventListener("click", turn);
  link.addEventListener("keydown", (event) => { if (event.key === " ") turn(event); });
}
