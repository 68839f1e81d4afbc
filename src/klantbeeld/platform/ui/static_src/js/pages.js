// Moving between pages: the shell stays, #main is replaced by the #main of the page that was asked for.

const BONES_AFTER = 150; // ms; a faster answer replaces the old page without anything in between

const scrolled = new Map(); // address -> how far #main was scrolled when it was left
let shown = address();
let bonesTimer;
let focusWasInside = false;

const main = () => document.getElementById("main");

function address() {
  return location.pathname + location.search;
}

/** Is this page drawn in the shell that is on the screen: same build, same language, same person? */
function sameShell(html) {
  const found = /\bdata-shell="([^"]*)"/.exec(html);
  return found !== null && found[1] === document.body.dataset.shell;
}

/** Mark, in the side and in the dock, the link with the longest address that the page's own address starts with. */
function markCurrent() {
  for (const nav of document.querySelectorAll("[data-menu]")) {
    let best = null;
    for (const link of nav.querySelectorAll(":scope > a[href]:not(.house)")) {
      link.removeAttribute("aria-current");
      const target = link.getAttribute("href");
      const under = target !== "/" && !target.includes("?") && location.pathname.startsWith(target);
      const longer = best === null || target.length > best.getAttribute("href").length;
      if ((under || target === address() || target === location.pathname) && longer) best = link;
    }
    best?.setAttribute("aria-current", "page");
  }
}

/** Remember how far the page on the screen was scrolled. Bones have scrolled it up, and remembered for it. */
function rememberPlace() {
  if (!main()?.querySelector(":scope > .bones")) scrolled.set(shown, main()?.scrollTop ?? 0);
}

function showBones() {
  const template = document.getElementById("bones");
  const page = main();
  if (!template || !page || page.querySelector(":scope > .bones")) return;
  rememberPlace();
  page.scrollTop = 0;
  page.append(template.content.cloneNode(true));
  page.setAttribute("aria-busy", "true");
}

function hideBones() {
  clearTimeout(bonesTimer);
  main()?.querySelector(":scope > .bones")?.remove();
  main()?.removeAttribute("aria-busy");
}

/** Where a reader goes on after a swap: the same element if it is still there, else what is wrong, the first heading or control. */
function placeFocus(root) {
  if (root.contains(document.activeElement)) return;
  const ways = ["[autofocus]", "[aria-invalid=true]", "h1, h2, h3", "a[href], button, input:not([type=hidden])"];
  const seen = (way) => [...root.querySelectorAll(way)].find((each) => each.checkVisibility()); // not in a closed popover
  const place = ways.map(seen).find(Boolean) ?? main()?.querySelector("h1");
  if (!place) return;
  if (place.matches("h1, h2, h3")) place.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: !place.matches("[aria-invalid]") }); // what is wrong has to be seen
}

function arrive() {
  shown = address();
  markCurrent();
  for (const open of document.querySelectorAll(":popover-open")) open.hidePopover();
  document.dispatchEvent(new CustomEvent("page:shown"));
}

function beforeRequest({ detail }) {
  if (!detail.boosted || detail.requestConfig.verb !== "get") return;
  clearTimeout(bonesTimer);
  bonesTimer = setTimeout(showBones, BONES_AFTER);
}

function beforePageSwap(event) {
  const { detail } = event;
  const failed = detail.xhr.status >= 400;
  if (failed && detail.xhr.status !== 422 && detail.requestConfig.verb !== "get") return; // what was typed stays on the screen
  if (!sameShell(detail.serverResponse)) {
    event.preventDefault();
    location.assign(detail.xhr.responseURL || detail.pathInfo.finalRequestPath);
    return;
  }
  rememberPlace();
  Object.assign(detail, { shouldSwap: true, isError: false, target: main(), selectOverride: "#main", swapOverride: "outerHTML" });
}

/** Is this a page that was asked for, and not a part that the server sent in its place? */
const isPage = ({ boosted, xhr }) => boosted && !xhr.getResponseHeader("HX-Retarget");

function beforeSwap(event) {
  focusWasInside = event.detail.target?.contains(document.activeElement) ?? false;
  if (isPage(event.detail)) beforePageSwap(event);
  else if (event.detail.serverResponse.includes('<body class="lone"')) {
    event.preventDefault(); // the session is over: the whole page has to go through sign-in, not this part of it
    location.reload();
  }
}

function afterSwap({ detail }) {
  if (isPage(detail)) {
    arrive();
    placeFocus(main());
  } else if (detail.target && focusWasInside && document.activeElement === document.body) {
    placeFocus(detail.target.isConnected ? detail.target : (document.getElementById(detail.target.id) ?? main()));
  }
}

function restored({ detail }) {
  if (!sameShell(detail.serverResponse)) {
    location.reload();
    return;
  }
  arrive();
  main().scrollTop = scrolled.get(shown) ?? 0;
  placeFocus(main());
}

export function start() {
  const on = (name, handler) => document.addEventListener(name, handler);
  on("htmx:beforeRequest", beforeRequest);
  on("htmx:afterRequest", ({ detail }) => detail.boosted && hideBones());
  on("htmx:beforeSwap", beforeSwap);
  on("htmx:afterSwap", afterSwap);
  on("htmx:historyCacheMiss", rememberPlace);
  on("htmx:historyRestore", restored);
  on("htmx:historyCacheMissLoadError", () => location.reload());
  markCurrent();
}

