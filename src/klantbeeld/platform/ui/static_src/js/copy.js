// A button with data-copy="#input" copies that input's value, and says so with data-copied.

import { toast } from "./toast.js";

async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  source.select();
  try {
    await navigator.clipboard.writeText(source.value);
    toast({ text: button.dataset.copied });
  } catch {
    source.focus(); // selected, ready for the reader's own keys
  }
}

export function start() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-copy]");
    if (button) copy(button);
  });
}
