// One message as a bubble: title, text, picture, document, buttons, form.

import { element, icon } from "./element.js";
import { press, sendForm } from "./actions.js";
import { buildForm } from "./form.js";
import { state } from "./state.js";
import { clockTime, fullMoment } from "./times.js";
import { word } from "./words.js";

const LONG = 1_500; // characters; longer texts are folded
const ADDRESS = /(https?:\/\/[^\s<>"'，。；）】」]+[^\s<>"'，。；）】」.,;:!?)\]])/u;
const SAFE_LINK = /^(https?|mailto|tel):/iu;
const inlineForms = new Map(); // message id + form -> a form that keeps what was typed when its card is edited

// `shows` says what the thread knows around the message: the sender's name, whether it begins a group, what it quotes.
export function buildMessage(message, reader, shows) {
  const isMine = message.sender === reader.user;
  const classes = ["message", isMine ? "mine" : "theirs", shows.begins && "begins", shows.isSending && "sending"];
  return element(
    "article",
    { class: classes.filter(Boolean).join(" "), "data-id": message.id },
    !isMine && element("div", { class: "beside" }, shows.begins && shows.avatar),
    element("div", { class: "column" }, [
      shows.begins && shows.name && element("div", { class: "sender", dir: "auto" }, shows.name),
      buildBubble(message, reader, shows),
      buildRows(message),
    ]),
    !shows.isSending && buildReply(message, reader, shows),
  );
}

function buildBubble(message, reader, shows) {
  return element("div", { class: "bubble" }, [
    message.only && element("div", { class: "private" }, icon("lock"), whoSees(message, reader)),
    shows.quote && buildQuote(shows.quote),
    message.title && element("h3", { class: "title", dir: "auto" }, message.title),
    message.text && buildText(message.text, reader.locale),
    message.uploads?.map((sent) => buildUpload(sent)),
    message.picture && buildPicture(message.picture),
    message.document && buildDocument(message.document),
    message.form && inlineForm(message, reader),
    buildStamp(message, reader, shows),
  ]);
}

function whoSees(message, reader) {
  if (message.only === reader.user) return word(reader.locale, "only-you");
  return word(reader.locale, "only-one", { name: state.people.get(message.only)?.name ?? message.only });
}

function buildQuote({ name, text, goTo }) {
  return element(
    "button",
    { type: "button", class: "quote", click: goTo },
    element("strong", { dir: "auto" }, name),
    element("span", { dir: "auto" }, text),
  );
}

function buildText(text, locale) {
  const node = element("div", { class: "text", dir: "auto" }, withLinks(text));
  if (text.length <= LONG) return node;
  node.classList.add("folded");
  const unfold = () => {
    node.classList.remove("folded");
    more.remove();
  };
  const more = element("button", { type: "button", class: "more", click: unfold }, word(locale, "show-all"));
  return element("div", {}, node, more);
}

function withLinks(text) {
  return text.split(ADDRESS).map((part, index) => (index % 2 ? link(part, part) : part));
}

function link(address, label, properties = {}) {
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...properties }, label);
}

function buildPicture({ url, alt }) {
  return link(url, element("img", { class: "picture", src: url, alt, loading: "lazy" }), { class: "picture-link" });
}

function buildDocument({ url, name, size }) {
  return element(
    "a",
    { class: "document", href: url, download: name },
    icon("file"),
    element("span", { class: "document-name", dir: "auto" }, name),
    element("span", { class: "document-size" }, inKilobytes(size)),
  );
}

// While it is being sent a file has no address yet.
function buildUpload({ url, name, size, kind, media_type: mediaType = "" }) {
  const isPhoto = kind === "photo" || mediaType.startsWith("image/");
  if (!url) return element("span", { class: "document" }, icon("file"), element("span", { class: "document-name", dir: "auto" }, name));
  return isPhoto ? buildPicture({ url, alt: name }) : buildDocument({ url, name, size });
}

function inKilobytes(size) {
  return size < 1_000_000 ? `${Math.max(1, Math.round(size / 1000))} KB` : `${(size / 1_000_000).toFixed(1)} MB`;
}

function buildStamp(message, reader, shows) {
  if (shows.isSending) return element("div", { class: "stamp" }, word(reader.locale, "sending"));
  const at = new Date(message.at);
  const edited = message.edited_at && `${word(reader.locale, "edited")} · `;
  return element("div", { class: "stamp" }, edited, element("time", { datetime: message.at, title: fullMoment(reader, at) }, clockTime(reader, at)));
}

function buildReply(message, reader, shows) {
  const label = word(reader.locale, "reply-to", { name: shows.quoteName });
  return element("button", { type: "button", class: "plain reply", title: label, "aria-label": label, click: shows.reply }, icon("reply"));
}

// ---------------------------------------------------------------- buttons

function buildRows(message) {
  if (!message.rows?.length) return null;
  const rows = message.rows.map((row) => element("div", { class: "row" }, row.map((button) => buildButton(message, button))));
  return element("div", { class: "rows", role: "group" }, rows);
}

function buildButton(message, button) {
  if (button.url) {
    return SAFE_LINK.test(button.url) ? link(button.url, button.label, { class: "button" }) : element("span", { class: "button" }, button.label);
  }
  const pressed = state.pressed.get(message.id);
  const look = button.is_main ? "button primary" : "button";
  const properties = {
    type: "button",
    class: pressed === button.press ? `${look} pending` : look,
    dir: "auto",
    "data-payload": button.press,
    // Not `disabled`, which would take the keyboard's focus away; press() ignores a second one.
    "aria-disabled": pressed === undefined ? null : "true",
    click: () => press(message.id, button.press),
  };
  return element("button", properties, button.label);
}

// ---------------------------------------------------------------- form in the message

function inlineForm(message, reader) {
  const key = `${message.id} ${message.form.press} ${reader.user}`;
  if (!inlineForms.has(key)) inlineForms.set(key, buildInlineForm(message, reader));
  return inlineForms.get(key);
}

function buildInlineForm(message, { locale }) {
  const { form } = message;
  const built = buildForm(form, {
    locale,
    onSubmit(values) {
      built.setBusy(true);
      const onAnswer = (errors) => {
        built.setBusy(false);
        built.showErrors(errors);
      };
      sendForm({ form: form.press, values, message: message.id, onAnswer });
    },
  });
  return element("section", { class: "inline-form", "aria-label": form.title }, element("h4", { dir: "auto" }, form.title), built.node);
}
