// The list that one came from. [data-list] on a page says that it is one; on a record's page a[data-back] leads back to
// the list as it was, and [data-beside] gets the records before and after this one in it.
// Only the address is kept, which is in the browser's history as well, and only as long as the tab is open.

import htmx from "htmx.org";

const kept = (base) => `list:${base}`;

function remember() {
  if (document.querySelector("[data-list]")) sessionStorage.setItem(kept(location.pathname), location.search);
}

function lead() {
  const place = document.querySelector("[data-beside]");
  if (!place) return;
  const base = place.dataset.beside;
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
