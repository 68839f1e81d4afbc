// One place to find anything, go anywhere and do anything: Ctrl-K or ⌘K. The server answers what was typed with groups of
// .hit options (data-src on the dialog); a hit with data-preview shows more of itself at the right.

import htmx from "htmx.org";

const TYPING = 60; // ms of rest before asking
const LOOKING = 120; // ms on a hit before its preview is fetched

let dialog, input, hits, preview;
let asked = null;
let timer;
let lookTimer;

const options = () => [...hits.querySelectorAll(".hit")];
const selected = () => hits.querySelector('.hit[aria-selected="true"]');

async function fragment(url, signal) {
  const answer = await fetch(url, { signal, headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (answer.redirected) location.reload(); // the session is over
  if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
  return answer.text();
}

async function look(hit) {
  const url = hit?.dataset.preview;
  if (!url) {
    preview.replaceChildren();
    return;
  }
  try {
    const html = await fragment(url);
    if (selected() === hit) preview.innerHTML = html;
  } catch {
    preview.replaceChildren();
  }
}

function select(hit) {
  const old = selected();
  old?.setAttribute("aria-selected", "false");
  hit?.setAttribute("aria-selected", "true");
  if (hit) input.setAttribute("aria-activedescendant", hit.id);
  else input.removeAttribute("aria-activedescendant");
  hit?.scrollIntoView({ block: "nearest" });
  clearTimeout(lookTimer);
  lookTimer = setTimeout(look, LOOKING, hit);
}

async function ask() {
  asked?.abort();
  asked = new AbortController();
  const mine = asked;
  hits.setAttribute("aria-busy", "true");
  try {
    const html = await fragment(`${dialog.dataset.src}?${new URLSearchParams({ q: input.value })}`, mine.signal);
    hits.innerHTML = html;
    htmx.process(hits);
    options().forEach((hit, index) => {
      hit.id ||= `hit-${index}`;
      hit.tabIndex = -1;
    });
    select(options()[0]);
  } catch (error) {
    if (error.name !== "AbortError") hits.textContent = dialog.dataset.failed;
  } finally {
    if (asked === mine) hits.removeAttribute("aria-busy");
  }
}

function step(by) {
  const all = options();
  if (all.length === 0) return;
  select(all[(all.indexOf(selected()) + by + all.length) % all.length]);
}

/** To the first hit of the next group, round and round. */
function nextGroup(back) {
  const groups = [...hits.querySelectorAll('[role="group"]')].filter((group) => group.querySelector(".hit"));
  if (groups.length === 0) return;
  const here = groups.findIndex((group) => group.contains(selected()));
  select(groups[(here + (back ? -1 : 1) + groups.length) % groups.length].querySelector(".hit"));
}

function choose(newTab) {
  const hit = selected();
  if (!hit) return;
  if (newTab && hit.href) open(hit.href, "_blank", "noopener");
  else hit.click();
  dialog.close();
}

const moves = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Tab: (event) => nextGroup(event.shiftKey),
  Enter: (event) => choose(event.ctrlKey || event.metaKey),
};

function openPalette(text = "") {
  if (dialog.open) return;
  input.value = text;
  dialog.showModal();
  ask();
}

function shortcut(event) {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  if (dialog.open) dialog.close();
  else openPalette();
}

export function start() {
  dialog = document.getElementById("palette");
  if (!dialog) return;
  input = dialog.querySelector("input");
  hits = dialog.querySelector('[role="listbox"]');
  preview = dialog.querySelector("[data-see]");
  document.addEventListener("keydown", shortcut);
  document.addEventListener("click", ({ target }) => {
    const opener = target.closest?.("[data-open-palette]");
    if (opener) openPalette(opener.dataset.openPalette);
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, TYPING);
  });
  input.addEventListener("keydown", (event) => {
    if (!moves[event.key] || event.isComposing) return;
    event.preventDefault();
    moves[event.key](event);
  });
  hits.addEventListener("pointermove", ({ target }) => {
    const hit = target.closest(".hit");
    if (hit && hit !== selected()) select(hit);
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target.closest(".hit")) dialog.close();
  });
}
