// The filter of a list: what somebody types while its fields are fetched anew isn't lost.
// Letters typed before there is a filter at all pick its field, as they would have.

let waiting = false; // for the first fields, since the filter was asked for
let ahead = "";
let sent = null; // form fields as they went to the server
let typed = [];

const place = () => document.getElementById("filter");
const controls = () => [...(place()?.querySelectorAll("form :is(select, input):not([type=hidden])") ?? [])];
const isCheck = (control) => control.type === "checkbox";
const state = (control) => (isCheck(control) ? control.checked : control.value);

/** The same control in other fields: by name, and by its place or value among those of that name. */
function key(control) {
  const same = controls().filter((each) => each.name === control.name && isCheck(each) === isCheck(control));
  return `${control.name} ${isCheck(control) ? control.value : same.indexOf(control)}`;
}

function beforeRequest({ detail }) {
  if (detail.target !== place()) return;
  sent = new Map(controls().map((each) => [key(each), state(each)]));
  waiting = sent.size === 0;
  ahead = "";
}

function beforeSwap({ detail }) {
  if (detail.target !== place() || !sent) return;
  typed = controls().filter((each) => sent.get(key(each)) !== state(each)).map((each) => [key(each), state(each)]);
}

function fill(control, value) {
  if (isCheck(control)) control.checked = value;
  else if (!control.matches("select")) control.value = value;
  else {
    const begins = (option) => option.text.toLowerCase().startsWith(value.toLowerCase());
    const found = [...control.options].find((option) => option.value === value) ?? [...control.options].find(begins);
    if (!found || found.value === control.value) return;
    control.value = found.value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function afterSettle({ detail }) {
  if (detail.target !== place()) return;
  const again = typed;
  typed = [];
  for (const control of controls()) {
    const kept = again.find(([name]) => name === key(control));
    if (kept) fill(control, kept[1]);
  }
  const first = controls()[0];
  if (waiting && ahead && first) fill(first, ahead);
  stop();
}

function stop() {
  waiting = false;
  sent = null;
}

function close() {
  place().replaceChildren();
  document.querySelector("[data-opens-filter]")?.focus();
}

function pressed(event) {
  if (event.key === "Escape" && place()?.contains(event.target) && !event.defaultPrevented) {
    event.stopImmediatePropagation();
    close();
    return;
  }
  if (!waiting || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  ahead += event.key;
  event.preventDefault();
  event.stopImmediatePropagation();
}

export function start() {
  const on = (name, handler) => document.addEventListener(name, handler);
  on("htmx:beforeRequest", beforeRequest);
  on("htmx:beforeSwap", beforeSwap);
  on("htmx:afterSettle", afterSettle);
  for (const name of ["htmx:sendError", "htmx:responseError", "page:shown"]) on(name, stop);
  document.addEventListener("keydown", pressed, { capture: true });
}
