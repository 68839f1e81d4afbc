// The card behind a value that says where it came from (button.src with popovertarget): on a click by the browser itself,
// at once on keyboard focus, and after a moment under the pointer.

const AFTER = 300; // ms under the pointer

let timer;

const card = (source) => document.getElementById(source.getAttribute("popovertarget"));
const sourceOf = (target) => target.closest?.("button.src[popovertarget]");

function open(source) {
  const pop = card(source);
  if (pop && !pop.matches(":popover-open")) pop.showPopover({ source });
}

function closeUnlessUsed(source) {
  const pop = card(source);
  const used = () => pop.matches(":hover") || pop.contains(document.activeElement) || source.matches(":hover, :focus-visible");
  setTimeout(() => {
    if (!pop?.matches(":popover-open")) return;
    if (used()) pop.addEventListener("pointerleave", () => closeUnlessUsed(source), { once: true });
    else pop.hidePopover();
  }, AFTER);
}

export function start() {
  document.addEventListener("pointerover", ({ target, pointerType }) => {
    const source = sourceOf(target);
    if (!source || pointerType === "touch") return;
    clearTimeout(timer);
    timer = setTimeout(() => open(source), AFTER);
  });
  document.addEventListener("pointerout", ({ target }) => {
    const source = sourceOf(target);
    if (!source) return;
    clearTimeout(timer);
    closeUnlessUsed(source);
  });
  document.addEventListener("focusin", ({ target }) => {
    const source = sourceOf(target);
    if (source?.matches(":focus-visible")) open(source);
  });
  document.addEventListener("focusout", ({ target }) => {
    const source = sourceOf(target);
    if (source) closeUnlessUsed(source);
  });
}
