// The conversation's messages: by day, by sender, the newest at the bottom.

import { avatar, element, icon } from "./element.js";
import { loadOlder, markRead, waitingToBeSaid } from "./actions.js";
import { startReply } from "./composer.js";
import { buildMessage } from "./message.js";
import { messagesFor, now, reader, state } from "./state.js";
import { dayName, dayOf } from "./times.js";
import { word } from "./words.js";

const NEAR = 80; // pixels from an end that count as being there
const PAUSE = 5 * 60_000; // milliseconds after which a sender is named again
const box = document.querySelector("#thread");
const newest = document.querySelector("#newest");
let lastTop = 0;
let shown = { key: null, nodes: new Map(), ids: new Set() }; // what stands there: signature -> node

export function startThread() {
  box.addEventListener("scroll", () => {
    if (box.scrollTop < NEAR) loadOlder(state.place);
    // Only who scrolls up leaves the bottom; a thread that became smaller is followed down again.
    if (isAtBottom()) shown.wasAtBottom = true;
    else if (box.scrollTop < lastTop) shown.wasAtBottom = false;
    lastTop = box.scrollTop;
    if (shown.wasAtBottom) arrive();
  });
  newest.addEventListener("click", () => box.scrollTo({ top: box.scrollHeight, behavior: "smooth" }));
  const stay = () => shown.wasAtBottom && toBottom();
  new ResizeObserver(stay).observe(box);
  box.addEventListener("load", stay, { capture: true }); // a picture arrived and made its message taller
}

export function showThread() {
  const who = reader();
  const key = `${who.user} ${state.place} ${who.locale}`;
  const isSame = key === shown.key;
  const fromBottom = box.scrollHeight - box.scrollTop;
  const messages = [...messagesFor(who.user, state.place), ...unsent(who)];
  const spoke = messages.some((message) => message.isSending && !shown.ids.has(message.id));
  const wasAtBottom = !isSame || spoke || shown.wasAtBottom;
  const before = isSame ? shown : { nodes: new Map(), ids: new Set() };
  const isNew = isSame && messages.some((message) => !before.ids.has(message.id) && message.sender !== who.user);
  const hasOlderOnTop = isSame && before.first !== undefined && before.first !== messages[0]?.id;
  const nodes = layOut(messages, who, before.nodes);
  keepFocus(() => settle([...nodes.values()]));
  shown = { key, nodes, ids: new Set(messages.map((message) => message.id)), first: messages[0]?.id, wasAtBottom };
  if (wasAtBottom) toBottom();
  else if (hasOlderOnTop) box.scrollTop = box.scrollHeight - fromBottom;
  newest.replaceChildren(icon("down"), word(who.locale, "newest"));
  if (isNew && !wasAtBottom) newest.hidden = false;
  if (wasAtBottom) arrive();
}

function unsent(who) {
  const known = new Set(messagesFor(who.user, state.place).map((message) => message.delivery));
  return waitingToBeSaid()
    .filter((frame) => !known.has(frame.id))
    .map((frame) => ({ ...frame, sender: who.user, id: frame.id, at: now().toISOString(), isSending: true }));
}

// Nodes by signature, in order; what did not change is taken over as it stands.
function layOut(messages, who, before) {
  const nodes = new Map();
  const put = (signature, build) => nodes.set(signature, before.get(signature) ?? build());
  if (state.history.get(state.place)?.more) put("older", () => buildOlder(who));
  if (!messages.length) put("empty", () => buildEmpty(who));
  messages.forEach((message, index) => {
    const previous = messages[index - 1];
    const at = new Date(message.at);
    const day = dayOf(who, at);
    const isNewDay = !previous || dayOf(who, new Date(previous.at)) !== day;
    const name = dayName(who, at, now());
    if (isNewDay) put(`day ${day} ${name}`, () => element("div", { class: "day", role: "separator" }, name));
    const begins = isNewDay || previous.sender !== message.sender || at - new Date(previous.at) > PAUSE;
    const signature = [message.id, message.revision, begins, state.pressed.get(message.id), message.isSending].join(" ");
    put(signature, () => build(message, who, begins));
  });
  return nodes;
}

function build(message, who, begins) {
  const isGroup = state.places.get(state.place)?.kind === "group";
  const name = nameOf(message.sender, who);
  const node = buildMessage(message, who, {
    begins,
    isSending: message.isSending,
    name: isGroup && message.sender !== who.user ? name : null,
    avatar: avatar(message.sender === null ? state.company : name, message.sender === null),
    quote: message.reply_to && quoteOf(message.reply_to, who),
    quoteName: name,
    reply: () => startReply(message, name),
  });
  if (shown.ids.has(message.id) && message.edited_at && isFresh(message)) node.classList.add("changed");
  return node;
}

// Only what changed just now is highlighted, not what is drawn anew for another reason.
function isFresh(message) {
  return !state.pressed.has(message.id) && Math.abs(now() - new Date(message.edited_at)) < 3_000;
}

export function nameOf(sender, who) {
  if (sender === null) return word(who.locale, "assistant", { company: state.company });
  return state.people.get(sender)?.name ?? sender;
}

function quoteOf(id, who) {
  const quoted = messagesFor(who.user, state.place).find((message) => message.id === id);
  if (!quoted) return { name: "", text: word(who.locale, "earlier-message"), goTo: () => {} };
  const goTo = () => box.querySelector(`[data-id="${id}"]`)?.scrollIntoView({ behavior: "smooth", block: "center" });
  return { name: nameOf(quoted.sender, who), text: (quoted.title || quoted.text || quoted.uploads?.[0]?.name || "").slice(0, 160), goTo };
}

function buildOlder({ locale }) {
  return element("button", { type: "button", class: "older", click: () => loadOlder(state.place) }, word(locale, "earlier"));
}

function buildEmpty({ locale, chips }) {
  return element("p", { class: "empty" }, word(locale, chips?.length ? "empty" : "empty-plain"));
}

// Puts the wanted nodes in order and touches only what is not in place, so that a screen reader hears only news.
function settle(wanted) {
  const keep = new Set(wanted);
  for (const node of [...box.children]) if (!keep.has(node)) node.remove();
  wanted.forEach((node, index) => {
    if (box.children[index] !== node) box.insertBefore(node, box.children[index] ?? null);
  });
}

// A pressed button is drawn anew with its message; the keyboard stays on it, or on the card's first one.
function keepFocus(change) {
  const active = document.activeElement;
  const message = box.contains(active) ? active.closest("[data-id]")?.dataset.id : null;
  const payload = active?.dataset?.payload;
  change();
  if (!message || box.contains(document.activeElement)) return;
  const now = box.querySelector(`[data-id="${message}"]`);
  const same = payload && now?.querySelector(`[data-payload="${CSS.escape(payload)}"]`);
  (same ?? now?.querySelector(".row .button") ?? box).focus({ preventScroll: true });
}

function isAtBottom() {
  return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
}

function toBottom() {
  box.scrollTop = box.scrollHeight;
}

function arrive() {
  newest.hidden = true;
  markRead();
}
