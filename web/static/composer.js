// Where the person writes. Enter sends, Shift+Enter breaks the line, and Enter that ends a Chinese input does neither.

import { element, icon } from "./element.js";
import { say } from "./actions.js";
import { changed, reader, state } from "./state.js";
import { buildChosen, chosen, upload } from "./uploads.js";
import { word } from "./words.js";

const LONGEST = 100_000; // characters, as the server counts them
const box = document.querySelector("#composer");
const drafts = new Map(); // person and place -> { text, reply, files }
const input = element("textarea", { id: "say", rows: 1, dir: "auto", enterkeyhint: "send" });
const send = element("button", { type: "submit", class: "send" }, icon("send"));
const picker = element("input", { type: "file", multiple: true, hidden: true, tabindex: -1 });
const clip = element("button", { type: "button", class: "plain clip", click: () => picker.click() }, icon("clip"));
const along = element("div", { class: "along" });
const quote = element("div", { class: "replying" });
const warning = element("p", { class: "field-error", role: "alert" });
let key = "";

export function startComposer() {
  box.append(quote, along, element("div", { class: "line" }, clip, picker, input, send), warning);
  picker.addEventListener("change", () => {
    takeFiles(picker.files);
    picker.value = ""; // the same file may be chosen again
  });
  input.addEventListener("paste", (event) => {
    // What is copied from a table comes as text and as a picture of it: the words are meant.
    if (!event.clipboardData?.files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    takeFiles(event.clipboardData.files);
  });
  const page = document.querySelector("main") ?? document.body;
  page.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  page.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length || !state.place) return;
    event.preventDefault();
    takeFiles(event.dataTransfer.files);
  });
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
  for (const part of [clip, picker]) part.setAttribute("aria-label", word(locale, "attach"));
  clip.title = word(locale, "attach");
  showFiles(locale);
  showReply(locale);
  if (current === key) return;
  key = current;
  input.value = draft().text;
  fit();
}

export function startReply(message, name) {
  draft().reply = { id: message.id, name, text: (message.title || message.text || message.uploads?.[0]?.name || "").slice(0, 160) };
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
  if (!drafts.has(current)) drafts.set(current, { text: "", reply: null, files: [] });
  return drafts.get(current);
}

function sendOff() {
  const text = input.value;
  const length = [...text].length;
  const { locale } = reader();
  warning.textContent = length > LONGEST ? word(locale, "too-long", { limit: LONGEST.toLocaleString(locale) }) : "";
  const { files, isBusy } = draft();
  if (isBusy || (!text.trim() && !files.length) || length > LONGEST) return;
  if (files.length) sendFiles(text, draft(), whereAmI());
  else sayAndClear(text, []);
}

function sayAndClear(text, uploads) {
  say(text, draft().reply?.id ?? null, uploads);
  drafts.delete(whereAmI());
  input.value = "";
  fit();
  changed();
}

// The words wait for their files; who goes elsewhere meanwhile finds both unsent.
async function sendFiles(text, sent, where) {
  sent.isBusy = true;
  changed();
  try {
    const uploads = await Promise.all(sent.files.map((file) => upload(state.place, file)));
    if (whereAmI() === where) sayAndClear(text, uploads);
  } catch {
    if (whereAmI() === where) warning.textContent = word(reader().locale, "file-not-sent");
  } finally {
    sent.isBusy = false;
    changed();
  }
}

function takeFiles(files) {
  const { locale } = reader();
  const { fitting, problem } = chosen(files, draft().files);
  draft().files.push(...fitting);
  warning.textContent = problem ? word(locale, problem) : "";
  changed();
  input.focus();
}

function showFiles(locale) {
  const { files, isBusy } = draft();
  along.hidden = !files.length;
  box.classList.toggle("busy", Boolean(isBusy));
  const remove = (file) => {
    draft().files = draft().files.filter((each) => each !== file);
    changed();
  };
  along.replaceChildren(...buildChosen(files, locale, remove));
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
