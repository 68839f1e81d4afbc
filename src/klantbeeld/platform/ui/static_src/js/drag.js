// Picking things up with the pointer: the mouse at once, a finger after it has rested, so that it can still scroll.
// An item is taken to a place; what happens there is the caller's. Escape puts it back.

const FAR = 6; // px that a mouse moves before it drags
const REST = 350; // ms that a finger rests before it lifts
const EDGE = 48; // px from an edge within which what is under it scrolls
const STEP = 14; // px a frame

let held = null; // what is pressed or lifted: item, kind, where it began, its ghost

/** Is something in the air? Pages aren't drawn anew then. */
export const dragging = () => held?.ghost != null;

const placeUnder = (x, y, kind) => document.elementFromPoint(x, y)?.closest(kind.place);

function lift() {
  const { item, x, y } = held;
  const box = item.getBoundingClientRect();
  const ghost = item.cloneNode(true);
  ghost.removeAttribute("id");
  ghost.setAttribute("aria-hidden", "true");
  ghost.setAttribute("data-lift", "");
  Object.assign(ghost.style, { position: "fixed", zIndex: 50, pointerEvents: "none", margin: 0, inlineSize: `${box.width}px` });
  Object.assign(ghost.style, { left: `${box.left}px`, top: `${box.top}px` });
  document.body.append(ghost);
  item.setAttribute("data-taken", "");
  document.documentElement.setAttribute("data-dragging", "");
  Object.assign(held, { ghost, dx: box.left - x, dy: box.top - y });
  scroll();
}

/** Scroll what lies under the pointer while it is held near an edge. */
function scroll() {
  if (!dragging()) return;
  const { at, kind } = held;
  for (let each = document.elementFromPoint(at.x, at.y); each && each !== document.body; each = each.parentElement) {
    const box = each.getBoundingClientRect();
    const side = at.x < box.left + EDGE ? -1 : at.x > box.right - EDGE ? 1 : 0;
    const height = at.y < box.top + EDGE ? -1 : at.y > box.bottom - EDGE ? 1 : 0;
    if (each.scrollWidth > each.clientWidth) each.scrollLeft += side * STEP;
    if (each.scrollHeight > each.clientHeight) each.scrollTop += height * STEP;
  }
  mark(placeUnder(at.x, at.y, kind));
  held.frame = requestAnimationFrame(scroll);
}

function mark(place) {
  if (held.over === place) return;
  held.over?.removeAttribute("data-over");
  place?.setAttribute("data-over", "");
  held.over = place;
}

function letGo() {
  if (!held) return;
  const { item, ghost, timer, frame } = held;
  clearTimeout(timer);
  cancelAnimationFrame(frame);
  ghost?.remove();
  item.removeAttribute("data-taken");
  mark(null);
  document.documentElement.removeAttribute("data-dragging");
  held = null;
}

function pressed(event, kinds) {
  if (event.button !== 0 || held || event.target.closest?.("button, [data-move], input, select")) return;
  const kind = kinds.find((each) => event.target.closest?.(each.item));
  if (!kind) return;
  const item = event.target.closest(kind.item);
  const { clientX: x, clientY: y, pointerType, pointerId } = event;
  held = { item, kind, x, y, at: { x, y }, pointerId, touch: pointerType === "touch" };
  if (held.touch) held.timer = setTimeout(lift, REST);
}

function moved(event) {
  if (!held || event.pointerId !== held.pointerId) return;
  const { clientX: x, clientY: y } = event;
  held.at = { x, y };
  if (!held.ghost) {
    if (Math.hypot(x - held.x, y - held.y) < FAR) return;
    if (held.touch) {
      letGo(); // it scrolls
      return;
    }
    lift();
  }
  held.ghost.style.left = `${x + held.dx}px`;
  held.ghost.style.top = `${y + held.dy}px`;
}

function dropped(event) {
  if (!held || event.pointerId !== held.pointerId) return;
  const { ghost, item, kind } = held;
  const place = ghost && placeUnder(event.clientX, event.clientY, kind);
  letGo();
  if (!ghost) return;
  // The press that ends a drag isn't a click on what was dragged.
  addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", stop, { capture: true }));
  if (place) kind.dropped(item, place);
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

/** `kinds`: what can be picked up (item), where it can be put (place), and what happens then (dropped). */
export function start(kinds) {
  const lifted = (event) => dragging() && event.preventDefault();
  document.addEventListener("pointerdown", (event) => pressed(event, kinds));
  document.addEventListener("pointermove", moved);
  document.addEventListener("pointerup", dropped);
  document.addEventListener("pointercancel", letGo);
  document.addEventListener("touchmove", lifted, { passive: false });
  document.addEventListener("contextmenu", lifted);
  document.addEventListener("selectstart", (event) => held && !held.touch && event.preventDefault());
  document.addEventListener("dragstart", (event) => held && event.preventDefault()); // links and pictures have one of their own
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !dragging()) return;
    letGo();
    stop(event);
  }, { capture: true });
}
