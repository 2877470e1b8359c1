// Who I am (in the demo: anyone), and my conversations.

import { avatar, element, icon } from "./element.js";
import { become, goTo } from "./actions.js";
import { messagesFor, now, placesOf, reader, state, unreadIn, unreadOf } from "./state.js";
import { shortTime } from "./times.js";
import { nameOf } from "./thread.js";
import { word } from "./words.js";
import { focusComposer } from "./composer.js";

const box = document.querySelector("#sidebar");
const scrim = document.querySelector("#scrim");

export function startSidebar() {
  scrim.addEventListener("click", closeDrawer);
  addEventListener("keydown", (event) => event.key === "Escape" && document.body.classList.contains("drawer") && closeDrawer());
}

export function openDrawer() {
  document.body.classList.add("drawer");
  scrim.hidden = false;
  box.querySelector("[aria-current=true]")?.focus();
}

function closeDrawer() {
  document.body.classList.remove("drawer");
  scrim.hidden = true;
}

export function showSidebar() {
  const who = reader();
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  box.setAttribute("aria-label", word(who.locale, "conversations"));
  box.replaceChildren(
    element("div", { class: "brand" }, element("strong", { dir: "auto" }, state.company), state.isDemo && element("span", { class: "tag" }, word(who.locale, "demo"))),
    state.isDemo ? buildPeople(who) : "",
    element("h2", {}, word(who.locale, "conversations")),
    element("div", { class: "places" }, placesOf(state.me).map((place) => buildPlace(place, who))),
    state.isDemo ? "" : buildSignOut(who),
  );
  if (focused) box.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function buildPeople(who) {
  const people = [...state.people.values()].map((person) => buildPerson(person, who));
  return element("section", { "aria-labelledby": "you-are" }, element("h2", { id: "you-are" }, word(who.locale, "you-are")), element("div", { class: "people" }, people));
}

function buildPerson(person, who) {
  const isMe = person.user === state.me;
  const unread = isMe ? 0 : unreadOf(person.user);
  const role = word(who.locale, `role-${person.role}`);
  const label = [person.name, role, unread && word(who.locale, "unread", { count: unread })].filter(Boolean).join(", ");
  const click = () => {
    become(person.user);
    focusComposer();
  };
  return element(
    "button",
    { type: "button", class: "person", "data-key": `person ${person.user}`, "data-user": person.user, "aria-current": isMe ? "true" : null, "aria-label": label, title: label, click },
    element("span", { class: "face" }, avatar(person.name), unread > 0 && element("span", { class: "dot" })),
    element("span", { class: "person-name", dir: "auto" }, person.name),
    element("span", { class: "person-role" }, role),
  );
}

function buildPlace(place, who) {
  const isHere = place.key === state.place;
  const unread = unreadIn(who.user, place.key);
  const last = messagesFor(who.user, place.key).at(-1);
  const click = () => {
    goTo(place.key);
    closeDrawer();
    focusComposer();
  };
  return element(
    "button",
    { type: "button", class: "place", "data-key": place.key, "aria-current": isHere ? "true" : null, click },
    faceOf(place),
    element("span", { class: "place-title", dir: "auto" }, titleOf(place, who)),
    element("span", { class: "place-time" }, last && shortTime(who, new Date(last.at), now())),
    element("span", { class: "place-last", dir: "auto" }, last && preview(last, place, who)),
    unread > 0 && element("span", { class: "badge", "aria-label": word(who.locale, "unread", { count: unread }) }, unread > 99 ? "99+" : String(unread)),
  );
}

export function faceOf(place) {
  if (place.kind === "private") return avatar(state.company, true);
  return element("span", { class: "avatar avatar-group", "aria-hidden": "true" }, icon("group"));
}

export function titleOf(place, who) {
  return place.kind === "private" ? nameOf(null, who) : place.title;
}

function preview(message, place, who) {
  const words = (message.title || message.text || message.uploads?.[0]?.name || message.document?.name || message.picture?.alt || "").slice(0, 80);
  const isOthers = place.kind === "group" && message.sender !== null && message.sender !== who.user;
  return isOthers ? `${nameOf(message.sender, who)}: ${words}` : words;
}

function buildSignOut(who) {
  const click = async () => {
    await fetch("/local/sign-out", { method: "POST" });
    location.reload();
  };
  return element(
    "div",
    { class: "signed-in" },
    avatar(who.name || "?"),
    element("span", { dir: "auto" }, who.name),
    element("button", { type: "button", class: "button", click }, word(who.locale, "sign-out")),
  );
}
