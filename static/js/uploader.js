// Resumable uploads: a list of files in the picker, one at a time on the wire, alive while the dialog is closed.

import { UploadItem } from "./upload-item.js";
import { paintUpload } from "./upload-row.js";
import { again, fingerprint, refusal, secondsLeft, UploadMemory } from "./uploads.js";

const OPEN = ["queued", "sending"];

class Uploader {
  constructor(root) {
    this.root = root;
    this.list = root.querySelector("[data-upload-rows]");
    this.template = root.querySelector("template[data-upload-row]");
    this.input = root.querySelector("[data-files]");
    this.memory = new UploadMemory(localStorage);
    this.items = new Map();
    this.listen();
    this.remember();
  }

  listen() {
    this.input.addEventListener("change", () => {
      this.add(this.input.files);
      this.input.value = "";
    });
    document.addEventListener("upload:files", (event) => this.add(event.detail.files, { choose: true }));
    document.addEventListener("upload:command", (event) => this.command(this.byVideo(event.detail.video), event.detail.command));
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-upload-do]");
      if (button) this.command(button.closest("li"), button.dataset.uploadDo);
    });
    addEventListener("offline", () => this.each("sending", (item) => item.pause("offline")));
    addEventListener("online", () => this.each("offline", (item) => this.queue(item)));
    addEventListener("beforeunload", (event) => {
      if ([...this.items.values()].some((item) => OPEN.includes(item.view.state))) event.preventDefault();
    });
  }

  each(state, act) {
    for (const item of this.items.values()) if (item.view.state === state) act(item);
  }

  byVideo(video) {
    return [...this.items].find(([, item]) => item.video === video)?.[0];
  }

  byPrint(print) {
    return [...this.items.values()].find((item) => item.print === print);
  }

  /** tus-js-client, fetched once; also called ahead of need when the picker opens. */
  load() {
    this.bundle ??= import(new URL(this.root.dataset.src, location.href).href);
    return this.bundle;
  }

  add(files, { choose = false } = {}) {
    for (const file of files) {
      const here = this.byPrint(fingerprint(file));
      const step = again(here?.view.state, Boolean(here?.file));
      if (step === "go on") this.queue(here);
      if (step !== "start") continue;
      if (here) this.drop(here.row);
      this.start(file, choose && file === files[0]);
    }
    this.next();
  }

  start(file, choose) {
    const item = new UploadItem(file, {
      endpoint: this.root.dataset.endpoint,
      partBytes: Number(this.root.dataset.partBytes),
      memory: this.memory,
      onChange: (changed, kind) => this.changed(changed, kind),
    });
    item.choose = choose;
    this.show(item);
    item.view.message = refusal(file, Number(this.root.dataset.maxBytes));
    item.set(item.view.message ? "refused" : "queued");
  }

  show(item) {
    const row = this.template.content.firstElementChild.cloneNode(true);
    this.items.set(row, item);
    item.row = row;
    this.list.prepend(row);
  }

  queue(item) {
    item.set("queued");
    this.next();
  }

  async next() {
    const items = [...this.items.values()];
    const waiting = items.find((item) => item.view.state === "queued" && item.file);
    if (!waiting || items.some((item) => item.view.state === "sending")) return;
    waiting.view.state = "sending";
    try {
      await waiting.start((await this.load()).Upload);
    } catch {
      this.bundle = null;
      waiting.set("stopped", "failed");
    }
  }

  changed(item, kind) {
    if (item.view.state !== "cancelled") paintUpload(item.row, item.view);
    const detail = { video: item.video, choose: item.choose, secondsLeft: secondsLeft(item.view), ...item.view };
    document.dispatchEvent(new CustomEvent(`upload:${kind}`, { detail }));
    if (kind === "done" || kind === "cancelled") this.drop(item.row);
    if (!OPEN.includes(item.view.state)) this.next();
  }

  drop(row) {
    this.items.delete(row);
    row.remove();
  }

  command(row, command) {
    const item = this.items.get(row);
    if (command === "choose") this.input.click();
    if (!item) return;
    if (command === "pause") item.pause();
    if (command === "resume") this.queue(item);
    if (command === "cancel") item.cancel().then(() => this.drop(row)).then(() => this.next());
    if (command === "dismiss") this.drop(row);
  }

  /** Uploads that an earlier visit did not finish: the file must be chosen again, its bytes are safe. */
  remember() {
    for (const known of this.memory.list()) {
      const file = { name: known.metadata?.filename ?? "Upload", size: known.size, type: "" };
      const item = new UploadItem(file, { memory: this.memory, onChange: (changed, kind) => this.changed(changed, kind) });
      Object.assign(item, { file: null, known, print: known.fingerprint, cancel: () => this.cancelKnown(item) });
      this.show(item);
      this.ask(item);
    }
  }

  async ask(item) {
    const answer = await fetch(item.known.uploadUrl, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0" } }).catch(() => null);
    const offset = Number(answer?.headers.get("Upload-Offset") ?? 0);
    if (answer && (!answer.ok || offset === item.known.size)) {
      this.memory.removeUpload(item.known.urlStorageKey);
      this.drop(item.row);
      return;
    }
    item.video = answer?.headers.get("Cuepoint-Video") ?? "";
    item.view.sent = offset;
    item.safe = (100 * offset) / item.known.size;
    item.set("away");
  }

  async cancelKnown(item) {
    const headers = { "Tus-Resumable": "1.0.0", "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content };
    await fetch(item.known.uploadUrl, { method: "DELETE", headers }).catch(() => null);
    this.memory.removeUpload(item.known.urlStorageKey);
    this.changed(Object.assign(item, { view: { ...item.view, state: "cancelled" } }), "cancelled");
  }
}

/** Files dropped on anything with `data-drop` go to the uploader. */
function mountDrop() {
  const zone = (event) => event.target.closest?.("[data-drop]");
  document.addEventListener("dragover", (event) => {
    if (!zone(event) || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    zone(event).dataset.over = "true";
  });
  document.addEventListener("dragleave", (event) => zone(event)?.removeAttribute("data-over"));
  document.addEventListener("drop", (event) => {
    if (!zone(event)) return;
    event.preventDefault();
    zone(event).removeAttribute("data-over");
    document.dispatchEvent(new CustomEvent("upload:files", { detail: { files: [...event.dataTransfer.files] } }));
  });
}

export function mountUploader(root) {
  const uploader = new Uploader(root);
  mountDrop();
  return uploader;
}
