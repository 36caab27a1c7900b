// The player: the browser's video with our own row of controls, and segments that stop at their last frame.

import { afterFrame, frameLength, lastInside, leaves, stepRate } from "./playback.js";
import { readSeconds, stamp } from "./times.js";

const ERRORS = {
  2: "The video could not be fetched. Check the connection and press play again.",
  3: "This browser cannot show all of this video. The analysis is not affected.",
  4: "This browser cannot show this format. The analysis is not affected.",
};

export class Player {
  constructor(root, { frameRate, onTime, onState, onLeave }) {
    Object.assign(this, { root, onTime, onState, onLeave, frameRate, active: null, mode: "stop" });
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

  listen() {
    const on = (name, act) => this.video.addEventListener(name, act);
    on("play", () => this.show());
    on("pause", () => this.paused());
    on("seeking", () => this.sought());
    on("timeupdate", () => this.tick(this.video.currentTime, 0));
    on("durationchange", () => this.show());
    on("volumechange", () => this.show());
    on("ratechange", () => this.show());
    on("progress", () => this.onState());
    on("ended", () => this.ended());
    on("error", () => this.failed());
    on("click", () => this.toggle());
    this.find("play").addEventListener("click", () => this.toggle());
    this.find("back").addEventListener("click", () => this.frame(-1));
    this.find("on").addEventListener("click", () => this.frame(1));
    this.find("mute").addEventListener("click", () => this.mute());
    this.find("volume").addEventListener("input", (event) => this.setVolume(Number(event.target.value)));
    this.find("speed").addEventListener("change", (event) => (this.video.playbackRate = Number(event.target.value)));
    this.find("full").addEventListener("click", () => this.fullscreen());
    this.find("time").addEventListener("click", () => this.typeTime());
    this.find("time-input").addEventListener("keydown", (event) => this.typed(event));
    this.find("time-input").addEventListener("blur", () => this.endTyping());
  }

  /** Look at every frame that is shown; where that cannot be done a timer waits for the end of the stretch. */
  watchFrames() {
    if (!this.video.requestVideoFrameCallback) return;
    const look = (_now, { mediaTime }) => {
      const step = mediaTime - (this.shownAt ?? mediaTime);
      if (step > 0) this.frameSeconds = frameLength(this.frameRate, step);
      this.shownAt = mediaTime;
      if (!this.video.paused) this.tick(mediaTime, this.frameTime);
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

  /** A frame of length `frame` is shown at `time`. Until a seek has arrived frames still belong to the old place. */
  tick(time, frame) {
    if (this.video.seeking) return;
    const what = this.video.paused ? "nothing" : afterFrame(this, time, frame);
    if (what === "stop") this.stopInside();
    else if (what === "loop") this.video.currentTime = this.active.start;
    else if (what === "leave") this.active = null;
    this.onTime(time, !this.video.paused);
    this.showTime();
  }

  stopInside() {
    const { active } = this;
    this.active = null;
    this.video.pause();
    const last = lastInside(active, this.frameTime);
    if (this.video.currentTime > last) this.video.currentTime = last;
  }

  sought() {
    if (leaves(this.active, this.video.currentTime)) this.leave();
    this.onTime(this.video.currentTime, false);
    this.showTime();
  }

  leave() {
    if (!this.active) return;
    this.active = null;
    clearTimeout(this.timer);
    this.onLeave();
  }

  paused() {
    if (this.active && !this.video.ended) this.leave();
    this.show();
    this.onState();
  }

  ended() {
    if (this.active && this.mode === "loop") {
      this.video.currentTime = this.active.start;
      this.play();
    } else this.leave();
    this.show();
  }

  failed() {
    const message = this.find("message");
    if (!this.video.getAttribute("src")) return;
    message.textContent = ERRORS[this.video.error?.code] ?? ERRORS[4];
    message.hidden = false;
  }

  play() {
    return this.video.play()?.catch(() => this.show());
  }

  toggle() {
    if (this.video.paused) this.play();
    else this.video.pause();
  }

  seek(time) {
    this.video.currentTime = Math.min(Math.max(0, time), this.duration || time);
  }

  /** Play a stretch from its start to its last frame; what follows is the mode's business. */
  playSpan({ start, end }) {
    this.stand({ start, end });
    this.play();
    clearTimeout(this.timer);
    if (!this.video.requestVideoFrameCallback) this.timer = setTimeout(() => this.tick(end, 0), (1000 * (end - start)) / this.video.playbackRate);
  }

  /** Go to the start of a stretch without playing. */
  stand({ start, end }) {
    this.active = { start, end };
    this.video.currentTime = Math.min(start + 0.001, this.duration || Infinity);
  }

  frame(step) {
    this.video.pause();
    this.seek(this.time + step * this.frameTime);
  }

  speed(step) {
    this.video.playbackRate = stepRate(this.rates, this.video.playbackRate, step);
  }

  mute() {
    this.video.muted = !this.video.muted;
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
