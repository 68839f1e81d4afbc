// Changing a value where it stands in a list. td[data-edit] in a tr[data-id] of table[data-slug] can be changed, unless
// the row says data-fixed. A double click opens the field's own control in the cell, `e` opens it in the row of the
// cursor. Enter saves, Tab saves and goes on to the next cell, Esc leaves the value as it was.

import htmx from "htmx.org";

let editing = null; // { cell, before, first } while a control is open
let following = null; // the cell to open when the one that is being saved has been
let column = ""; // the last one that was changed, for `e`

const editable = (row) => (row.hasAttribute("data-fixed") ? [] : [...row.querySelectorAll("td[data-edit]")].filter((cell) => cell.checkVisibility()));
const fields = (form) => new URLSearchParams(new FormData(form)).toString();

function open(cell) {
  const row = cell.closest("tr[data-id]");
  const slug = row?.closest("table[data-slug]")?.dataset.slug;
  if (!slug || row.hasAttribute("data-fixed") || editing?.cell === cell) return;
  leave();
  column = cell.dataset.col;
  editing = { cell, before: [...cell.childNodes], first: "" };
  const names = [...row.querySelectorAll("td[data-col]")].map((each) => each.dataset.col).join(",");
  const url = `/${slug}/${row.dataset.id}/field/${encodeURIComponent(column)}?cells=${encodeURIComponent(names)}`;
  htmx.ajax("GET", url, { source: cell, target: cell, swap: "innerHTML" });
}

/** Put the cell back as it was. */
function leave() {
  if (!editing) return;
  const { cell, before } = editing;
  editing = null;
  if (!cell.isConnected) return;
  cell.replaceChildren(...before);
  cell.classList.remove("editing");
}

function next(cell, step) {
  const all = [...cell.closest("table").querySelectorAll("tbody > tr[data-id]")].flatMap(editable);
  return all[all.indexOf(cell) + step] ?? null;
}

function save(then) {
  const form = editing.cell.querySelector("form");
  if (!form) return;
  if (fields(form) === editing.first) {
    const { cell } = editing;
    leave();
    if (then) open(then);
    else focusRow(cell);
    return;
  }
  following = then;
  form.requestSubmit();
}

function focusRow(cell) {
  cell.closest("tr")?.querySelector("a[href]")?.focus({ preventScroll: true });
}

function opened({ detail }) {
  if (!editing || detail.target !== editing.cell) return;
  const form = editing.cell.querySelector("form");
  if (!form) return;
  editing.cell.classList.add("editing");
  if (!editing.first) editing.first = fields(form);
  const control = form.querySelector("input:not([type=hidden]), select, textarea");
  control?.focus();
  control?.select?.();
}

/** The whole row comes back, since other cells may say the same value. What else stands in the row stays. */
function answered(event) {
  const { detail } = event;
  if (!editing || detail.target !== editing.cell || detail.requestConfig.verb !== "post" || detail.xhr.status !== 200) return;
  event.preventDefault();
  const drawn = document.createElement("template");
  drawn.innerHTML = `<table><tbody>${detail.serverResponse}</tbody></table>`;
  const { cell } = editing;
  const row = cell.closest("tr");
  const name = cell.dataset.col;
  editing = null;
  for (const fresh of drawn.content.querySelectorAll("td[data-col]")) {
    const old = row.querySelector(`td[data-col="${CSS.escape(fresh.dataset.col)}"]`);
    old?.replaceWith(fresh);
    htmx.process(fresh);
  }
  const then = following?.isConnected ? following : following && row.querySelector(`td[data-col="${CSS.escape(following.dataset.col)}"]`);
  following = null;
  if (then) open(then);
  else focusRow(row.querySelector(`td[data-col="${CSS.escape(name)}"]`) ?? row);
}

function failed({ detail }) {
  if (!editing || detail.target !== editing.cell) return;
  following = null;
  if (!editing.cell.querySelector("form")) leave();
}

function pressed(event) {
  if (!editing?.cell.contains(event.target) || event.isComposing || event.defaultPrevented) return;
  if (event.key === "Escape") leaveForRow(event);
  else if (event.key === "Tab") {
    const step = next(editing.cell, event.shiftKey ? -1 : 1);
    if (!step || isInside(event)) return;
    event.preventDefault();
    save(step);
  } else if (event.key === "Enter" && !event.target.matches("textarea, button")) {
    event.preventDefault();
    save(null);
  } else return;
  event.stopPropagation();
}

function leaveForRow(event) {
  event.preventDefault();
  const { cell } = editing;
  leave();
  focusRow(cell);
}

/** Between the boxes of several choices Tab walks as it does elsewhere. */
function isInside({ target, shiftKey }) {
  const boxes = [...editing.cell.querySelectorAll("input[type=checkbox]")];
  return boxes.includes(target) && target !== (shiftKey ? boxes[0] : boxes.at(-1));
}

export function start() {
  const on = (name, handler, options) => document.addEventListener(name, handler, options);
  on("dblclick", (event) => {
    const cell = event.target.closest?.("td[data-edit]");
    if (!cell || event.target.closest("a, button, form")) return;
    document.getSelection()?.removeAllRanges();
    open(cell);
  });
  on("row:edit", ({ target }) => {
    const cells = editable(target);
    const cell = cells.find((each) => each.dataset.col === column) ?? cells[0];
    if (cell) open(cell);
  });
  on("click", ({ target }) => target.closest?.("[data-leaves-cell]") && editing && leaveForRow(new Event("click")));
  on("keydown", pressed);
  on("htmx:beforeSwap", answered);
  on("htmx:afterSettle", opened);
  on("htmx:responseError", failed);
  on("htmx:sendError", failed);
  on("page:shown", () => { editing = null; following = null; });
}
