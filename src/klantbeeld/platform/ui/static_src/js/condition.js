// A condition as a sentence: [data-suggestions] in a [data-condition] is a combobox that knows how the sentence may go on.
// Arrows choose, Tab accepts, Enter applies, Escape closes. Tab never waits: where it was pressed before the suggestions
// came, they are put in when they come, and what was typed after it stays behind them.

let shown = null; // { box, text, found }: the suggestions on the screen, and the sentence they belong to
let moved = false; // with the arrows
let asked = 0;
const tabs = []; // places at which Tab was pressed and the answer isn't there yet
let submitAfter = false;

const boxOf = (target) => target.closest?.("[data-suggestions]");
const hitsOf = (box) => document.getElementById(box.getAttribute("aria-controls"));
const pending = new WeakMap(); // box -> the sentence for which an answer is under way
const sent = new WeakMap(); // box -> the sentence as it went to the server with the rows

async function fetchFor(box, text) {
  const query = new URLSearchParams({ sentence: text, offset: text.length });
  const answer = await fetch(`${box.dataset.suggestions}?${query}`);
  return answer.ok ? answer.json() : [];
}

function close(box) {
  shown = null;
  const hits = hitsOf(box);
  if (hits) hits.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function option(hit, number, box) {
  const made = Object.assign(document.createElement("span"), { id: `${box.id}-hit-${number}`, textContent: hit.label });
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", String(number === 0));
  return made;
}

function show(box, text, found) {
  shown = found.length ? { box, text, found } : null;
  moved = false;
  if (!shown) {
    close(box);
    return;
  }
  const hits = hitsOf(box);
  hits.replaceChildren(...found.map((hit, number) => option(hit, number, box)));
  hits.hidden = false;
  box.setAttribute("aria-expanded", "true");
  box.setAttribute("aria-activedescendant", `${box.id}-hit-0`);
}

const before = (box) => box.value.slice(0, box.selectionStart);

async function suggest(box) {
  const text = before(box);
  const turn = ++asked;
  pending.set(box, text);
  const found = await fetchFor(box, text).catch(() => []);
  if (turn !== asked) return;
  pending.delete(box);
  if (document.activeElement === box && before(box) === text && tabs.length === 0) show(box, text, found);
}

/** Put a suggestion where it begins, up to `end`; what stands behind stays. Returns where it ends. */
function accept(box, hit, end) {
  const text = hit.text.endsWith("(") ? hit.text : `${hit.text} `;
  const caret = box.selectionStart;
  const place = hit.start + text.length;
  box.value = box.value.slice(0, hit.start) + text + box.value.slice(end);
  const to = caret >= end ? caret + place - end : place;
  box.setSelectionRange(to, to);
  return place;
}

const changed = (box) => box.dispatchEvent(new Event("input", { bubbles: true }));

/** Put in, one after the other, what Tab asked for before it was known. */
async function catchUp(box) {
  while (tabs.length) {
    const end = tabs[0];
    const found = await fetchFor(box, box.value.slice(0, end)).catch(() => []);
    tabs.shift();
    if (!box.isConnected) break;
    if (found.length) {
      const place = accept(box, found[0], end);
      tabs.forEach((tab, number) => { tabs[number] = tab + place - end; });
    } else if (!submitAfter && tabs.length === 0 && box.selectionStart === end && document.activeElement === box) {
      changed(box);
      onward(box);
      return;
    }
  }
  tabs.length = 0;
  if (!box.isConnected) return;
  if (submitAfter) box.form.requestSubmit(box.form.querySelector("button[name=apply]"));
  else changed(box);
  submitAfter = false;
}

function onward(box) {
  const all = [...box.form.querySelectorAll("input:not([type=hidden]), select, button")];
  all.slice(all.indexOf(box) + 1).find((each) => each.tabIndex >= 0 && each.checkVisibility())?.focus();
}

function choose(step) {
  const { box } = shown;
  const all = [...hitsOf(box).children];
  const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const next = all[(at + step + all.length) % all.length];
  all[at].setAttribute("aria-selected", "false");
  next.setAttribute("aria-selected", "true");
  next.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", next.id);
  moved = true;
}

function take() {
  const { box, text, found } = shown;
  const at = [...hitsOf(box).children].findIndex((each) => each.getAttribute("aria-selected") === "true");
  accept(box, found[at], text.length);
  close(box);
  changed(box);
}

function tab(event, box) {
  if (event.shiftKey) return;
  if (shown && tabs.length === 0 && before(box) === shown.text) {
    event.preventDefault();
    take();
  } else if (tabs.length || pending.has(box)) {
    event.preventDefault();
    tabs.push(box.selectionStart);
    if (tabs.length === 1) catchUp(box);
  }
}

function enter(event, box) {
  if (tabs.length) {
    event.preventDefault();
    submitAfter = true;
  } else if (shown && moved) {
    event.preventDefault();
    take();
  }
}

function pressed(event) {
  const box = boxOf(event.target);
  if (!box || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && shown) {
    event.preventDefault();
    choose(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "ArrowDown") suggest(box);
  else if (event.key === "Tab") tab(event, box);
  else if (event.key === "Enter") enter(event, box);
  else if (event.key === "Escape" && shown && box.value !== box.defaultValue) {
    event.preventDefault();
    event.stopImmediatePropagation();
    close(box);
  }
}

function pointed(event) {
  const hit = event.target.closest?.("[data-condition] [role=option]");
  if (!hit || !shown || hit.parentElement !== hitsOf(shown.box)) return;
  event.preventDefault(); // the box keeps the focus
  for (const each of hit.parentElement.children) each.setAttribute("aria-selected", String(each === hit));
  take();
}

function remember({ detail }) {
  const box = detail.elt.closest?.("[data-condition]")?.querySelector("[data-suggestions]");
  if (box) sent.set(box, box.value);
}

/** What the rows say stands in the sentence, too, unless it was changed meanwhile. */
function say({ detail }) {
  const rows = detail.target?.isConnected ? detail.target : document.getElementById(detail.target?.id);
  if (rows?.dataset?.said === undefined) return;
  const box = rows.closest("[data-condition]").querySelector("[data-suggestions]");
  if (detail.requestConfig?.elt === box || box.value !== sent.get(box) || box.value === rows.dataset.said) return;
  box.value = rows.dataset.said;
  box.removeAttribute("aria-invalid");
}

export function start() {
  document.addEventListener("keydown", pressed, { capture: true });
  document.addEventListener("pointerdown", pointed);
  document.addEventListener("input", ({ target }) => boxOf(target) && suggest(boxOf(target)));
  document.addEventListener("focusin", ({ target }) => boxOf(target) && suggest(boxOf(target)));
  document.addEventListener("focusout", ({ target }) => boxOf(target) && close(boxOf(target)));
  document.addEventListener("htmx:beforeRequest", remember);
  document.addEventListener("htmx:afterSettle", say);
}
