// A record's page: the composer, long texts, and on a phone the story or the facts.
// Markup: form[data-send-keys] is sent by Ctrl or ⌘ and Enter; [data-compose="call"] opens #composer for that kind;
// [data-more] opens the clamped text that it controls; [data-show-tab="facts"] shows that part of .record.

function compose(kind) {
  const form = document.getElementById("composer");
  const choice = form?.querySelector(`input[name=kind][value="${CSS.escape(kind)}"]`);
  if (!choice) return;
  show("story");
  form.dataset.open = "";
  choice.checked = true;
  form.elements.text.focus();
  form.scrollIntoView({ block: "nearest" });
}

function toggleMore(button) {
  const text = document.getElementById(button.getAttribute("aria-controls"));
  const open = text.toggleAttribute("data-open");
  button.setAttribute("aria-expanded", String(open));
  [button.textContent, button.dataset.less] = [button.dataset.less, button.textContent];
}

function show(part) {
  const record = document.querySelector(".record[data-show]");
  if (!record) return;
  record.dataset.show = part;
  for (const tab of document.querySelectorAll("[data-show-tab]")) {
    if (tab.dataset.showTab === part) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

function clicked({ target }) {
  const opener = target.closest?.("[data-compose], [data-more], [data-show-tab]");
  if (!opener) return;
  if (opener.dataset.compose) compose(opener.dataset.compose);
  else if (opener.dataset.showTab) show(opener.dataset.showTab);
  else toggleMore(opener);
}

function pressed(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const form = event.target.closest?.("form[data-send-keys]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

export function start() {
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  // A kind chosen with the pointer or its key goes on in the text; the arrow keys walk through the kinds. These click,
  // too, but not by way of a script as a key of the page does.
  document.addEventListener("click", ({ target, isTrusted }) => {
    if (!target.matches?.("#composer input[name=kind]")) return;
    if (!isTrusted || !target.matches(":focus-visible")) compose(target.value);
  });
}
