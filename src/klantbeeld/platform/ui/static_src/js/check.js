// Picking rows of a list: the box in the head, ranges with Shift, and the bar that says how many.
// Markup: [data-picking-root] holds a table, input[data-all], input[data-row-check] and [data-bulk] with [data-bulk-count].

let last = null;

const rootOf = (element) => element.closest("[data-picking-root]");
const boxes = (root) => [...root.querySelectorAll("input[data-row-check]")];

/** Draw the state of the boxes: rows, the mixed state of the head, and the bar. */
function refresh(root) {
  const all = boxes(root);
  const picked = all.filter((box) => box.checked);
  for (const box of all) {
    const row = box.closest("tr, [data-row]");
    if (box.checked) row?.setAttribute("aria-selected", "true");
    else row?.removeAttribute("aria-selected");
  }
  const head = root.querySelector("input[data-all]");
  if (head) {
    head.checked = all.length > 0 && picked.length === all.length;
    head.indeterminate = picked.length > 0 && picked.length < all.length;
  }
  root.querySelector("table")?.toggleAttribute("data-picking", picked.length > 0);
  for (const bar of root.querySelectorAll("[data-bulk]")) bar.hidden = picked.length === 0;
  for (const count of root.querySelectorAll("[data-bulk-count]")) count.textContent = picked.length;
}

/** Let go of every row. True when there was one. */
export function clear(root) {
  const picked = boxes(root).filter((box) => box.checked);
  for (const box of picked) box.checked = false;
  refresh(root);
  return picked.length > 0;
}

function range(root, from, to) {
  const all = boxes(root);
  const [first, final] = [all.indexOf(from), all.indexOf(to)].sort((one, other) => one - other);
  if (first < 0) return;
  for (const box of all.slice(first, final + 1)) box.checked = to.checked;
}

function clicked(event) {
  const box = event.target;
  if (box.matches?.("[data-bulk-clear], [data-bulk-clear] *")) {
    clear(rootOf(box));
    return;
  }
  if (!box.matches?.("input[data-all], input[data-row-check]")) return;
  const root = rootOf(box);
  if (box.matches("[data-all]")) for (const each of boxes(root)) each.checked = box.checked;
  else if (event.shiftKey && last?.isConnected) range(root, last, box);
  last = box;
  refresh(root);
}

export function start() {
  document.addEventListener("click", clicked);
  document.addEventListener("htmx:afterSwap", () => document.querySelectorAll("[data-picking-root]").forEach(refresh));
}
