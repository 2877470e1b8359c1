// Files that wait beside the words: chosen by the paper clip, pasted, or dropped. Their bytes go first, each by a request
// of its own; the message that names them goes the way of all messages.

import { element, icon } from "./element.js";
import { word } from "./words.js";

export const LARGEST = 20 * 1024 * 1024; // bytes, as the server counts them
export const MOST = 10;

// What may come along, and the page's word for why the rest may not.
export function chosen(files, present) {
  const fitting = [];
  let problem = null;
  for (const file of files) {
    if (!file.size) problem = "file-empty";
    else if (file.size > LARGEST) problem = "file-too-large";
    else if (present.length + fitting.length >= MOST) problem = "file-too-many";
    else fitting.push(file);
  }
  return { fitting, problem };
}

// Gives what the message says of a file. Throws when the server does not take it, or cannot be reached.
export async function upload(place, file) {
  const address = `/local/uploads/${encodeURIComponent(place)}`;
  const headers = { "Content-Type": "application/octet-stream" };
  const response = await fetch(address, { method: "POST", body: file, headers });
  if (!response.ok) throw new Error(`upload: ${response.status}`);
  const { stored, size } = await response.json();
  return { stored, size, name: file.name.slice(0, 200), media_type: file.type.slice(0, 200) };
}

export function buildChosen(files, locale, remove) {
  return files.map((file) =>
    element(
      "span",
      { class: "chosen" },
      icon("file"),
      element("span", { class: "chosen-name", dir: "auto" }, file.name),
      element("button", { type: "button", class: "plain", "aria-label": word(locale, "file-remove", { name: file.name }), click: () => remove(file) }, icon("close")),
    ),
  );
}
