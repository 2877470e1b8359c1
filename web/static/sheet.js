// A dialog over the page; on a phone it comes up from below.

import { element, icon } from "./element.js";
import { buildForm } from "./form.js";
import { closeForm, sendForm } from "./actions.js";
import { word } from "./words.js";

// Opens `node` under a title. `onDismiss` is called when the person closes it, not when the page does.
export function openSheet({ title, node, locale, onDismiss = () => {} }) {
  const dismiss = () => {
    dialog.close();
    onDismiss();
  };
  const close = element("button", { type: "button", class: "plain", "aria-label": word(locale, "close"), click: dismiss }, icon("close"));
  const heading = element("h2", { id: "sheet-title", dir: "auto" }, title);
  const dialog = element(
    "dialog",
    { class: "sheet", "aria-labelledby": "sheet-title", lang: locale },
    element("header", { class: "sheet-head" }, heading, close),
    node,
  );
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    dismiss();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  node.querySelector("input, select, textarea, button")?.focus();
  return { close: () => dialog.close(), dismiss };
}

// A form that the assistant asked to open; `message` is the card it belongs to, `errors` what is wrong in it from the start.
export function openFormSheet(form, message, { locale }, errors = {}) {
  let sheet = null;
  const built = buildForm(form, {
    locale,
    onCancel: () => sheet.dismiss(),
    onSubmit(values) {
      built.setBusy(true);
      sendForm({
        form: form.press,
        values,
        message,
        onAnswer(errors) {
          built.setBusy(false);
          built.showErrors(errors);
          if (!Object.keys(errors).length) sheet.close();
        },
      });
    },
  });
  sheet = openSheet({ title: form.title, node: built.node, locale, onDismiss: () => closeForm(form.press) });
  if (Object.keys(errors).length) built.showErrors(errors);
}
