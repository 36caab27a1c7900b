// Uploads without the page: what is remembered, how fast it goes, what is tried again, what is said.

const STORE = "cuepoint-upload:";
const WINDOW_MS = 5000;
const SETTLED_MS = 1500;
const AGAIN = [409, 423, 460];

/** The same file chosen again has the same fingerprint: name, size and date. */
export function fingerprint({ name, size, lastModified }) {
  return `${name}|${size}|${lastModified}`;
}

/** Why a file is not worth sending, in words; "" when it is. */
export function refusal({ size }, maxBytes) {
  if (!size) return "This file is empty (0 bytes).";
  return size > maxBytes ? `This file has ${sizeWords(size)}; this server takes up to ${sizeWords(maxBytes)}.` : "";
}

export function sizeWords(bytes) {
  const steps = ["B", "KB", "MB", "GB", "TB"];
  let value = bytes;
  let step = 0;
  while (value >= 1000 && step < steps.length - 1) {
    value /= 1024;
    step += 1;
  }
  return `${value.toFixed(step > 1 && value < 100 ? 1 : 0)} ${steps[step]}`;
}

/** Whether a failed request is worth another try: network trouble and server trouble, not refusals. */
export function worthRetrying(status) {
  return status === 0 || status >= 500 ? status !== 507 : AGAIN.includes(status);
}

/** Whether people may try again themselves: also once the full disk of the server has room again. */
export function worthResuming(status) {
  return status === 507 || worthRetrying(status);
}

/** Bytes a second over the last five seconds; null until it says something. */
export class Speed {
  constructor() {
    this.points = [];
  }

  add(bytes, now) {
    this.points.push({ bytes, now });
    while (this.points.length > 2 && now - this.points[1].now > WINDOW_MS) this.points.shift();
  }

  get value() {
    const first = this.points[0];
    const last = this.points.at(-1);
    if (!first || last.now - first.now < SETTLED_MS) return null;
    return (1000 * (last.bytes - first.bytes)) / (last.now - first.now);
  }
}

/** Time that the rest takes at this speed; null while that cannot be said. */
export function secondsLeft({ size, sent, speed }) {
  return speed > 0 ? (size - sent) / speed : null;
}

/**
 * What choosing a file means when it is in the list already in this state: "nothing" while its bytes move, "go on" where
 * it stopped, else "start" anew (also for an upload of an earlier visit, which has no `file` yet and is resumed).
 */
export function again(state, file) {
  if (["queued", "sending"].includes(state)) return "nothing";
  return file && ["paused", "offline", "stopped"].includes(state) ? "go on" : "start";
}

/** "24 MB/s · about 35 s", as much of it as is known. */
export function paceWords(speed, left) {
  if (!speed || speed <= 0) return "";
  const seconds = left / speed;
  const time = seconds < 90 ? `about ${Math.max(1, Math.round(seconds))} s` : `about ${Math.round(seconds / 60)} min`;
  return `${sizeWords(speed)}/s · ${time}`;
}

/** What stands beside the bar of an upload. */
export function uploadWords({ state, percent, speed, left, message }) {
  const safe = `${Math.floor(percent)} % is safe.`;
  return {
    queued: "Waits for the upload before it",
    sending: paceWords(speed, left),
    paused: `Paused. ${safe}`,
    offline: `Waiting for the network. ${safe}`,
    stopped: `${message || "The server did not answer."} ${safe}`,
    refused: message,
    away: `${safe} Choose the same file again to go on.`,
    done: "Uploaded",
  }[state];
}

/** The buttons that an upload in this state has. */
export function uploadActions(state) {
  return {
    queued: ["cancel"],
    sending: ["pause", "cancel"],
    paused: ["resume", "cancel"],
    offline: ["cancel"],
    stopped: ["resume", "cancel"],
    refused: ["dismiss"],
    away: ["choose", "cancel"],
    done: [],
  }[state];
}

/** Where unfinished uploads are remembered between visits, in the form that tus-js-client asks for. */
export class UploadMemory {
  constructor(storage) {
    this.storage = storage;
  }

  async findAllUploads() {
    return this.list();
  }

  async findUploadsByFingerprint(wanted) {
    return this.list().filter((each) => each.fingerprint === wanted);
  }

  async removeUpload(key) {
    this.storage.removeItem(key);
  }

  async addUpload(print, upload) {
    const key = STORE + print;
    this.storage.setItem(key, JSON.stringify({ ...upload, fingerprint: print }));
    return key;
  }

  list() {
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index));
    return keys.filter((key) => key.startsWith(STORE)).flatMap((key) => {
      try {
        return [{ ...JSON.parse(this.storage.getItem(key)), urlStorageKey: key }];
      } catch {
        return [];
      }
    });
  }
}
