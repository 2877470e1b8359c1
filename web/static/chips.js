// "Try this": a few sentences for somebody who sees the page for the first time. One tap says one.

import { element, icon } from "./element.js";
import { say } from "./actions.js";
import { changed, messagesFor, reader, state } from "./state.js";
import { word } from "./words.js";

const box = document.querySelector("#chips");
const hiddenFor = new Set();
let shown = "";

export function showChips() {
  const who = reader();
  const left = hiddenFor.has(who.user) ? [] : notSaidYet(who);
  const signature = JSON.stringify([who.user, state.place, left]);
  if (signature === shown) return;
  shown = signature;
  box.hidden = !left.length;
  box.replaceChildren(...(left.length ? build(left, who) : []));
}

function notSaidYet(who) {
  if (state.places.get(state.place)?.kind !== "private") return [];
  const said = new Set(messagesFor(who.user, state.place).filter((message) => message.sender === who.user).map((message) => message.text));
  return (who.chips ?? []).filter((chip) => !said.has(chip));
}

function build(chips, who) {
  const hide = () => {
    hiddenFor.add(who.user);
    changed();
  };
  const label = word(who.locale, "try-hide");
  return [
    element("span", { class: "chips-title" }, word(who.locale, "try")),
    element("div", { class: "chips-row" }, chips.map((chip) => element("button", { type: "button", class: "chip", dir: "auto", click: () => say(chip, null) }, chip))),
    element("button", { type: "button", class: "plain", "aria-label": label, title: label, click: hide }, icon("close")),
  ];
}
