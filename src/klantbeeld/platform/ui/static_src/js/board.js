// Boards: cards are taken to another lane with the pointer, with Shift-H and Shift-L, or from the menu on the card.
// H and L go from lane to lane, J and K from card to card.

import { send } from "./layouts.js";

const board = () => document.querySelector("#board[data-laid-out]");
const lanes = () => [...board().querySelectorAll("[data-lane]")];
const cards = (lane) => [...lane.querySelectorAll("[data-card]")];
const current = () => document.activeElement?.closest("#board [data-card]");
const busy = () => document.querySelector("dialog[open], :popover-open");
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable='true']");

let chosen = null; // the card whose menu is open

function show(card) {
  card?.querySelector("a[href]")?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Put a card into a lane at once; where it belongs in it is seen when the server has answered. */
export function moveTo(card, lane) {
  const from = card.closest("[data-lane]");
  if (from === lane || !lane.hasAttribute("data-takes") || !card.hasAttribute("data-movable")) return;
  const { moveUrl, by } = board().dataset;
  lane.querySelector(".cards").prepend(card);
  show(card);
  send(moveUrl, { id: card.dataset.card, by, from: from.dataset.lane, to: lane.dataset.lane });
}

function along(card, step) {
  const all = cards(card.closest("[data-lane]"));
  show(all[all.indexOf(card) + step]);
}

function across(card, step) {
  const all = lanes();
  const place = cards(card.closest("[data-lane]")).indexOf(card);
  for (let at = all.indexOf(card.closest("[data-lane]")) + step; all[at]; at += step) {
    const there = cards(all[at]);
    if (there.length === 0) continue;
    show(there[Math.min(place, there.length - 1)]);
    return;
  }
}

function carry(card, step) {
  const all = lanes();
  for (let at = all.indexOf(card.closest("[data-lane]")) + step; all[at]; at += step) {
    if (!all[at].hasAttribute("data-takes")) continue;
    moveTo(card, all[at]);
    return;
  }
}

const KEYS = {
  j: (card) => along(card, 1),
  k: (card) => along(card, -1),
  h: (card) => across(card, -1),
  l: (card) => across(card, 1),
  H: (card) => carry(card, -1),
  L: (card) => carry(card, 1),
};

function pressed(event) {
  const { key, target } = event;
  if (!board() || !Object.hasOwn(KEYS, key) || event.ctrlKey || event.metaKey || event.altKey || typing(target) || busy()) return;
  const card = current();
  event.preventDefault();
  event.stopImmediatePropagation();
  if (card) KEYS[key](card);
  else show(board().querySelector("[data-card]"));
}

/** The lanes to choose from hang from the button on the card. */
function openMenu(event, button) {
  const menu = document.getElementById("move-to");
  if (!menu) return;
  event.preventDefault();
  event.stopPropagation();
  chosen = button.closest("[data-card]");
  const from = chosen.closest("[data-lane]").dataset.lane;
  for (const item of menu.querySelectorAll("[data-move-to]")) item.setAttribute("aria-current", String(item.dataset.moveTo === from));
  menu.showPopover({ source: button });
}

function clicked(event) {
  const button = event.target.closest?.("#board [data-move]");
  if (button && !event.ctrlKey && !event.metaKey) {
    openMenu(event, button);
    return;
  }
  const item = event.target.closest?.("[data-move-to]");
  if (!item || !chosen) return;
  document.getElementById("move-to").hidePopover();
  moveTo(chosen, lanes().find((lane) => lane.dataset.lane === item.dataset.moveTo));
  chosen = null;
}

export const drags = { item: "#board [data-movable]", place: "#board [data-takes]", dropped: moveTo };

export function start() {
  document.addEventListener("keydown", pressed, { capture: true });
  document.addEventListener("click", clicked, { capture: true });
}
