// Passkeys. allauth's own scripts talk to the browser; here they get the parts of the page that they work with:
// `data-passkey` names one of their functions, `data-parts` the ids of what it needs.

function connect() {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    if (!window.PublicKeyCredential) button.hidden = true;
    else window.allauth.webauthn.forms[button.dataset.passkey]({ ids: JSON.parse(button.dataset.parts) });
  }
}

function tellTrouble(event) {
  event.preventDefault(); // it would only be logged
  const trouble = document.querySelector("[data-passkey-trouble]");
  if (!trouble) return;
  document.querySelector("#main").prepend(trouble);
  trouble.hidden = false;
}

export function start() {
  // Their scripts stand at the end of the page and have run by then.
  document.addEventListener("DOMContentLoaded", connect);
  document.addEventListener("allauth.error", tellTrouble);
}
