// A form's fields, natively felt by kind; errors stand at their field and what was typed stays.

import { element } from "./element.js";
import { word } from "./words.js";

const INPUTS = {
  text: { type: "text" },
  date: { type: "date" },
  time: { type: "time" },
  // Not type=number: amounts are also said as 50万 or 20k, which the server understands.
  number: { type: "text", inputmode: "decimal" },
  phone: { type: "tel", autocomplete: "off" },
  email: { type: "email", autocomplete: "off" },
};
const FEW_CHOICES = 4;
let made = 0;

// Gives { node, showErrors, setBusy }. `onSubmit` gets the values by name, `onCancel` may be missing.
export function buildForm(form, { locale, onSubmit, onCancel }) {
  const prefix = `form-${(made += 1)}`;
  const fields = form.fields.map((field) => buildField(field, `${prefix}-${field.name}`, locale));
  const submit = element("button", { type: "submit", class: "button primary" }, form.submit || word(locale, "form-save"));
  const cancel = onCancel && element("button", { type: "button", class: "button", click: onCancel }, word(locale, "cancel"));
  const note = form.note && element("p", { class: "form-note" }, form.note);
  const node = element("form", { class: "form", novalidate: true, autocomplete: "off" }, [
    note,
    fields.map((field) => field.node),
    element("div", { class: "form-actions" }, submit, cancel),
  ]);
  const showErrors = (errors) => fields.forEach((field) => field.showError(errors[field.name] ?? "")) ?? focusFirst(node);
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    const missing = fields.filter((field) => field.required && !field.read().trim());
    showErrors(Object.fromEntries(missing.map((field) => [field.name, word(locale, "required")])));
    if (!missing.length) onSubmit(Object.fromEntries(fields.map((field) => [field.name, field.read()])));
  });
  return { node, showErrors, setBusy: (isBusy) => (submit.disabled = isBusy) };
}

function focusFirst(node) {
  node.querySelector("[aria-invalid=true]")?.focus();
}

function buildField(field, id, locale) {
  const control = buildControl(field, id, locale);
  const error = element("p", { class: "field-error", id: `${id}-error`, role: "alert" });
  const hint = field.hint ? element("p", { class: "field-hint", id: `${id}-hint` }, field.hint) : null;
  const inputs = control.inputs;
  const described = [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(" ");
  for (const input of inputs) input.setAttribute("aria-describedby", described);
  const optional = !field.required && element("span", { class: "optional" }, word(locale, "optional"));
  const isGroup = inputs.length > 1;
  const label = element(isGroup ? "legend" : "label", isGroup ? {} : { for: id }, field.label, " ", optional);
  return {
    name: field.name,
    required: field.required,
    read: control.read,
    node: element(isGroup ? "fieldset" : "div", { class: "field" }, label, control.node, hint, error),
    showError(text) {
      error.textContent = text;
      for (const input of inputs) input.setAttribute("aria-invalid", String(Boolean(text)));
    },
  };
}

function buildControl(field, id, locale) {
  if (field.kind === "choice" && field.choices.length <= FEW_CHOICES) return buildPills(field, id);
  const properties = { id, name: field.name, "aria-required": String(field.required) };
  const input =
    field.kind === "choice"
      ? element("select", properties, choicesOf(field, locale))
      : field.kind === "long"
        ? element("textarea", { ...properties, rows: 4, dir: "auto" })
        : element("input", { ...properties, dir: "auto", ...(INPUTS[field.kind] ?? INPUTS.text) });
  input.value = field.value;
  return { node: input, inputs: [input], read: () => input.value };
}

function choicesOf(field, locale) {
  const none = ["", word(locale, "choose")];
  return [none, ...field.choices].map(([value, label]) => element("option", { value }, label));
}

function buildPills(field, id) {
  const inputs = field.choices.map(([value], index) => {
    const input = element("input", { type: "radio", name: id, id: `${id}-${index}`, value });
    input.checked = value === field.value;
    return input;
  });
  const pills = inputs.map((input, index) =>
    element("span", { class: "pill" }, input, element("label", { for: input.id }, field.choices[index][1])),
  );
  const read = () => inputs.find((input) => input.checked)?.value ?? "";
  return { node: element("div", { class: "pills" }, pills), inputs, read };
}
