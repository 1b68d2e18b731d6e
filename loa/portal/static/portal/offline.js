// Keeps the last stories read for times without a line: the work is done by offline.worker.js.
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/ngoai-tuyen.js").catch(() => {});
}
