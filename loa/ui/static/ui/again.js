// Follows work that goes on elsewhere. Use: <div data-again="3">…</div>, with a link to the same page beside it.
// Every so many seconds the part is read anew and put in place; once it is gone, the work is done and the page is opened.
const wait = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

async function follow(part) {
  for (;;) {
    await wait(Number(part.dataset.again));
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) continue;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const news = page.querySelector("[data-again]");
    if (!news) return location.reload();
    part.replaceChildren(...news.childNodes);
  }
}

document.querySelectorAll("[data-again]").forEach(follow);
