// One file on its way: tus underneath, a state and numbers on top.

import { fingerprint, Speed, worthResuming, worthRetrying } from "./uploads.js";

const RETRIES_MS = [500, 1500, 4000];
const PAINT_EVERY_MS = 200;

/** What the server said about a failed request, "" when it said nothing. */
function serverWords(error) {
  try {
    return JSON.parse(error.originalResponse.getBody()).message ?? "";
  } catch {
    return "";
  }
}

export class UploadItem {
  /** `onChange(item, kind)`: kind is "start", "progress", "done", "failed" or "cancelled". */
  constructor(file, { endpoint, partBytes, memory, onChange }) {
    Object.assign(this, { file, endpoint, partBytes, memory, onChange });
    this.view = { name: file.name, size: file.size, sent: 0, percent: 0, speed: null, state: "queued", message: "" };
    this.print = fingerprint(file);
    this.safe = 0;
    this.video = "";
    this.painted = 0;
  }

  set(state, kind = "progress") {
    this.view.state = state;
    if (state !== "sending") {
      this.view.speed = null;
      this.view.percent = state === "done" ? 100 : this.safe;
    }
    this.onChange(this, kind);
  }

  /** Begin, or go on where the server says; the bundle with tus is fetched by the caller. */
  async start(Upload) {
    this.speed = new Speed();
    this.set("sending");
    if (!this.tus) {
      this.tus = new Upload(this.file, this.options());
      const known = (await this.tus.findPreviousUploads()).filter((each) => each.uploadUrl);
      if (known.length) this.tus.resumeFromPreviousUpload(known[0]);
    }
    if (this.view.state === "sending") this.tus.start();
  }

  options() {
    return {
      endpoint: this.endpoint,
      chunkSize: this.partBytes,
      retryDelays: RETRIES_MS,
      metadata: { filename: this.file.name, filetype: this.file.type },
      urlStorage: this.memory,
      removeFingerprintOnSuccess: true,
      fingerprint: async (file) => fingerprint(file),
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", document.querySelector("meta[name=csrf-token]").content),
      onAfterResponse: (_request, response) => this.learn(response.getHeader("Cuepoint-Video")),
      onShouldRetry: (error) => navigator.onLine && worthRetrying(error.originalResponse?.getStatus() ?? 0),
      onProgress: (sent) => this.moved(sent),
      onChunkComplete: (_part, accepted) => (this.safe = (100 * accepted) / this.file.size),
      onSuccess: () => this.set("done", "done"),
      onError: (error) => this.failed(error),
    };
  }

  learn(video) {
    if (!video || this.video) return;
    this.video = video;
    this.onChange(this, "start");
  }

  moved(sent) {
    const now = performance.now();
    this.speed.add(sent, now);
    if (now - this.painted < PAINT_EVERY_MS && sent < this.file.size) return;
    this.painted = now;
    Object.assign(this.view, { sent, percent: (100 * sent) / this.file.size, speed: this.speed.value });
    if (this.view.state === "sending") this.onChange(this, "progress");
  }

  failed(error) {
    if (!navigator.onLine) return this.set("offline");
    const status = error.originalResponse?.getStatus() ?? 0;
    this.view.message = serverWords(error);
    return this.set(worthResuming(status) ? "stopped" : "refused", "failed");
  }

  pause(state = "paused") {
    this.tus?.abort();
    this.set(state);
  }

  cancel() {
    const known = this.video;
    this.view.state = "cancelled";
    const ended = this.tus ? this.tus.abort(true) : Promise.resolve();
    return ended.catch(() => {}).then(() => known && this.onChange(this, "cancelled"));
  }
}
