// The socket to the server. It comes back by itself, with growing pauses.

const FIRST_PAUSE = 400; // milliseconds
const LONGEST_PAUSE = 15_000;
const SIGNED_OUT = 4401; // the server's close code: sign in first

export class Connection {
  // `hello` gives the first frame of each connection; the others are told what happens.
  constructor({ hello, onFrame, onOnline, onSignedOut }) {
    Object.assign(this, { hello, onFrame, onOnline, onSignedOut });
    this.pause = FIRST_PAUSE;
    this.timer = null;
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
  }

  open() {
    const address = new URL("/local/socket", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.hello()));
    socket.onmessage = ({ data }) => this.take(JSON.parse(data));
    socket.onclose = ({ code }) => this.lost(code);
  }

  take(frame) {
    if (frame.type === "welcome") {
      this.pause = FIRST_PAUSE;
      this.isReady = true;
    }
    this.onFrame(frame);
    if (frame.type === "welcome") this.onOnline(true);
  }

  // Gives whether it went out; what must not be lost stays in the queue until it is acknowledged.
  send(frame) {
    if (!this.isReady) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  lost(code) {
    this.isReady = false;
    if (code === SIGNED_OUT) {
      this.onSignedOut();
      return;
    }
    this.onOnline(false);
    this.timer = setTimeout(() => this.open(), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  hurry() {
    if (this.socket?.readyState !== WebSocket.CLOSED || this.timer === null) return;
    clearTimeout(this.timer);
    this.open();
  }
}
