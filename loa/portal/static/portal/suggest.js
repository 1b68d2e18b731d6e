// Offers pages while somebody types. Use: <input data-suggest="/address/">, which answers {places: [{name, href, what}]}.
// Arrows choose, Enter opens, Escape closes; without a script the search page itself offers the same.
const WAIT = 160;
let made = 0;

function suggest(input) {
  const list = document.createElement("ul");
  const told = document.createElement("output");
  list.id = `goi-y-${(made += 1)}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent || "");
  list.hidden = true;
  told.className = "hidden-text";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";
  input.after(list, told);
  let chosen = -1;
  let timer;
  let asked = "";

  const options = () => [...list.children];
  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function choose(place) {
    const all = options();
    chosen = (place + all.length + 1) % (all.length + 1);
    all.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
    if (chosen < all.length) {
      input.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }
  function show(places) {
    list.replaceChildren(...places.map((place, number) => {
      const option = document.createElement("li");
      const what = document.createElement("small");
      option.id = `${list.id}-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.href = place.href;
      what.textContent = place.what;
      option.append(place.name, " ", what);
      return option;
    }));
    chosen = places.length;
    list.hidden = !places.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    told.value = places.map((place) => place.name).slice(0, 3).join("; ");
  }
  async function ask() {
    const typed = input.value.trim();
    if (typed === asked) return;
    asked = typed;
    if (typed.length < 2) return close();
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`, { credentials: "omit" });
    if (answer.ok && typed === input.value.trim() && document.activeElement === input) show((await answer.json()).places);
    return undefined;
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => ask().catch(close), WAIT); });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen === options().length ? 0 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && options()[chosen]) location.assign(options()[chosen].dataset.href);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-href]");
    if (option) location.assign(option.dataset.href);
  });
  input.addEventListener("blur", close);
}

document.querySelectorAll("[data-suggest]").forEach(suggest);
