// All that the page knows. Whoever changes it calls changed(); the views look again once a frame.

export const state = {
  isWelcome: false, // true once the server has told where things stand
  isOnline: false,
  isDemo: false,
  company: "",
  people: new Map(),
  places: new Map(),
  history: new Map(), // place -> { messages: Map(id -> message), more, from }
  reading: new Map(), // user -> { place: message id }
  clock: { now: Date.now(), since: performance.now(), isMoving: false },
  me: null,
  place: null,
  pressed: new Map(), // message id -> payload of the press that is under way
};

const views = [];
let isPlanned = false;
let revisions = 0;

export function onChange(view) {
  views.push(view);
}

export function changed() {
  if (isPlanned) return;
  isPlanned = true;
  queueMicrotask(() => {
    isPlanned = false;
    for (const view of views) view();
  });
}

export function now() {
  return new Date(state.clock.now + performance.now() - state.clock.since);
}

export function setClock(iso, isMoving) {
  state.clock = { now: Date.parse(iso), since: performance.now(), isMoving };
}

// Who looks at the page; before anybody is known, whoever the browser seems to be.
export function reader() {
  return (
    state.people.get(state.me) ?? {
      locale: navigator.language,
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      name: "",
      chips: [],
    }
  );
}

export function placesOf(user) {
  return [...state.places.values()].filter((place) => place.members.includes(user));
}

function canSee(user, message) {
  return !message.only || message.only === user;
}

export function messagesFor(user, place) {
  const known = state.history.get(place);
  if (!known) return [];
  return [...known.messages.values()].filter((message) => canSee(user, message)).sort((a, b) => a.id - b.id);
}

export function unreadIn(user, place) {
  const read = Number(state.reading.get(user)?.[place] ?? 0);
  return messagesFor(user, place).filter((message) => message.sender !== user && Number(message.id) > read).length;
}

export function unreadOf(user) {
  return placesOf(user).reduce((sum, place) => sum + unreadIn(user, place.key), 0);
}

export function learnPeople({ people, places }) {
  state.people = new Map(people.map((person) => [person.user, person]));
  state.places = new Map(places.map((place) => [place.key, place]));
}

// A page of history that replaces what was known, as after a break in the connection.
export function learnHistory({ place, messages, more, from }) {
  const before = state.history.get(place)?.messages;
  const known = messages.map((message) => [message.id, sameOrNew(before?.get(message.id), message)]);
  state.history.set(place, { messages: new Map(known), more, from });
}

// What was drawn stays as it stands; what changed gets a number of its own, by which it is drawn anew.
function sameOrNew(before, message) {
  const content = JSON.stringify(message);
  return before?.content === content ? before : { ...message, content, revision: (revisions += 1) };
}

export function learnOlder({ place, messages, more, from }) {
  const known = state.history.get(place);
  const older = messages.map((message) => [message.id, sameOrNew(known.messages.get(message.id), message)]);
  state.history.set(place, { messages: new Map([...older, ...known.messages]), more, from: from ?? known.from });
}

export function learnMessage(place, message) {
  if (!state.history.has(place)) state.history.set(place, { messages: new Map(), more: false, from: message.id });
  const { messages } = state.history.get(place);
  messages.set(message.id, sameOrNew(messages.get(message.id), message));
}

export function learnRead(user, place, message) {
  state.reading.set(user, { ...state.reading.get(user), [place]: Number(message) });
}
