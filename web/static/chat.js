// The page: connects its parts and draws them again when something changed.

import { askPeople, become, connectActions } from "./actions.js";
import { showChips } from "./chips.js";
import { focusComposer, showComposer, startComposer } from "./composer.js";
import { Connection } from "./connection.js";
import { showHeader } from "./header.js";
import { Queue } from "./queue.js";
import { openFormSheet } from "./sheet.js";
import { showSidebar, startSidebar } from "./sidebar.js";
import { redeemCode, showSignedOut } from "./signin.js";
import { changed, learnHistory, learnMessage, learnOlder, learnPeople, learnRead, onChange, reader, setClock, state, unreadOf } from "./state.js";
import { showThread, startThread } from "./thread.js";
import { toast } from "./toast.js";
import { languageOf, word } from "./words.js";

const LAST = "guanxi-last"; // who this tab was, and where
const MINUTE_CHECK = 5_000; // milliseconds; how late the shown clock may be
const banner = document.querySelector("#banner");

const connection = new Connection({
  hello: () => ({ type: "hello", have: Object.fromEntries([...state.history].map(([place, known]) => [place, known.messages.size])) }),
  onFrame: (frame) => {
    FRAMES[frame.type]?.(frame);
    changed();
  },
  onOnline: (isOnline) => {
    state.isOnline = isOnline;
    if (isOnline) queue.restart();
    changed();
  },
  onSignedOut: () => showSignedOut(wasGood),
});
const queue = new Queue({ send: (frame) => connection.send(frame), onChange: changed });
let wasGood = true;

const FRAMES = {
  welcome: learnAll,
  message({ place, message }) {
    if (!state.places.has(place)) askPeople();
    learnMessage(place, message);
  },
  people: learnPeople,
  older: learnOlder,
  read: ({ user, place, message }) => learnRead(user, place, message),
  clock: (frame) => setClock(frame.now, frame.moving),
  ack: (frame) => queue.settle(frame),
  again: (frame) => queue.again(frame.id),
  refused: (frame) => (frame.id ? queue.settle(frame) : toast(`refused-${frame.reason}`)),
};

function learnAll(welcome) {
  state.isDemo = welcome.demo;
  state.company = welcome.company;
  learnPeople(welcome);
  const places = new Set(welcome.history.map((page) => page.place));
  for (const place of state.history.keys()) if (!places.has(place)) state.history.delete(place);
  welcome.history.forEach(learnHistory);
  state.reading = new Map(Object.entries(welcome.reading));
  setClock(welcome.now, false);
  if (state.isWelcome && state.people.has(state.me)) return;
  state.isWelcome = true;
  become(welcome.me ?? lastPerson() ?? likelyPerson());
  queueMicrotask(focusComposer); // once the composer is shown
}

function lastPerson() {
  const user = sessionStorage.getItem(LAST);
  return state.people.has(user) ? user : null;
}

// A sales person who speaks the browser's language.
function likelyPerson() {
  const language = languageOf(navigator.language);
  const people = [...state.people.values()];
  const speaks = people.filter((person) => languageOf(person.locale) === language);
  return (speaks.find((person) => person.role === "rep") ?? speaks[0] ?? people[0])?.user ?? null;
}

function showAll() {
  if (!state.isWelcome) return;
  const { locale } = reader();
  document.documentElement.lang = languageOf(locale);
  banner.hidden = state.isOnline;
  banner.textContent = state.isOnline ? "" : word(locale, "offline");
  showHeader();
  showSidebar();
  showChips();
  showComposer();
  showThread(); // last: the others take their height first
  const mine = state.isDemo ? [...state.people.keys()] : [state.me];
  const unread = mine.reduce((sum, user) => sum + unreadOf(user), 0);
  document.title = unread ? `(${unread}) ${state.company}` : state.company;
  sessionStorage.setItem(LAST, state.me);
}

connectActions({ queue, connection, openForm: openFormSheet, toast });
startComposer();
startSidebar();
startThread();
onChange(showAll);
setInterval(showHeader, MINUTE_CHECK);
document.addEventListener("visibilitychange", changed);
wasGood = await redeemCode();
connection.open();
