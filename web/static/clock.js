// The demo's clock: a few steps ahead, or any moment.

import { element } from "./element.js";
import { moveClock } from "./actions.js";
import { openSheet } from "./sheet.js";
import { now, reader } from "./state.js";
import { wallClock } from "./times.js";
import { word } from "./words.js";

const STEPS = ["hour", "tomorrow", "friday"];

export function openClock() {
  const { locale } = reader();
  let sheet = null;
  const go = (step, wall) => {
    sheet.close();
    moveClock(step, wall);
  };
  const steps = STEPS.map((step) => element("button", { type: "button", class: "button", click: () => go(step) }, word(locale, `clock-${step}`)));
  const wall = wallClock(reader(), now());
  const input = element("input", { type: "datetime-local", id: "clock-at", min: wall, value: wall, required: true });
  const form = element(
    "form",
    { class: "form" },
    element("div", { class: "field" }, element("label", { for: "clock-at" }, word(locale, "clock-at")), input),
    element("div", { class: "form-actions" }, element("button", { type: "submit", class: "button primary" }, word(locale, "clock-go"))),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go("at", input.value);
  });
  const node = element("div", {}, element("p", { class: "about" }, word(locale, "clock-about")), element("div", { class: "steps" }, steps), form);
  sheet = openSheet({ title: word(locale, "clock-title"), node, locale });
}
