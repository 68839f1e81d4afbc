// The shape of a list: widths of columns, the order of the lines in the column chooser, groups that open, and the forms
// that stand under the head of a list.
// Widths are attributes of <col>, which the Content-Security-Policy leaves alone. table[data-columns-url] is told them;
// with data-saved they go into the address, from where they are saved with the view.

import htmx from "htmx.org";

const NARROWEST = 48; // px
const WIDEST = 900;
const STEP = 16;
const LEAD = 40; // of a cell before the columns

let drag = null; // { table, col, from, width } while an edge is pulled
let line = null; // the line of the chooser that is pulled

const heads = (table) => [...table.querySelectorAll("thead th[data-col]")];

/** The <col> of each head; made from the widths on the screen when nobody has chosen any yet. */
function cols(table) {
  const extra = table.querySelectorAll("thead tr > :not([data-col], .rest)").length;
  let group = table.querySelector("colgroup");
  if (!group) {
    const widths = heads(table).map((head) => Math.round(head.getBoundingClientRect().width) || NARROWEST);
    group = document.createElement("colgroup");
    for (const width of [...Array(extra).fill(LEAD), ...widths]) group.append(sized(width));
    group.append(document.createElement("col"));
    table.prepend(group);
    for (const row of table.rows) row.append(rest());
    table.classList.add("sized");
  }
  return [...group.children].slice(extra, extra + heads(table).length);
}

function sized(width) {
  const col = document.createElement("col");
  col.setAttribute("width", String(width));
  return col;
}

function rest() {
  const cell = document.createElement("td");
  cell.className = "rest";
  return cell;
}

function columnOf(separator) {
  const table = separator.closest("table");
  return { table, col: cols(table)[heads(table).indexOf(separator.closest("th"))] };
}

function resize(separator, col, width) {
  const bounded = Math.min(Math.max(Math.round(width), NARROWEST), WIDEST);
  col.setAttribute("width", String(bounded));
  separator.setAttribute("aria-valuenow", String(bounded));
}

function keep(table) {
  const own = cols(table);
  const text = heads(table).map((head, at) => `${head.dataset.col}:${own[at].getAttribute("width")}`).join(",");
  const url = table.dataset.columnsUrl;
  if (table.hasAttribute("data-saved")) {
    const address = new URL(location.href);
    address.searchParams.set("cols", text);
    const link = Object.assign(document.createElement("a"), { href: address.pathname + address.search, hidden: true });
    document.getElementById("main").append(link);
    htmx.process(link);
    link.click();
  } else if (url) htmx.ajax("POST", url, { source: document.body, swap: "none", values: { cols: text } });
}

function pulled(event) {
  const separator = event.target.closest?.(".resize");
  if (!separator || event.button !== 0) return;
  event.preventDefault();
  const { table, col } = columnOf(separator);
  drag = { separator, table, col, from: event.clientX, width: Number(col.getAttribute("width")) };
  separator.setPointerCapture(event.pointerId);
}

function released() {
  if (!drag) return;
  const { table, col, width } = drag;
  drag = null;
  if (Number(col.getAttribute("width")) !== width) keep(table);
}

let keeping;

function widened(event) {
  const separator = event.target.closest?.(".resize");
  const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
  if (!separator || !step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const { table, col } = columnOf(separator);
  resize(separator, col, Number(col.getAttribute("width")) + step);
  clearTimeout(keeping);
  keeping = setTimeout(() => table.isConnected && keep(table), 600);
}

/** What the edge of a column says to who hears it: how wide the column is on this screen. */
function measure({ target }) {
  if (!target.matches?.(".resize")) return;
  const { width } = target.closest("th").getBoundingClientRect();
  target.setAttribute("aria-valuenow", String(Math.round(width)));
}

/** Alt and an arrow key move a line of the chooser. */
function moved(event) {
  const item = event.target.closest?.("[data-reorder] > [data-line]");
  if (!item || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const beside = event.key === "ArrowUp" ? item.previousElementSibling : item.nextElementSibling;
  if (!beside) return;
  const focused = event.target;
  beside[event.key === "ArrowUp" ? "before" : "after"](item);
  focused.focus();
}

function lifted(event) {
  const grip = event.target.closest?.("[data-reorder] .grip");
  if (!grip) return;
  event.preventDefault();
  line = grip.closest("[data-line]");
  line.dataset.pulled = "";
}

function carried(event) {
  if (drag) resize(drag.separator, drag.col, drag.width + event.clientX - drag.from);
  if (!line) return;
  const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-line]");
  if (!over || over === line || over.parentElement !== line.parentElement) return;
  const after = line.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
  over[after ? "after" : "before"](line);
}

function dropped() {
  released();
  line?.removeAttribute("data-pulled");
  line = null;
}

/** A group's rows are fetched when it is opened first, and only shown or hidden after that. */
function toggleGroup(button) {
  const rows = document.getElementById(button.getAttribute("aria-controls"));
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  rows.hidden = !open;
  if (open && !rows.children.length) htmx.trigger(button, "open-group");
}

function clicked(event) {
  const { target } = event;
  const group = target.closest?.("[aria-controls^=group-]");
  if (group) toggleGroup(group);
  if (target.closest?.("[data-always]")) event.preventDefault();
  const closes = target.closest?.("#filter [data-closes-form]");
  if (!closes || !document.querySelector("[data-list]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  closeForm();
}

function closeForm() {
  document.getElementById("filter").replaceChildren();
  document.querySelector("[data-opens-filter]")?.focus();
}

function focusForm({ detail }) {
  if (detail.target?.id !== "filter") return;
  const form = detail.target.querySelector(".list-form");
  (form?.querySelector("[aria-invalid=true], [autofocus]") ?? form?.querySelector("input:not([type=hidden])"))?.focus();
}

export function start() {
  const on = (name, handler, options) => document.addEventListener(name, handler, options);
  on("pointerdown", pulled);
  on("pointerdown", lifted);
  on("pointermove", carried);
  on("pointerup", dropped);
  on("pointercancel", dropped);
  on("focusin", measure);
  on("keydown", widened);
  on("keydown", moved);
  on("click", clicked, { capture: true });
  on("htmx:afterSettle", focusForm);
}
