// Signing in by a one-time link: /?code=…

import { element } from "./element.js";
import { languageOf, word } from "./words.js";

// Uses the code in the address up, if there is one, and takes it out of the address. Gives whether it was good.
export async function redeemCode() {
  const code = new URLSearchParams(location.search).get("code");
  if (code === null) return true;
  history.replaceState(null, "", location.pathname);
  const answer = await fetch("/local/sign-in", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code }),
  });
  return answer.ok;
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
