// The strip above the lanes: always the whole video, with the shown part as a box to drag, or to move by keys.

import { clock } from "./times.js";
import { context, paintOverview } from "./timeline-paint.js";

const HEIGHT = 22;
const KEYS = { ArrowLeft: -0.1, ArrowRight: 0.1, PageUp: -1, PageDown: 1, Home: -Infinity, End: Infinity };

/** How far a key on the box moves a window of `length` seconds; null for other keys. */
export function stripKey(key, length, duration) {
  const share = KEYS[key];
  if (share === undefined) return null;
  return Number.isFinite(share) ? share * length : Math.sign(share) * duration;
}

/** Seconds to move so that the box follows the pointer: from where it was grabbed, or to its middle when it was missed. */
export function dragBy(time, grabbed, view) {
  return time - grabbed - view.from;
}

export function grabAt(time, view) {
  return time >= view.from && time <= view.to ? time - view.from : (view.to - view.from) / 2;
}

export class Strip {
  /** `host` is the timeline. */
  constructor(root, host) {
    Object.assign(this, { root, host, canvas: root.querySelector("canvas"), box: root.querySelector("[data-box]"), ground: document.createElement("canvas") });
    root.addEventListener("pointerdown", (event) => {
      root.setPointerCapture(event.pointerId);
      this.grabbed = grabAt(this.timeAt(event), host.view);
      this.drag(event);
    });
    root.addEventListener("pointermove", (event) => root.hasPointerCapture(event.pointerId) && this.drag(event));
    this.box.addEventListener("keydown", (event) => this.keydown(event));
  }

  timeAt(event) {
    const { left, width } = this.root.getBoundingClientRect();
    return ((event.clientX - left) / width) * this.host.duration;
  }

  drag(event) {
    this.host.pan(dragBy(this.timeAt(event), this.grabbed, this.host.view));
  }

  keydown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { view, duration } = this.host;
    const seconds = stripKey(event.key, view.to - view.from, duration);
    if (seconds === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.host.pan(seconds);
  }

  /** The blocks change seldom: they are kept on a canvas of their own until `forget()`. */
  forget() {
    this.painted = 0;
  }

  measure() {
    this.width = this.root.clientWidth;
  }

  paint() {
    const { host } = this;
    if (!this.width || !host.colours) return;
    if (this.painted !== this.width) {
      paintOverview(context(this.ground, this.width, HEIGHT), host.colours, { lanes: host.lanes, off: host.off, duration: host.duration, matches: host.matches, width: this.width, height: HEIGHT });
      this.painted = this.width;
      this.paintBuffered();
    }
    this.place();
  }

  paintBuffered() {
    const { host, width } = this;
    if (!this.painted) return;
    const ctx = context(this.canvas, width, HEIGHT);
    ctx.drawImage(this.ground, 0, 0, width, HEIGHT);
    ctx.fillStyle = host.colours.muted;
    for (const [from, to] of host.buffered) ctx.fillRect((from / host.duration) * width, HEIGHT - 2, ((to - from) / host.duration) * width, 2);
  }

  place() {
    const { view, duration, fits } = this.host;
    this.box.hidden = fits;
    this.box.style.transform = `translateX(${(view.from / duration) * this.width}px)`;
    this.box.style.width = `${Math.max(6, ((view.to - view.from) / duration) * this.width)}px`;
    this.box.setAttribute("aria-valuemax", Math.round(duration));
    this.box.setAttribute("aria-valuenow", Math.round(view.from));
    this.box.setAttribute("aria-valuetext", `${clock(view.from)} to ${clock(view.to)} of ${clock(duration)}`);
  }
}
