// Picking a record for a link: [data-picker] holds a hidden input with the id, a text input to type in, and a list of hits.
// The address in data-picker answers ?q= with [{id, title, subtitle}].

const AFTER = 120; // ms after the last key

let timer;

const parts = (picker) => ({
  id: picker.querySelector("input[type=hidden]"),
  text: picker.querySelector("input[role=combobox]"),
  hits: picker.querySelector("[role=listbox]"),
});

function close(picker) {
  const { text, hits } = parts(picker);
  hits.hidden = true;
  text.setAttribute("aria-expanded", "false");
  text.removeAttribute("aria-activedescendant");
}

function choose(picker, option) {
  const { id, text } = parts(picker);
  id.value = option.dataset.id;
  text.value = option.dataset.title;
  close(picker);
  id.dispatchEvent(new Event("change", { bubbles: true }));
}

function option(hit, number, list) {
  const made = Object.assign(document.createElement("span"), { id: `${list.id}-${number}` });
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", number === 0 ? "true" : "false");
  Object.assign(made.dataset, { id: hit.id, title: hit.title });
  made.append(hit.title);
  if (hit.subtitle) made.append(Object.assign(document.createElement("small"), { textContent: hit.subtitle }));
  return made;
}

async function search(picker) {
  const { text, hits } = parts(picker);
  const query = text.value.trim();
  if (!query) {
    close(picker);
    return;
  }
  const answer = await fetch(`${picker.dataset.picker}?${new URLSearchParams({ q: query })}`);
  if (!answer.ok || query !== text.value.trim()) return;
  const found = await answer.json();
  hits.replaceChildren(...found.map((hit, number) => option(hit, number, hits)));
  hits.hidden = found.length === 0;
  text.setAttribute("aria-expanded", String(found.length > 0));
  if (found.length) text.setAttribute("aria-activedescendant", `${hits.id}-0`);
}

function move(picker, step) {
  const { text, hits } = parts(picker);
  const all = [...hits.querySelectorAll("[role=option]")];
  const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  all[at]?.setAttribute("aria-selected", "false");
  next?.setAttribute("aria-selected", "true");
  next?.scrollIntoView({ block: "nearest" });
  if (next) text.setAttribute("aria-activedescendant", next.id);
}

function pressed(event) {
  const picker = event.target.closest?.("[data-picker]");
  if (!picker) return;
  const { hits } = parts(picker);
  if (hits.hidden) return;
  const picked = hits.querySelector('[aria-selected="true"]');
  if (event.key === "ArrowDown" || event.key === "ArrowUp") move(picker, event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter" && picked) choose(picker, picked);
  else if (event.key === "Escape") close(picker);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function start() {
  document.addEventListener("input", ({ target }) => {
    const picker = target.closest?.("[data-picker]");
    if (!picker || target.type === "hidden") return;
    parts(picker).id.value = ""; // what is typed is no record until one is picked
    clearTimeout(timer);
    timer = setTimeout(search, AFTER, picker);
  });
  document.addEventListener("pointerdown", (event) => {
    const picked = event.target.closest?.("[data-picker] [role=option]");
    if (!picked) return;
    event.preventDefault();
    choose(picked.closest("[data-picker]"), picked);
  });
  document.addEventListener("focusout", ({ target }) => {
    const picker = target.closest?.("[data-picker]");
    if (picker) close(picker);
  });
  document.addEventListener("keydown", pressed, true);
}
