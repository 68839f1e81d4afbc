// Calendars: what stands on a day is taken to another with the pointer or with Shift and H, L (a day) or K, J (a week).
// H and L go to the day before and after, J and K from one to the next.

import { send } from "./layouts.js";

const DAY = 86_400_000; // ms, in UTC, where every day has as many

const calendar = () => document.querySelector("#calendar[data-laid-out]");
const entries = () => [...calendar().querySelectorAll("[data-card]")].filter((each) => each.checkVisibility());
const current = () => document.activeElement?.closest("#calendar [data-card]");
const busy = () => document.querySelector("dialog[open], :popover-open");
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable='true']");
const dayOf = (entry) => entry.closest("[data-day]").dataset.day;

function show(entry) {
  entry?.querySelector("a[href]")?.focus({ preventScroll: true });
  entry?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function later(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Put something on another day at once if that is on the screen; the server has the last word. */
function moveTo(entry, day) {
  const from = dayOf(entry);
  if (from === day || !entry.hasAttribute("data-movable")) return;
  const { moveUrl, by, until } = calendar().dataset;
  const place = calendar().querySelector(`[data-day="${day}"] ul`);
  if (place) {
    place.prepend(entry);
    show(entry);
  }
  send(moveUrl, { id: entry.dataset.card, by, until, from, to: day });
}

function along(entry, step) {
  const all = entries();
  show(all[all.indexOf(entry) + step]);
}

/** The first entry of the nearest other day that has one. */
function across(entry, step) {
  const all = entries();
  const here = dayOf(entry);
  for (let at = all.indexOf(entry) + step; all[at]; at += step) {
    const day = dayOf(all[at]);
    if (day === here) continue;
    show(all.find((each) => dayOf(each) === day));
    return;
  }
}

const KEYS = {
  j: (entry) => along(entry, 1),
  k: (entry) => along(entry, -1),
  h: (entry) => across(entry, -1),
  l: (entry) => across(entry, 1),
  H: (entry) => moveTo(entry, later(dayOf(entry), -1)),
  L: (entry) => moveTo(entry, later(dayOf(entry), 1)),
  K: (entry) => moveTo(entry, later(dayOf(entry), -7)),
  J: (entry) => moveTo(entry, later(dayOf(entry), 7)),
};

function pressed(event) {
  const { key, target } = event;
  if (!calendar() || !Object.hasOwn(KEYS, key) || event.ctrlKey || event.metaKey || event.altKey || typing(target) || busy()) return;
  const entry = current();
  event.preventDefault();
  event.stopImmediatePropagation();
  if (entry) KEYS[key](entry);
  else show(entries()[0]);
}

export const drags = {
  item: "#calendar [data-movable]",
  place: "#calendar [data-takes]",
  dropped: (entry, place) => moveTo(entry, place.dataset.day),
};

export function start() {
  document.addEventListener("keydown", pressed, { capture: true });
}
