// Signing in by a one-time link: /?code=…

import { element } from "./element.js";
import { openSheet } from "./sheet.js";
import { languageOf, word } from "./words.js";

const SOMEBODY_ELSE = 409; // the server's answer: this browser is signed in as another person

// Uses the code in the address up, if there is one, and takes it out of the address. Gives whether it was good.
export async function redeemCode() {
  const code = new URLSearchParams(location.search).get("code");
  if (code === null) return true;
  history.replaceState(null, "", location.pathname);
  const answer = await signIn({ code });
  if (answer.status !== SOMEBODY_ELSE) return answer.ok;
  const { name } = await answer.json();
  if (!(await wantsToChange(name))) return true;
  return (await signIn({ code, instead: true })).ok;
}

function signIn(body) {
  return fetch("/local/sign-in", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

// The link is another person's than who is signed in here: whoever only looks at it must not use it up.
function wantsToChange(name) {
  const locale = languageOf(navigator.language);
  return new Promise((resolve) => {
    const choose = (answer) => () => {
      sheet.close();
      resolve(answer);
    };
    const stay = element("button", { type: "button", class: "button primary", click: choose(false) }, word(locale, "sign-in-stay", { name }));
    const change = element("button", { type: "button", class: "button", click: choose(true) }, word(locale, "sign-in-change"));
    const node = element(
      "div",
      { class: "form" },
      element("p", {}, word(locale, "sign-in-other")),
      element("div", { class: "form-actions" }, stay, change),
    );
    const sheet = openSheet({ title: word(locale, "sign-in-as", { name }), node, locale, onDismiss: () => resolve(false) });
  });
}

export function showSignedOut(wasGood) {
  const locale = languageOf(navigator.language);
  document.documentElement.lang = locale;
  document.body.classList.add("signed-out");
  document.body.replaceChildren(
    element(
      "main",
      { class: "sign-in" },
      element("h1", {}, word(locale, "sign-in-title")),
      !wasGood && element("p", { role: "alert", class: "field-error" }, word(locale, "sign-in-failed")),
      element("p", {}, word(locale, "sign-in-how")),
    ),
  );
}
