// One socket per job: join, replay what was missed, forward. Polls when sockets are blocked.

export const SILENCE_MS = 3000;
export const POLL_AFTER_MS = 10000;
export const POLL_EVERY_MS = 2000;
const BACK_OFF_MS = [250, 500, 1000, 2000, 5000];

/** The lines of `events` that come next after `known`, and whether some are missing in between. */
export function inOrder(events, known) {
  const fresh = [];
  let last = known;
  for (const event of [...events].sort((a, b) => a.seq - b.seq)) {
    if (event.seq <= last) continue;
    if (event.seq !== last + 1) return { fresh, last, gap: true };
    fresh.push(event);
    last = event.seq;
  }
  return { fresh, last, gap: false };
}

/** Milliseconds before the next attempt, `failures` counted from 0. */
export function backOff(failures) {
  return BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)];
}

/** "live", "reconnecting" or "polling" for a connection that is open, or lost since `lostMs`. */
export function liveState(open, lostMs) {
  if (open) return "live";
  return lostMs >= POLL_AFTER_MS ? "polling" : "reconnecting";
}

/**
 * Follows one job until `close()`. `onEvents(list)` gets new lines in order, each once;
 * `onLive(state)` tells how fresh they are.
 */
export class JobSocket {
  constructor({ uid, after, eventsUrl, onEvents, onLive }) {
    Object.assign(this, { uid, eventsUrl, onEvents, onLive, known: after });
    this.failures = 0;
    this.lostAt = null;
    this.closed = false;
    this.connect();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.poller);
    this.socket?.close();
  }

  connect() {
    if (this.closed) return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.socket = new WebSocket(`${scheme}://${location.host}/ws/jobs/${this.uid}/?after=${this.known}`);
    const impatient = setTimeout(() => this.socket.close(), SILENCE_MS);
    this.socket.addEventListener("message", (message) => {
      clearTimeout(impatient);
      this.recovered();
      this.take(JSON.parse(message.data).events);
    });
    this.socket.addEventListener("close", (event) => {
      clearTimeout(impatient);
      this.lost(event.code);
    });
  }

  recovered() {
    this.failures = 0;
    this.lostAt = null;
    clearTimeout(this.poller);
    this.poller = null;
    this.onLive("live");
  }

  lost(code) {
    if (this.closed || code === 4401 || code === 4404) return;
    this.lostAt ??= Date.now();
    this.tell();
    this.poller ??= setTimeout(() => this.poll(), POLL_AFTER_MS);
    this.timer = setTimeout(() => this.connect(), backOff(this.failures++));
  }

  tell() {
    this.onLive(liveState(false, Date.now() - this.lostAt));
  }

  async poll() {
    if (this.closed || this.lostAt === null) return;
    this.tell();
    await this.ask();
    this.poller = setTimeout(() => this.poll(), POLL_EVERY_MS);
  }

  /** Fetch the lines after the last known one; failing costs nothing, the next try asks for the same. */
  async ask() {
    try {
      const answer = await fetch(`${this.eventsUrl}?after=${this.known}`, { headers: { Accept: "application/json" } });
      if (answer.ok) this.take((await answer.json()).events);
    } catch {
      this.tell();
    }
  }

  take(events) {
    const { fresh, last, gap } = inOrder(events, this.known);
    this.known = last;
    if (fresh.length) this.onEvents(fresh);
    if (gap) this.ask();
  }
}
