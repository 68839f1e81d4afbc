// The list that one came from. [data-list] on a page says that it is one; on a record's page a[data-back] leads back to
// the list as it was, and [data-beside] gets the records before and after this one in it.
// The row that one left by has the cursor again. Only addresses are kept, which are in the browser's history as well,
// and only as long as the tab is open.

import htmx from "htmx.org";

const kept = (base) => `list:${base}`;
const left = (base) => `row:${base}`;

function remember() {
  if (!document.querySelector("[data-list]")) return;
  sessionStorage.setItem(kept(location.pathname), location.search);
  const id = sessionStorage.getItem(left(location.pathname));
  const row = id && document.querySelector(`[data-rows] > [data-id="${CSS.escape(id)}"]`);
  if (!row || document.querySelector("[data-rows] > [data-cursor]")) return;
  row.setAttribute("data-cursor", "");
  row.scrollIntoView({ block: "nearest" });
}

function lead() {
  const place = document.querySelector("[data-beside]");
  if (!place) return;
  const base = place.dataset.beside;
  sessionStorage.setItem(left(base), location.pathname.slice(base.length).split("/")[0]);
  const state = sessionStorage.getItem(kept(base));
  if (state === null) return;
  for (const link of document.querySelectorAll("a[data-back]")) link.setAttribute("href", base + state);
  htmx.ajax("GET", `${location.pathname}beside${state}`, { source: place, target: place, swap: "innerHTML" });
}

function shown() {
  remember();
  lead();
}

export function start() {
  document.addEventListener("page:shown", shown);
  shown();
}
