// Picking with a finger: a long press on a row, or the button [data-start-picking], shows the boxes; from then on a tap
// on a row ticks it instead of opening it, until the selection is cleared.

import { pick } from "./check.js";

const LONG = 500; // ms
const MOVED = 10; // px: a finger that goes further scrolls

let timer;
let from = null;
let swallow = false;

const rootOf = (element) => element.closest?.("[data-picking-root]");
const boxOf = (element) => element.closest?.("tr, [data-row]")?.querySelector("input[data-row-check]");

function forget() {
  clearTimeout(timer);
  from = null;
}

function down(event) {
  forget();
  swallow = false;
  const root = rootOf(event.target);
  const box = root && boxOf(event.target);
  if (event.pointerType !== "touch" || !box || root.hasAttribute("data-touch-picking")) return;
  from = [event.clientX, event.clientY];
  timer = setTimeout(() => {
    swallow = true; // the click that ends this press opens nothing
    pick(root, box);
  }, LONG);
}

function moved(event) {
  if (from && Math.hypot(event.clientX - from[0], event.clientY - from[1]) > MOVED) forget();
}

function clicked(event) {
  const button = event.target.closest?.("[data-start-picking]");
  if (button) {
    pick(rootOf(button), null);
    return;
  }
  const root = rootOf(event.target);
  const box = root?.hasAttribute("data-touch-picking") && boxOf(event.target);
  if (!box || event.target === box) return;
  event.preventDefault();
  event.stopPropagation();
  if (swallow) swallow = false;
  else box.click();
}

export function start() {
  document.addEventListener("pointerdown", down);
  document.addEventListener("pointermove", moved);
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => clearTimeout(timer));
  document.addEventListener("contextmenu", (event) => swallow && event.preventDefault());
  document.addEventListener("click", clicked, true);
}
