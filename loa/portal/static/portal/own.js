// Puts what belongs to one person into a page that is the same for everybody. Use: <section data-own="/address/">.
// The cookie only says that somebody may be signed in; without it nothing is asked.
const PART = { headers: { "X-Loa-Part": "1" }, credentials: "same-origin", cache: "no-store" };

async function put(place, asked) {
  const answer = await asked;
  if (answer.status !== 200) return;
  place.innerHTML = await answer.text();
  for (const form of place.querySelectorAll("form")) form.addEventListener("submit", (event) => send(place, event));
}

async function send(place, event) {
  event.preventDefault();
  const body = new FormData(event.target, event.submitter);
  await put(place, fetch(event.target.action, { ...PART, method: "POST", body }));
  place.setAttribute("tabindex", "-1");
  place.focus();
}

if (document.cookie.split("; ").includes("loa_toi=1")) {
  for (const place of document.querySelectorAll("[data-own]")) put(place, fetch(place.dataset.own, PART)).catch(() => {});
}
