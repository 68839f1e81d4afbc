// Light or dark, compact or roomy. The choice goes into a cookie, so that the server draws the next page right at once.

const YEAR = 31_536_000; // seconds

const kinds = {
  theme: { cookie: "kb_theme", standard: "system" },
  density: { cookie: "kb_density", standard: "compact" },
};

function current(kind) {
  return document.documentElement.dataset[kind] ?? kinds[kind].standard;
}

function mark(kind) {
  for (const choice of document.querySelectorAll(`[data-set-${kind}]`)) {
    choice.setAttribute("aria-pressed", String(choice.getAttribute(`data-set-${kind}`) === current(kind)));
  }
}

function choose(kind, value) {
  const { cookie, standard } = kinds[kind];
  const root = document.documentElement;
  if (value === standard) delete root.dataset[kind];
  else root.dataset[kind] = value;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${cookie}=${value}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
  mark(kind);
  document.dispatchEvent(new CustomEvent("theme:changed", { detail: { [kind]: value } }));
}

export function start() {
  document.addEventListener("click", ({ target }) => {
    for (const kind of Object.keys(kinds)) {
      const choice = target.closest?.(`[data-set-${kind}]`);
      if (choice) choose(kind, choice.getAttribute(`data-set-${kind}`));
    }
  });
  Object.keys(kinds).forEach(mark);
}
