// The keyboard. A page says its own keys in HTML: data-key="c" on a button, link or input is pressed, followed or focused
// by that key; data-key="g c" is two keys one after the other. Lists: rows inside [data-rows] have a cursor, and
// data-row-key="u" on something in a row is pressed by that key while the cursor is there.

import { clear } from "./check.js";

const TOGETHER = 900; // ms between two keys that belong together

let before = "";
let timer;

const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable='true']");
const seen = (element) => element.checkVisibility();
const rows = () => [...document.querySelectorAll("[data-rows] > :is(tr, li, [data-row])")].filter(seen);
const cursor = () => document.querySelector("[data-rows] > [data-cursor]");

function move(step) {
  const all = rows();
  if (all.length === 0) return;
  const old = cursor();
  const next = old ? Math.min(Math.max(all.indexOf(old) + step, 0), all.length - 1) : 0;
  old?.removeAttribute("data-cursor");
  all[next].setAttribute("data-cursor", "");
  all[next].scrollIntoView({ block: "nearest" });
  all[next].querySelector("a[href]")?.focus({ preventScroll: true });
}

const onRow = {
  Enter: (row) => row.querySelector("a[href]")?.click(),
  o: (row) => row.querySelector("a[href]")?.click(),
  e: (row) => row.dispatchEvent(new CustomEvent("row:edit", { bubbles: true })),
  x: (row) => row.querySelector("input[data-row-check]")?.click(),
};

function escape() {
  const root = document.querySelector("[data-picking-root]");
  if (root && clear(root)) return true;
  const row = cursor();
  row?.removeAttribute("data-cursor");
  return Boolean(row);
}

/** Press, follow or focus the visible element that declares these keys. */
function declared(keys) {
  const element = [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)].find(seen);
  if (!element) return false;
  if (typing(element)) {
    element.focus();
    element.select?.();
  } else element.click();
  return true;
}

function act(key, target) {
  if (before && declared(`${before} ${key}`)) return true;
  if (document.querySelector(`[data-key^="${CSS.escape(key)} "]`) && !before) {
    before = key;
    clearTimeout(timer);
    timer = setTimeout(() => { before = ""; }, TOGETHER);
    return true;
  }
  if (declared(key)) return true;
  if (key === "?") {
    openHelp();
    return true;
  }
  if (key === "j" || key === "k") {
    move(key === "j" ? 1 : -1);
    return true;
  }
  const row = cursor();
  const inRow = row?.querySelector(`[data-row-key="${CSS.escape(key)}"]`);
  if (inRow) {
    inRow.click();
    return true;
  }
  if (key === "Enter" && target.closest?.("a, button, summary, [role=button]")) return false;
  if (row && onRow[key]) {
    onRow[key](row);
    return true;
  }
  return key === "Escape" && escape();
}

function pressed(event) {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "Shift") return;
  if (document.querySelector("dialog[open]")) return;
  if (typing(target)) {
    if (key === "Escape") target.blur();
    return;
  }
  const fresh = before;
  if (act(key, target)) event.preventDefault();
  if (before === fresh) before = "";
}

function label(element) {
  const text = element.getAttribute("aria-label") ?? element.title;
  if (text) return text;
  const copy = element.cloneNode(true);
  for (const extra of copy.querySelectorAll("kbd, .n, svg")) extra.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/** The keys of the page on the screen, written into the help that `?` opens. */
function describe(list) {
  const known = new Set();
  list.replaceChildren();
  for (const element of document.querySelectorAll("[data-key], [data-row-key]")) {
    const keys = element.dataset.key ?? element.dataset.rowKey;
    if (known.has(keys) || list.contains(element) || !seen(element)) continue;
    known.add(keys);
    const item = document.createElement("li");
    const caps = Object.assign(document.createElement("span"), { className: "keys" });
    for (const key of keys.split(" ")) caps.append(Object.assign(document.createElement("kbd"), { textContent: key.toUpperCase() }));
    item.append(label(element), caps);
    list.append(item);
  }
}

function openHelp() {
  const help = document.getElementById("keymap");
  if (!help) return;
  describe(help.querySelector("[data-page-keys]"));
  for (const item of help.querySelectorAll("[data-needs]")) item.hidden = !document.querySelector(item.dataset.needs);
  help.showModal();
}

/** A Mac has ⌘ where the others have Ctrl. */
function nameModifier() {
  if (!/Mac|iPhone|iPad/.test(navigator.platform)) return;
  for (const cap of document.querySelectorAll("kbd[data-mod]")) cap.textContent = "⌘";
}

export function start() {
  nameModifier();
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", ({ target }) => target.closest?.("[data-open-keymap]") && openHelp());
}
