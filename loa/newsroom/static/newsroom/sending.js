// A form that is sent over a poor line. Use: <form data-sending data-going="…" data-failed="…"> with <p data-progress hidden>
// and <textarea data-kept="name">: what is typed stays on the telephone until an element with data-forget="name" is shown.
function kept(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(`loa-${name}`) || "";
    if (value) localStorage.setItem(`loa-${name}`, value);
    else localStorage.removeItem(`loa-${name}`);
  } catch {
    // a browser that keeps nothing
  }
  return "";
}

function keep(field) {
  if (!field.value) field.value = kept(field.dataset.kept);
  field.addEventListener("input", () => kept(field.dataset.kept, field.value));
}

function sending(form) {
  const place = form.querySelector("[data-progress]");
  const [bar, told, button] = [place.querySelector("progress"), place.querySelector("output"), form.querySelector("[type=submit]")];
  const failed = () => { button.disabled = false; bar.hidden = true; told.value = form.dataset.failed; };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = new XMLHttpRequest();
    place.hidden = false;
    bar.hidden = false;
    button.disabled = true;
    asked.upload.addEventListener("progress", (step) => {
      bar.value = (100 * step.loaded) / step.total;
      told.value = `${form.dataset.going}: ${Math.round(bar.value)}%`;
    });
    asked.addEventListener("error", failed);
    asked.addEventListener("timeout", failed);
    asked.addEventListener("load", () => {
      if (asked.status >= 500 || asked.status === 0) return failed();
      if (asked.responseURL !== location.href.split("#")[0]) return location.assign(asked.responseURL);
      const answer = new DOMParser().parseFromString(asked.responseText, "text/html");
      const notices = [...answer.querySelectorAll("main .notice, main .errorlist")].map((one) => one.textContent.trim());
      failed();
      told.value = [...new Set(notices)].join(" ") || form.dataset.failed;
      return place.scrollIntoView();
    });
    asked.open("POST", location.href);
    asked.send(new FormData(form));
  });
}

document.querySelectorAll("[data-kept]").forEach(keep);
document.querySelectorAll("[data-sending]").forEach(sending);
document.querySelectorAll("[data-forget]").forEach((one) => kept(one.dataset.forget, ""));
