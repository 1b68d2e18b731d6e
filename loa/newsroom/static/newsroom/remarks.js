// Remarks on passages: what is selected in a text goes into the form, and open remarks are marked in the text.
// Use: texts in [data-edition="short"], remarks with data-edition-of and data-words, a form in [data-new-remark] and a
// button [data-remark-selection]. Without this module, people copy the words into the form themselves.

const squeeze = (text) => text.replace(/\s+/g, " ").trim();

function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.anchorNode) return null;
  const from = selection.anchorNode.parentElement.closest("[data-edition]");
  const words = squeeze(selection.toString());
  if (!from || !words || !from.contains(selection.focusNode)) return null;
  return { edition: from.dataset.edition, words };
}

function offer(button, panel) {
  let last = null;
  document.addEventListener("selectionchange", () => {
    const now = selected();
    if (now) last = now;
    button.hidden = !now;
  });
  // A tap on the button would end the selection before the click is told.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    if (!last) return;
    panel.open = true;
    panel.querySelector("[name=edition]").value = last.edition;
    panel.querySelector("[name=quote]").value = last.words;
    button.hidden = true;
    panel.querySelector("[name=text]").focus();
  });
}

function rangeOf(root, words) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const places = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let i = 0; i < node.data.length; i += 1) {
      const space = /\s/.test(node.data[i]);
      if (space && (text === "" || text.endsWith(" "))) continue;
      text += space ? " " : node.data[i];
      places.push([node, i]);
    }
    if (text && !text.endsWith(" ")) {
      text += " ";
      places.push([node, node.data.length]);
    }
  }
  const start = text.indexOf(words);
  if (start < 0 || !words) return null;
  const range = new Range();
  range.setStart(...places[start]);
  const [node, index] = places[start + words.length - 1];
  range.setEnd(node, Math.min(index + 1, node.data.length));
  return range;
}

function mark() {
  if (!CSS.highlights) return;
  const ranges = [];
  for (const remark of document.querySelectorAll("[data-edition-of]")) {
    for (const root of document.querySelectorAll(`[data-edition="${remark.dataset.editionOf}"]`)) {
      const range = rangeOf(root, squeeze(remark.dataset.words));
      if (range) ranges.push(range);
    }
  }
  CSS.highlights.set("remark", new Highlight(...ranges));
}

const button = document.querySelector("[data-remark-selection]");
const panel = document.querySelector("[data-new-remark]");
if (button && panel) offer(button, panel);
mark();
