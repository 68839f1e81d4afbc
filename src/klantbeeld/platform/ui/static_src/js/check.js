// Picking rows of a list: the box in the head, ranges with Shift, and the bar that says how many.
// Markup: [data-picking-root] holds a table, input[data-all], input[data-row-check] and [data-bulk] with [data-bulk-count].
// input[data-every] in [data-every-part] stands for all rows of the list, on whatever page; it says how many those are.

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
  root.querySelector("table")?.toggleAttribute("data-picking", picked.length > 0 || root.hasAttribute("data-touch-picking"));
  for (const bar of root.querySelectorAll("[data-bulk]")) bar.hidden = picked.length === 0;
  const number = every(root, all, picked) ?? picked.length;
  for (const count of root.querySelectorAll("[data-bulk-count]")) count.textContent = number;
}

/** How many all are, when they are picked. It is offered once the whole page is picked and there is more than that. */
function every(root, all, picked) {
  const box = root.querySelector("input[data-every]");
  if (!box) return null;
  const whole = picked.length === all.length && Number(box.dataset.number) > all.length;
  if (!whole) box.checked = false;
  box.closest("[data-every-part]").hidden = !whole;
  return box.checked ? box.dataset.every : null;
}

/** Show the boxes where they are hidden, with this one, if any, ticked. */
export function pick(root, box) {
  root.setAttribute("data-touch-picking", "");
  if (box) box.checked = true;
  last = box ?? last;
  refresh(root);
}

/** Let go of every row. True when there was one. */
export function clear(root) {
  const picked = boxes(root).filter((box) => box.checked);
  const picking = root.hasAttribute("data-touch-picking");
  for (const box of picked) box.checked = false;
  root.removeAttribute("data-touch-picking");
  refresh(root);
  return picked.length > 0 || picking;
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
  if (!box.matches?.("input[data-all], input[data-row-check], input[data-every]")) return;
  const root = rootOf(box);
  if (box.matches("[data-every]")) {
    refresh(root);
    return;
  }
  if (box.matches("[data-all]")) for (const each of boxes(root)) each.checked = box.checked;
  else if (event.shiftKey && last?.isConnected) range(root, last, box);
  last = box;
  refresh(root);
}

function refreshAll() {
  document.querySelectorAll("[data-picking-root]").forEach(refresh);
}

export function start() {
  document.addEventListener("click", clicked);
  document.addEventListener("page:shown", refreshAll);
  refreshAll();
  document.addEventListener("htmx:afterSwap", refreshAll);
}
