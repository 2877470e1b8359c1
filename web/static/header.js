// Above the conversation: where we are, the way to the others on a phone, and the demo's clock.

import { element, icon } from "./element.js";
import { openClock } from "./clock.js";
import { faceOf, openDrawer, titleOf } from "./sidebar.js";
import { now, reader, state, unreadIn, unreadOf } from "./state.js";
import { fullMoment, shortMoment } from "./times.js";
import { word } from "./words.js";

const box = document.querySelector("#header");
let shown = "";

export function showHeader() {
  const who = reader();
  const place = state.places.get(state.place);
  if (!place) return;
  const moving = state.clock.isMoving && word(who.locale, "clock-moving");
  const time = { long: moving || fullMoment(who, now()), short: moving || shortMoment(who, now()) };
  const isNews = isElsewhere(who);
  const signature = JSON.stringify([who.user, place, time, isNews, state.company]);
  if (signature === shown) return;
  shown = signature;
  const hadFocus = box.contains(document.activeElement) ? document.activeElement.className : null;
  box.replaceChildren(
    buildMenu(who, isNews),
    faceOf(place),
    element("div", { class: "where" }, element("h1", { dir: "auto" }, titleOf(place, who)), element("p", { dir: "auto" }, about(place, who))),
    state.isDemo ? buildClock(who, time) : "",
  );
  if (hadFocus) box.querySelector(`[class="${hadFocus}"]`)?.focus();
}

function isElsewhere(who) {
  const others = state.isDemo ? [...state.people.keys()] : [who.user];
  return others.some((user) => unreadOf(user) > (user === who.user ? unreadIn(user, state.place) : 0));
}

function about(place, who) {
  if (place.kind === "private" && who.role === "customer") return word(who.locale, "assistant-of-customer");
  if (place.kind === "private") return word(who.locale, "assistant-about");
  return place.members.map((user) => state.people.get(user)?.name).filter(Boolean).join(", ");
}

function buildMenu(who, isNews) {
  const label = word(who.locale, isNews ? "menu-unread" : "menu");
  return element("button", { type: "button", class: "plain menu", "aria-label": label, click: openDrawer }, icon("menu"), isNews && element("span", { class: "dot" }));
}

function buildClock(who, time) {
  const label = word(who.locale, "clock", { time: time.long });
  return element(
    "button",
    { type: "button", class: "clock", title: label, "aria-label": label, "aria-busy": String(state.clock.isMoving), click: () => openClock() },
    icon("clock"),
    element("span", { class: "long" }, time.long),
    element("span", { class: "short" }, time.short),
  );
}
