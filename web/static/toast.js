// A short word that goes by itself.

import { reader } from "./state.js";
import { word } from "./words.js";

const box = document.querySelector("#toast");
const SHOWN = 5_000; // milliseconds
let timer = null;

// `key` is one of the page's words, or null with a finished `text`.
export function toast(key, text = word(reader().locale, key)) {
  clearTimeout(timer);
  box.textContent = text;
  box.classList.add("shown");
  timer = setTimeout(() => box.classList.remove("shown"), SHOWN);
}
