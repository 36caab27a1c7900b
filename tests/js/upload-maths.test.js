// Uploads without the page.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import {
  again,
  fingerprint,
  paceWords,
  refusal,
  secondsLeft,
  sizeWords,
  Speed,
  uploadActions,
  UploadMemory,
  uploadWords,
  worthResuming,
  worthRetrying,
} from "../../static/js/uploads.js";

const MB = 1024 * 1024;

/** The part of the browser's storage that the memory uses. */
class Storage {
  #entries = new Map();

  get length() {
    return this.#entries.size;
  }

  key(index) {
    return [...this.#entries.keys()][index];
  }

  getItem(key) {
    return this.#entries.get(key) ?? null;
  }

  setItem(key, value) {
    this.#entries.set(key, value);
  }

  removeItem(key) {
    this.#entries.delete(key);
  }
}

describe("a file", () => {
  it("is known again by name, size and date", () => {
    const file = { name: "a.mp4", size: 5, lastModified: 7, type: "video/mp4" };
    assert.equal(fingerprint(file), fingerprint({ ...file, type: "" }));
    for (const other of [{ name: "b.mp4" }, { size: 6 }, { lastModified: 8 }]) assert.notEqual(fingerprint(file), fingerprint({ ...file, ...other }));
  });

  it("is refused in words when it is empty or too large", () => {
    assert.equal(refusal({ size: 0 }, MB), "This file is empty (0 bytes).");
    assert.equal(refusal({ size: 3 * 1024 * MB }, 2 * 1024 * MB), "This file has 3.0 GB; this server takes up to 2.0 GB.");
    assert.equal(refusal({ size: MB }, MB), "");
  });

  it("chosen a second time is not sent a second time", () => {
    assert.equal(again("sending", true), "nothing");
    assert.equal(again("queued", true), "nothing");
    for (const state of ["paused", "offline", "stopped"]) assert.equal(again(state, true), "go on", state);
  });

  it("starts when it is new, was refused, or belongs to an earlier visit", () => {
    assert.equal(again(undefined, false), "start");
    assert.equal(again("refused", true), "start");
    assert.equal(again("away", false), "start");
  });

  it("has a size that people can read", () => {
    assert.deepEqual([0, 999, 1000, 1536 * 1024, 250 * MB].map(sizeWords), ["0 B", "999 B", "1 KB", "1.5 MB", "250 MB"]);
  });
});

describe("speed", () => {
  it("is not told before it means something", () => {
    const speed = new Speed();
    assert.equal(speed.value, null);
    speed.add(0, 0);
    speed.add(MB, 1000);
    assert.equal(speed.value, null);
  });

  it("is that of the last five seconds", () => {
    const speed = new Speed();
    for (let second = 0; second <= 10; second += 1) speed.add(second * MB, second * 1000);
    for (let second = 11; second <= 20; second += 1) speed.add((10 + (second - 10) * 3) * MB, second * 1000);
    assert.equal(speed.value, 3 * MB);
  });

  it("gives the time left in seconds, once it is known", () => {
    assert.equal(secondsLeft({ size: 10 * MB, sent: 4 * MB, speed: 2 * MB }), 3);
    assert.equal(secondsLeft({ size: 10, sent: 0, speed: null }), null);
    assert.equal(secondsLeft({ size: 10, sent: 0, speed: 0 }), null);
  });

  it("gives the time left, rounded", () => {
    assert.equal(paceWords(2 * MB, 60 * MB), "2.0 MB/s · about 30 s");
    assert.equal(paceWords(MB, 300 * MB), "1.0 MB/s · about 5 min");
    assert.equal(paceWords(MB, 0), "1.0 MB/s · about 1 s");
    assert.equal(paceWords(null, 5), "");
    assert.equal(paceWords(0, 5), "");
  });
});

describe("a failed request", () => {
  it("is tried again when the network or the server stumbled", () => {
    for (const status of [0, 500, 502, 503, 409, 423]) assert.ok(worthRetrying(status), String(status));
  });

  it("is not tried again when the answer will stay no", () => {
    for (const status of [400, 401, 403, 404, 413, 415, 507]) assert.ok(!worthRetrying(status), String(status));
  });
});

describe("a full disk", () => {
  it("is not asked again and again, but people may go on when it has room", () => {
    assert.ok(!worthRetrying(507));
    assert.ok(worthResuming(507));
    assert.ok(!worthResuming(413));
  });
});

describe("words and buttons", () => {
  const view = { percent: 63.9, speed: null, left: 0, message: "" };

  it("say what is safe while the network is away", () => {
    assert.equal(uploadWords({ ...view, state: "offline" }), "Waiting for the network. 63 % is safe.");
  });

  it("say what the server said", () => {
    assert.equal(uploadWords({ ...view, state: "stopped", message: "The disk is full." }), "The disk is full. 63 % is safe.");
  });

  it("exist for every state", () => {
    for (const state of ["queued", "sending", "paused", "offline", "stopped", "refused", "away", "done"]) {
      assert.equal(typeof uploadWords({ ...view, state }), "string", state);
      assert.ok(Array.isArray(uploadActions(state)), state);
    }
  });

  it("offer a way on and a way out wherever bytes do not move", () => {
    assert.deepEqual(uploadActions("paused"), ["resume", "cancel"]);
    assert.deepEqual(uploadActions("stopped"), ["resume", "cancel"]);
    assert.deepEqual(uploadActions("away"), ["choose", "cancel"]);
  });
});

describe("the memory of unfinished uploads", () => {
  it("gives an upload back to the same file only", async () => {
    const memory = new UploadMemory(new Storage());
    await memory.addUpload("a|1|2", { uploadUrl: "/uploads/x/", size: 1 });
    const [found] = await memory.findUploadsByFingerprint("a|1|2");
    assert.equal(found.uploadUrl, "/uploads/x/");
    assert.deepEqual(await memory.findUploadsByFingerprint("b|1|2"), []);
  });

  it("forgets an upload by its key", async () => {
    const memory = new UploadMemory(new Storage());
    const key = await memory.addUpload("a|1|2", { uploadUrl: "/uploads/x/" });
    await memory.removeUpload(key);
    assert.deepEqual(await memory.findAllUploads(), []);
  });

  it("passes over what others stored and what is damaged", () => {
    const storage = new Storage();
    storage.setItem("theme", "dark");
    storage.setItem("cuepoint-upload:broken", "{");
    assert.deepEqual(new UploadMemory(storage).list(), []);
  });
});
