// Short notices at the foot of the page, with an undo where there is one.
// A response says so in its HX-Trigger header: {"toast": {"text": "Phone number changed", "undo_url": "/undo/…"}}.
// A full page says so with <template data-toast="…" data-undo-url="…"> inside #main.

import htmx from "htmx.org";

const STAYS = 10_000; // ms

const region = () => document.getElementById("toasts");

function button(label, onClick) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  made.addEventListener("click", onClick);
  return made;
}

/** The clock stands still while somebody points at the toast or has the focus in it. */
function leaveLater(box) {
  let timer = setTimeout(() => box.remove(), STAYS);
  const hold = () => clearTimeout(timer);
  const go = () => {
    clearTimeout(timer);
    timer = setTimeout(() => box.remove(), STAYS);
  };
  box.addEventListener("pointerenter", hold);
  box.addEventListener("focusin", hold);
  box.addEventListener("pointerleave", go);
  box.addEventListener("focusout", go);
}

/** Show a notice. `undoUrl` is posted to when the reader takes the change back. */
export function toast({ text, undo_url: undoUrl = "", tone = "" }) {
  const words = region().dataset;
  const box = Object.assign(document.createElement("div"), { className: "toast" });
  if (tone) box.dataset.tone = tone;
  box.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (undoUrl) {
    const undo = button(words.undo, () => {
      box.remove();
      htmx.ajax("POST", undoUrl, { source: document.body, swap: "none" });
    });
    undo.dataset.key = "z";
    box.append(undo);
  } else if (tone === "bad") {
    box.append(button(words.close, () => box.remove()));
  }
  region().append(box);
  leaveLater(box);
}

function fromPage() {
  for (const told of document.querySelectorAll("template[data-toast]")) {
    toast({ text: told.dataset.toast, undo_url: told.dataset.undoUrl, tone: told.dataset.tone });
    told.remove();
  }
}

function fromError({ detail }) {
  const words = region().dataset;
  toast({ text: detail.xhr.status === 403 ? words.forbidden : words.failed, tone: "bad" });
}

export function start() {
  if (!region()) return;
  document.addEventListener("toast", (event) => toast(event.detail));
  document.addEventListener("page:shown", fromPage);
  document.addEventListener("htmx:responseError", fromError);
  document.addEventListener("htmx:sendError", () => toast({ text: region().dataset.offline, tone: "bad" }));
  fromPage();
}
