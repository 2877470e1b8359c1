// Where the person writes. Enter sends, Shift+Enter breaks the line, and Enter that ends a Chinese input does neither.

import { element, icon } from "./element.js";
import { say } from "./actions.js";
import { changed, reader, state } from "./state.js";
import { word } from "./words.js";

const LONGEST = 100_000; // characters, as the server counts them
const box = document.querySelector("#composer");
const drafts = new Map(); // person and place -> { text, reply }
const input = element("textarea", { id: "say", rows: 1, dir: "auto", enterkeyhint: "send" });
const send = element("button", { type: "submit", class: "send" }, icon("send"));
const quote = element("div", { class: "replying" });
const warning = element("p", { class: "field-error", role: "alert" });
let key = "";

export function startComposer() {
  box.append(quote, element("div", { class: "line" }, input, send), warning);
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    sendOff();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && draft().reply) cancelReply();
    // 229 is what Safari says for the Enter that ends a composition, after it said that there is none.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    sendOff();
  });
  input.addEventListener("input", () => {
    draft().text = input.value;
    fit();
  });
}

export function showComposer() {
  const { locale } = reader();
  const current = whereAmI();
  box.hidden = !state.place;
  input.placeholder = word(locale, "write-here");
  input.setAttribute("aria-label", word(locale, "message"));
  send.setAttribute("aria-label", word(locale, "send"));
  showReply(locale);
  if (current === key) return;
  key = current;
  input.value = draft().text;
  fit();
}

export function startReply(message, name) {
  draft().reply = { id: message.id, name, text: (message.title || message.text || "").slice(0, 160) };
  input.focus();
  changed();
}

export function focusComposer() {
  // On a phone the keyboard would jump up and hide half the conversation.
  if (matchMedia("(hover: hover)").matches) input.focus();
}

function whereAmI() {
  return `${state.me} ${state.place}`;
}

function draft() {
  const current = whereAmI();
  if (!drafts.has(current)) drafts.set(current, { text: "", reply: null });
  return drafts.get(current);
}

function sendOff() {
  const text = input.value;
  const length = [...text].length;
  const { locale } = reader();
  warning.textContent = length > LONGEST ? word(locale, "too-long", { limit: LONGEST.toLocaleString(locale) }) : "";
  if (!text.trim() || length > LONGEST) return;
  say(text, draft().reply?.id ?? null);
  drafts.delete(whereAmI());
  input.value = "";
  fit();
  changed();
}

function showReply(locale) {
  const { reply } = draft();
  quote.replaceChildren();
  quote.hidden = !reply;
  if (!reply) return;
  const cancel = element("button", { type: "button", class: "plain", "aria-label": word(locale, "reply-cancel"), click: cancelReply }, icon("close"));
  const words = element("div", { class: "quote" }, element("strong", { dir: "auto" }, word(locale, "reply-to", { name: reply.name })), element("span", { dir: "auto" }, reply.text));
  quote.append(words, cancel);
}

function cancelReply() {
  draft().reply = null;
  changed();
  input.focus();
}

// Grows with what is written, up to the height that the style sheet allows.
function fit() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight}px`;
}
