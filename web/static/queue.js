// What the person did and the server has not acknowledged. Each has an id of its own, which stays the same however often
// it is sent, so that nothing is lost and nothing happens twice. Of one conversation only the first is under way: order stays.

const KEPT = "guanxi-queue";
const FIRST_PAUSE = 500; // milliseconds
const LONGEST_PAUSE = 30_000;

export class Queue {
  // `send` gives whether a frame went out; `onChange` is called when something came or went.
  constructor({ send, onChange }) {
    this.send = send;
    this.onChange = onChange;
    this.waiting = kept(); // frames, in the order they were made
    this.answers = new Map(); // id -> what to do when it is acknowledged
    this.underWay = new Set();
    this.pauses = new Map(); // id -> milliseconds
  }

  // Puts a frame in and gives its id. `onAnswer` gets the acknowledgement, or a refusal.
  add(frame, onAnswer = () => {}) {
    const id = newId();
    this.answers.set(id, onAnswer);
    this.waiting.push({ ...frame, id });
    this.keep();
    this.flush();
    return id;
  }

  // Sends the first of each conversation, unless it is under way or pausing.
  flush() {
    const busy = new Set();
    for (const frame of this.waiting) {
      if (busy.has(frame.place)) continue;
      busy.add(frame.place);
      if (!this.underWay.has(frame.id) && this.send(frame)) this.underWay.add(frame.id);
    }
  }

  // After a break nobody knows what arrived: all of it goes again.
  restart() {
    this.underWay.clear();
    this.flush();
  }

  settle(answer) {
    const answered = this.answers.get(answer.id);
    this.waiting = this.waiting.filter((frame) => frame.id !== answer.id);
    for (const store of [this.answers, this.underWay, this.pauses]) store.delete(answer.id);
    this.keep();
    this.flush();
    answered?.(answer);
  }

  again(id) {
    const pause = this.pauses.get(id) ?? FIRST_PAUSE;
    this.pauses.set(id, Math.min(pause * 2, LONGEST_PAUSE));
    setTimeout(() => {
      this.underWay.delete(id);
      this.flush();
    }, pause);
  }

  // What the person wrote and nobody has seen yet.
  saidIn(user, place) {
    return this.waiting.filter((frame) => frame.type === "say" && frame.as === user && frame.place === place);
  }

  keep() {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(this.waiting));
    } catch {
      // Full or forbidden: then a reload forgets what was not sent, which the page cannot help.
    }
    this.onChange();
  }
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
}

// crypto.randomUUID exists on https and localhost only; the page may stand under another name.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
