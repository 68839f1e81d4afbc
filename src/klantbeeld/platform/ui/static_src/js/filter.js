// The filter of a list: what somebody types while its rows are fetched anew isn't lost, and letters typed before there is
// a filter at all stand in its sentence, as they would have.

let waiting = false; // for the filter, since it was asked for
let ahead = "";
let sent = null; // form fields as they went to the server
let typed = [];

const place = () => document.getElementById("filter");
const inFilter = (target) => target && (target === place() || place()?.contains(target));
const controls = () => [...(place()?.querySelectorAll("form :is(select, input):not([type=hidden])") ?? [])];
const isCheck = (control) => control.type === "checkbox";
const state = (control) => (isCheck(control) ? control.checked : control.value);

/** The same control in other rows: by name, and by its place or value among those of that name. */
function key(control) {
  const same = controls().filter((each) => each.name === control.name && isCheck(each) === isCheck(control));
  return `${control.name} ${isCheck(control) ? control.value : same.indexOf(control)}`;
}

function beforeRequest({ detail }) {
  if (!inFilter(detail.target)) return;
  // A button adds or takes away rows: afterwards nothing stands at its old place.
  sent = detail.elt.matches("button") && place().contains(detail.elt) ? null : new Map(controls().map((each) => [key(each), state(each)]));
  waiting = sent?.size === 0;
  ahead = "";
}

function beforeSwap({ detail }) {
  if (!inFilter(detail.target) || !sent) return;
  typed = controls().filter((each) => sent.get(key(each)) !== state(each)).map((each) => [key(each), state(each)]);
}

function fill(control, value) {
  if (isCheck(control)) control.checked = value;
  else if (!control.matches("select")) {
    control.value = value;
    if (control.matches("[data-suggestions]")) control.dispatchEvent(new Event("input", { bubbles: true }));
  } else {
    const begins = (option) => option.text.toLowerCase().startsWith(value.toLowerCase());
    const found = [...control.options].find((option) => option.value === value) ?? [...control.options].find(begins);
    if (!found || found.value === control.value) return;
    control.value = found.value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function afterSettle({ detail }) {
  const target = detail.target?.isConnected ? detail.target : document.getElementById(detail.target?.id);
  if (!inFilter(target)) return;
  const again = typed;
  typed = [];
  for (const control of controls()) {
    const kept = again.find(([name]) => name === key(control));
    if (kept && state(control) !== kept[1]) fill(control, kept[1]);
  }
  if (target === place()) begin();
  stop();
}

/** The cursor stands at the end of the sentence, or where it is wrong; what was typed ahead goes there. */
function begin() {
  const control = controls().find((each) => each === document.activeElement);
  if (!control) return;
  if (control.matches("[data-suggestions]")) {
    const { offset, length } = control.dataset; // of what is wrong
    const start = Number(offset ?? control.value.length);
    control.setSelectionRange(start, start + Number(length ?? 0));
    if (waiting && ahead) {
      control.setRangeText(ahead, control.value.length, control.value.length, "end");
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  } else if (waiting && ahead) fill(control, ahead);
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
    if (!document.querySelector("[data-opens-filter]") || event.target.matches("[data-picker] [aria-expanded=true]")) return;
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
