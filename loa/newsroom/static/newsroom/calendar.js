// Moves things of the calendar by drag and by keyboard: fills in the small form that each of them has, and sends it.
// Use: <ol data-calendar> of <li data-day="2026-03-02">, in which <li data-move> holds a form with a field "to".

const DAYS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function put(plan, day) {
  const form = plan.querySelector("form");
  if (!day || form.elements.to.value === day) return;
  form.elements.to.value = day;
  form.requestSubmit();
}

function later(day, days) {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

function drag(plan) {
  plan.draggable = true;
  plan.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", plan.id);
    event.dataTransfer.effectAllowed = "move";
    plan.toggleAttribute("data-held", true);
  });
  plan.addEventListener("dragend", () => plan.removeAttribute("data-held"));
}

function steer(plan) {
  plan.addEventListener("keydown", (event) => {
    if (!event.shiftKey || !(event.key in DAYS) || event.target.closest("form")) return;
    event.preventDefault();
    put(plan, later(plan.closest("[data-day]").dataset.day, DAYS[event.key]));
  });
}

function receive(day) {
  const over = (on) => (event) => {
    event.preventDefault();
    day.toggleAttribute("data-over", on);
  };
  day.addEventListener("dragover", over(true));
  day.addEventListener("dragleave", over(false));
  day.addEventListener("drop", (event) => {
    over(false)(event);
    const plan = document.getElementById(event.dataTransfer.getData("text/plain"));
    if (plan?.matches("[data-move]")) put(plan, day.dataset.day);
  });
}

document.querySelectorAll("[data-calendar] [data-move]").forEach((plan) => {
  drag(plan);
  steer(plan);
});
document.querySelectorAll("[data-calendar] [data-day]").forEach(receive);

// The browser goes to the thing named in the address when the page has loaded, and takes the focus away doing so.
const found = location.hash ? document.getElementById(location.hash.slice(1))?.querySelector("a") : null;
if (found) addEventListener("load", () => setTimeout(() => found.focus()));
