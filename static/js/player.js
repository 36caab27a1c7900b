// The player: the browser's video with our own row of controls, and segments that stop at their last frame.
// Tells what it does by events: player:time {time, moving}, player:buffered, player:rest {time}, player:span.

import { frameLength, frameTarget, playback, START, stepLength, stepRate } from "./playback.js";
import { readSeconds, stamp } from "./times.js";

const ERRORS = {
  2: "The video could not be fetched. Check the connection and press play again.",
  3: "This browser cannot show all of this video. The analysis is not affected.",
  4: "This browser cannot show this format. The analysis is not affected.",
};

export class Player {
  constructor(root, frameRate) {
    Object.assign(this, { root, frameRate, state: START });
    this.video = root.querySelector("video");
    this.video.controls = false;
    root.querySelector("[data-controls]").hidden = false;
    this.rates = [...this.find("speed").options].map((option) => Number(option.value));
    this.listen();
    this.watchFrames();
    this.show();
  }

  find(name) {
    return this.root.querySelector(`[data-player-${name}]`);
  }

  emit(name, detail) {
    this.root.dispatchEvent(new CustomEvent(`player:${name}`, { detail, bubbles: true }));
  }

  listen() {
    const on = (name, act) => this.video.addEventListener(name, act);
    on("play", () => this.show());
    on("pause", () => this.paused());
    on("seeking", () => this.sought());
    for (const name of ["seeked", "loadedmetadata"]) on(name, () => this.emit("time", { time: this.time, moving: !this.video.paused }));
    on("timeupdate", () => this.tick(this.video.currentTime, 0));
    for (const name of ["durationchange", "volumechange", "ratechange"]) on(name, () => this.show());
    for (const name of ["playing", "ratechange"]) on(name, () => this.arm());
    on("progress", () => this.emit("buffered"));
    on("ended", () => this.ended());
    on("error", () => this.failed());
    on("click", () => this.toggle());
    this.listenControls();
  }

  listenControls() {
    const on = (name, type, act) => this.find(name).addEventListener(type, act);
    on("play", "click", () => this.toggle());
    on("back", "click", () => this.frame(-1));
    on("on", "click", () => this.frame(1));
    on("mute", "click", () => this.mute());
    on("volume", "input", (event) => this.setVolume(Number(event.target.value)));
    on("speed", "change", (event) => (this.video.playbackRate = Number(event.target.value)));
    on("captions", "click", () => this.captions());
    on("full", "click", () => this.fullscreen());
    on("time", "click", () => this.typeTime());
    on("time-input", "keydown", (event) => this.typed(event));
    on("time-input", "blur", () => this.endTyping());
  }

  /** Hand an event to the machine and do what it says. */
  send(event) {
    const before = this.state.span;
    const { state, effects } = playback(this.state, event);
    this.state = state;
    for (const effect of effects) this.run(effect);
    if (before !== state.span) this.emit("span");
    this.arm();
  }

  run(effect) {
    if (effect.do === "seek") this.seek(effect.to);
    else if (effect.do === "play") this.play();
    else this.video.pause();
  }

  /** Where frames cannot be watched a timer waits for the rest of the segment; each tick and change of speed sets it anew. */
  arm() {
    clearTimeout(this.timer);
    const { span } = this.state;
    if (this.video.requestVideoFrameCallback || !span || this.video.paused) return;
    const rest = Math.max(0, span.end - this.frameTime - this.time);
    this.timer = setTimeout(() => this.tick(this.time, this.frameTime), (1000 * rest) / this.video.playbackRate);
  }

  /** Look at every frame that is shown. */
  watchFrames() {
    if (!this.video.requestVideoFrameCallback) return;
    const look = (_now, { mediaTime }) => {
      const step = mediaTime - (this.shownAt ?? mediaTime);
      if (step > 0) this.frameSeconds = frameLength(this.frameRate, step);
      this.shownAt = mediaTime;
      if (!this.video.paused) this.tick(mediaTime, stepLength(this.frameTime, step));
      this.video.requestVideoFrameCallback(look);
    };
    this.video.requestVideoFrameCallback(look);
  }

  get frameTime() {
    return this.frameSeconds ?? frameLength(this.frameRate);
  }

  get time() {
    return this.video.currentTime;
  }

  get duration() {
    return this.video.duration || 0;
  }

  get buffered() {
    const ranges = this.video.buffered;
    return Array.from({ length: ranges.length }, (_, index) => [ranges.start(index), ranges.end(index)]);
  }

  /** Give a player without a source one that has just been made. */
  setSource(url) {
    if (!url || this.video.getAttribute("src") === url) return;
    const at = this.time;
    this.video.src = url;
    this.video.currentTime = at;
    this.find("message").hidden = true;
  }

  /** The frame at `time` shows, the next one comes `step` seconds later. Until a seek has arrived frames belong to the old place. */
  tick(time, step) {
    if (this.video.seeking) return;
    const moving = !this.video.paused;
    if (moving && this.state.span) this.send({ kind: "frame", time, step, frame: this.frameTime });
    this.emit("time", { time, moving });
    this.showTime();
  }

  sought() {
    const { currentTime: time } = this.video;
    this.send({ kind: "seek", time });
    this.emit("time", { time, moving: false });
    this.showTime();
  }

  leave() {
    this.send({ kind: "escape" });
  }

  paused() {
    // the event comes late: by now the next segment may play, and the end of the film has an event of its own
    if (this.video.paused && !this.video.ended) this.send({ kind: "pause" });
    this.show();
    this.emit("rest", { time: this.time });
  }

  ended() {
    this.send({ kind: "ended" });
    this.show();
  }

  /** Stop, and let go of the film: a removed video would go on loading. */
  close() {
    clearTimeout(this.timer);
    this.state = START;
    this.video.pause();
    this.video.removeAttribute("src");
    this.video.load();
  }

  failed() {
    const message = this.find("message");
    if (!this.video.getAttribute("src")) return;
    message.textContent = ERRORS[this.video.error?.code] ?? ERRORS[4];
    message.hidden = false;
  }

  play() {
    if (!this.video.getAttribute("src")) return; // it would wait for one, and look as if it played
    return this.video.play()?.catch(() => this.show());
  }

  toggle() {
    if (this.video.paused) this.play();
    else this.video.pause();
  }

  seek(time) {
    this.shownAt = undefined; // until a frame of the new place is shown
    this.video.currentTime = Math.min(Math.max(0, time), this.duration || time);
  }

  /** Play a segment from its start to its last frame; what follows is the mode's business. */
  playSpan({ start, end }) {
    this.send({ kind: "select", span: { start, end } });
  }

  /** Go to the start of a segment without playing. */
  stand({ start, end }) {
    this.send({ kind: "stand", span: { start, end } });
  }

  set mode(mode) {
    this.send({ kind: "mode", mode });
  }

  get mode() {
    return this.state.mode;
  }

  /** Whether a segment is being played, rather than the film. */
  get inSegment() {
    return Boolean(this.state.span);
  }

  frame(step) {
    this.video.pause();
    this.seek(frameTarget(this.shownAt, this.time, this.frameTime, step));
  }

  speed(step) {
    this.video.playbackRate = stepRate(this.rates, this.video.playbackRate, step);
  }

  mute() {
    this.video.muted = !this.video.muted;
  }

  /** Offer what is said as captions; without an address there are none. */
  setCaptions(url) {
    this.find("captions").hidden = !url;
    if (!url || this.track) return;
    this.track = Object.assign(document.createElement("track"), { kind: "captions", label: "What is said", src: url });
    this.video.append(this.track);
    this.track.track.mode = "disabled"; // fetched when they are switched on
  }

  /** Switch captions; false when there are none. */
  captions() {
    if (!this.track) return false;
    const { track } = this.track;
    track.mode = track.mode === "showing" ? "disabled" : "showing";
    this.find("captions").setAttribute("aria-pressed", String(track.mode === "showing"));
    return true;
  }

  setVolume(volume) {
    this.video.volume = volume;
    this.video.muted = volume === 0;
  }

  fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.closest("[data-stage]").requestFullscreen();
  }

  typeTime() {
    const input = this.find("time-input");
    input.value = stamp(this.time);
    input.hidden = false;
    this.find("time").hidden = true;
    input.select();
  }

  typed(event) {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    const seconds = readSeconds(event.target.value);
    if (event.key === "Enter" && seconds !== null && !Number.isNaN(seconds)) this.seek(seconds);
    this.endTyping();
    this.find("time").focus();
  }

  endTyping() {
    this.find("time-input").hidden = true;
    this.find("time").hidden = false;
  }

  showTime() {
    const text = `${stamp(this.time)} / ${stamp(this.duration || Number(this.root.dataset.duration) || 0, 0)}`;
    if (this.find("time").textContent !== text) this.find("time").textContent = text;
  }

  show() {
    const { paused, muted, volume, playbackRate } = this.video;
    this.root.dataset.paused = paused;
    this.root.dataset.muted = muted || volume === 0;
    this.name("play", paused ? "Play" : "Pause");
    this.name("mute", muted ? "Sound on" : "Mute");
    this.find("volume").value = muted ? 0 : volume;
    this.find("speed").value = String(playbackRate);
    this.showTime();
  }

  name(button, words) {
    const element = this.find(button);
    element.querySelector("[data-words]").textContent = words;
    element.title = words;
  }
}
