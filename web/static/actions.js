// What the person can do, as frames to the server.

import { changed, placesOf, reader, state, unreadIn } from "./state.js";

let queue = null;
let connection = null;
let openForm = () => {};
let toast = () => {};

export function connectActions(parts) {
  ({ queue, connection, openForm, toast } = parts);
}

export function say(text, replyTo, uploads = []) {
  queue.add({ type: "say", as: state.me, place: state.place, text, reply_to: replyTo, uploads }, answered(state.place));
  changed();
}

export function waitingToBeSaid() {
  return queue.saidIn(state.me, state.place);
}

// Presses a button; the message's buttons rest until it is acknowledged.
export function press(message, payload) {
  if (state.pressed.has(message)) return;
  state.pressed.set(message, payload);
  const frame = { type: "press", as: state.me, place: state.place, message, payload };
  const then = answered(state.place, message);
  queue.add(frame, (answer) => {
    state.pressed.delete(message);
    then(answer);
    changed();
  });
  changed();
}

// Sends a form off; `onAnswer` gets the errors by field, empty when it was taken.
export function sendForm({ form, values, message, onAnswer }) {
  const then = answered(state.place, message);
  queue.add({ type: "form", as: state.me, place: state.place, form, values, message }, (answer) => {
    onAnswer(answer.errors ?? {});
    then(answer);
  });
}

export function closeForm(form) {
  queue.add({ type: "close_form", as: state.me, place: state.place, form });
}

export function loadOlder(place) {
  const known = state.history.get(place);
  if (!known?.more || known.isLoading) return;
  known.isLoading = connection.send({ type: "older", place, before: known.from });
}

export function markRead() {
  if (document.hidden || !state.place || !unreadIn(state.me, state.place)) return;
  const newest = [...state.history.get(state.place).messages.keys()].at(-1);
  state.reading.set(state.me, { ...state.reading.get(state.me), [state.place]: Number(newest) });
  connection.send({ type: "read", as: state.me, place: state.place, message: newest });
  changed();
}

export function moveClock(step, wall = null) {
  connection.send({ type: "move_clock", as: state.me, step, wall });
}

export function askPeople() {
  connection.send({ type: "people" });
}

// Stays in the conversation when the other person is there too, else goes to their own.
export function become(user) {
  state.me = user;
  const keys = placesOf(user).map((place) => place.key);
  if (!keys.includes(state.place)) state.place = keys[0] ?? null;
  changed();
}

export function goTo(place) {
  state.place = place;
  changed();
}

// A toast or a form that travels in the answer; it belongs to whoever pressed, where they pressed.
function answered(place, message = null) {
  const user = state.me;
  return (answer) => {
    if (answer.type === "refused") toast(`refused-${answer.reason}`);
    if (answer.toast) toast(null, answer.toast);
    if (answer.form && state.me === user && state.place === place) openForm(answer.form, message, reader(), answer.errors);
  };
}
