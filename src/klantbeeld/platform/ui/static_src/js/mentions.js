// Mentioning a colleague: in a textarea of form[data-mentions], @ and letters open a list of colleagues below it. The
// address answers ?q= with [{id, title, subtitle, blind}]; who is blind may not see what is written about. A choice puts
// the name into the text, and its id into the form as `picked`.

const AFTER = 100; // ms after the last key
const BEGUN = /(?:^|[^\p{L}\p{N}_@])@([\p{L}\p{N}][^@\n]{0,40})?$/u;

let timer;
let at = -1; // where the @ stands

const listOf = (text) => document.getElementById(text.getAttribute("aria-controls"));
const current = (list) => list.querySelector('[aria-selected="true"]');

function begun(text) {
  if (text.selectionStart !== text.selectionEnd) return null;
  const found = BEGUN.exec(text.value.slice(0, text.selectionStart));
  if (!found) return null;
  at = text.selectionStart - (found[1] ?? "").length - 1;
  return found[1] ?? "";
}

function close(text) {
  const list = listOf(text);
  if (!list) return;
  list.hidden = true;
  list.replaceChildren();
  text.setAttribute("aria-expanded", "false");
  text.removeAttribute("aria-activedescendant");
}

function option(hit, number, list) {
  const made = Object.assign(document.createElement("span"), { id: `${list.id}-${number}` });
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", String(number === 0));
  Object.assign(made.dataset, { id: hit.id, title: hit.title });
  made.append(hit.title);
  if (hit.subtitle) made.append(Object.assign(document.createElement("small"), { textContent: hit.subtitle }));
  return made;
}

async function search(text) {
  const form = text.closest("form[data-mentions]");
  const query = begun(text);
  if (query === null || !form) {
    close(text);
    return;
  }
  const answer = await fetch(`${form.dataset.mentions}?${new URLSearchParams({ q: query })}`);
  if (!answer.ok || begun(text) !== query) return;
  const found = await answer.json();
  if (begun(text) !== query) return;
  const list = listOf(text);
  list.replaceChildren(...found.map((hit, number) => option(hit, number, list)));
  list.hidden = found.length === 0;
  text.setAttribute("aria-expanded", String(found.length > 0));
  if (found.length) text.setAttribute("aria-activedescendant", `${list.id}-0`);
}

function choose(text, picked) {
  const form = text.closest("form");
  const after = text.value.slice(text.selectionStart);
  text.setRangeText(`@${picked.dataset.title}${after.startsWith(" ") ? "" : " "}`, at, text.selectionStart, "end");
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "picked", value: picked.dataset.id }));
  close(text);
}

function move(text, step) {
  const list = listOf(text);
  const all = [...list.querySelectorAll("[role=option]")];
  const from = all.indexOf(current(list));
  const next = all[(from + step + all.length) % all.length];
  all[from]?.setAttribute("aria-selected", "false");
  next.setAttribute("aria-selected", "true");
  next.scrollIntoView({ block: "nearest" });
  text.setAttribute("aria-activedescendant", next.id);
}

function pressed(event) {
  const text = event.target.closest?.("form[data-mentions] textarea");
  const list = text && listOf(text);
  if (!list || list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") move(text, event.key === "ArrowDown" ? 1 : -1);
  else if ((event.key === "Enter" || event.key === "Tab") && current(list)) choose(text, current(list));
  else if (event.key === "Escape") close(text);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function start() {
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("form[data-mentions] textarea")) return;
    clearTimeout(timer);
    timer = setTimeout(search, AFTER, target);
  });
  document.addEventListener("pointerdown", (event) => {
    const picked = event.target.closest?.("form[data-mentions] [role=option]");
    if (!picked) return;
    event.preventDefault();
    choose(picked.closest(".picker").querySelector("textarea"), picked);
  });
  document.addEventListener("focusout", ({ target }) => target.matches?.("form[data-mentions] textarea") && close(target));
  document.addEventListener("keydown", pressed, true);
}
