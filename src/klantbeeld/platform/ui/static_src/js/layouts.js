// What boards and calendars share: [data-laid-out] says which records stand on it, [data-part] where it is drawn anew.
// A move goes to the server, which answers with a notice; then the part is drawn as it is now, whoever changed it.

import htmx from "htmx.org";

import { dragging } from "./drag.js";
import { toast } from "./toast.js";

const QUIET = 3_000; // ms between two fetches because of colleagues
const heard = new Set(); // kinds of record that are listened for
let due = null;

const part = () => document.querySelector("[data-laid-out]");
const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

/** How many cards of each lane are loaded, so that they are there again. */
function loaded(root) {
  const lanes = [...root.querySelectorAll("[data-lane]")];
  return JSON.stringify(Object.fromEntries(lanes.map((lane) => [lane.dataset.lane, lane.querySelectorAll("[data-card]").length])));
}

/** Places that scroll, by what they are, and how far they were. */
function scrolled(root) {
  return [root, ...root.querySelectorAll("[data-lane]")].map((each) => [each.dataset.lane, each.scrollLeft, each.scrollTop]);
}

function scrollBack(root, places) {
  const [[, left, top], ...lanes] = places;
  root.scrollLeft = left;
  root.scrollTop = top;
  for (const lane of root.querySelectorAll("[data-lane]")) {
    lane.scrollTop = lanes.find(([key]) => key === lane.dataset.lane)?.[2] ?? 0;
  }
}

/** Draw the part anew as it is now, with the focus and the place where they were. */
export async function refresh() {
  const root = part();
  if (!root) return;
  const url = new URL(root.dataset.part, location.href);
  url.searchParams.set("part", "1");
  if (root.querySelector("[data-lane]")) url.searchParams.set("loaded", loaded(root));
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.redirected) location.reload();
  if (!answer?.ok || !root.isConnected || dragging()) return;
  const html = await answer.text();
  const focused = document.activeElement?.closest("[data-card]")?.id;
  const places = scrolled(root);
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-laid-out]");
  if (!fresh) return;
  root.replaceWith(fresh);
  htmx.process(fresh);
  scrollBack(fresh, places);
  if (focused) document.getElementById(focused)?.querySelector("a[href]")?.focus({ preventScroll: true });
}

/** Ask the server for a change, tell how it went, and draw what came of it. */
export async function send(url, values) {
  const words = document.getElementById("toasts").dataset;
  const body = new URLSearchParams(values);
  const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token(), "HX-Request": "true" } }).catch(() => null);
  if (answer?.redirected) location.reload();
  const told = await answer?.json().catch(() => null);
  toast(told?.toast ?? { text: answer ? words.forbidden : words.offline, tone: "bad" });
  await refresh();
}

function colleagueChanged() {
  if (due) return;
  due = setTimeout(() => {
    due = null;
    if (document.visibilityState === "visible" && !document.querySelector("[data-laid-out] :popover-open")) refresh();
  }, QUIET);
}

function listen() {
  const slug = part()?.dataset.laidOut;
  if (!slug || heard.has(slug)) return;
  heard.add(slug);
  document.addEventListener(`live:records.${slug}`, () => part()?.dataset.laidOut === slug && colleagueChanged());
}

export function start() {
  document.addEventListener("page:shown", listen);
  document.addEventListener("records:changed", () => refresh());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && part() && colleagueChanged());
  listen();
}
