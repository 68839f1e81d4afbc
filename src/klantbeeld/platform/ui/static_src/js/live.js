// What changes elsewhere, as it happens. The server sends messages {"event": "customer.changed", …} over one stream
// (address in data-live on the body). Each becomes a DOM event "live:customer.changed" on the document, and elements with
// data-live-on="customer.changed" fetch themselves anew from data-live-src.

import htmx from "htmx.org";

const TOGETHER = 250; // ms: a burst of changes is one fetch
const FIRST_RETRY = 1_000;
const LAST_RETRY = 60_000;

let source = null;
let retry = FIRST_RETRY;
const due = new Map(); // element -> timer

function fetchAnew(element) {
  due.delete(element);
  if (!element.isConnected || element.querySelector("textarea")) return; // what somebody writes in it stays
  htmx.ajax("GET", element.dataset.liveSrc, { target: element, swap: element.dataset.liveSwap ?? "outerHTML" });
}

function tell(event, detail) {
  document.dispatchEvent(new CustomEvent(`live:${event}`, { detail }));
  for (const element of document.querySelectorAll("[data-live-on][data-live-src]")) {
    if (!element.dataset.liveOn.split(" ").includes(event) || due.has(element)) continue;
    due.set(element, setTimeout(fetchAnew, TOGETHER, element));
  }
}

function received({ data }) {
  let message;
  try {
    message = JSON.parse(data);
  } catch {
    return; // a keep-alive or a proxy's page, not one of ours
  }
  if (typeof message?.event === "string") tell(message.event, message);
}

function connect(url) {
  source = new EventSource(url, { withCredentials: true });
  source.addEventListener("open", () => {
    retry = FIRST_RETRY;
  });
  source.addEventListener("message", received);
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED) return; // the browser is trying again by itself
    setTimeout(connect, retry, url);
    retry = Math.min(retry * 2, LAST_RETRY);
  });
}

export function start() {
  const url = document.body.dataset.live;
  if (!url) return;
  connect(url);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", ({ persisted }) => persisted && connect(url));
}
