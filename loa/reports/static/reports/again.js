// Looks at the page again after some seconds. Use: <p data-again="3">. Without JavaScript the page refreshes itself.
const waiting = document.querySelector("[data-again]");

if (waiting) setTimeout(() => location.reload(), Number(waiting.dataset.again) * 1000);
