// What the timeline shows besides segments, switched in its View menu: what was looked at, what could not be read, what was asked for.

import { clock } from "./times.js";

const STORE = "timeline-ribbons";
const AT_FIRST = { coverage: false, unreadable: true, window: true };

/** What was looked at: the window without what could not be read, as [[from, to]]. */
export function looked([start, end], unreadable) {
  const gaps = unreadable.filter(([from, to]) => to > start && from < end).sort((a, b) => a[0] - b[0]);
  const parts = [];
  let free = start;
  for (const [from, to] of gaps) {
    if (from > free) parts.push([free, from]);
    free = Math.max(free, to);
  }
  if (end > free) parts.push([free, end]);
  return parts;
}

/** The words for a time, "" where all was read: "Could not be read: 0:41–0:47". */
export function groundWords(time, [start, end], unreadable) {
  const gap = unreadable.find(([from, to]) => time >= from && time <= to);
  if (gap) return `Could not be read: ${clock(gap[0])}–${clock(gap[1])}`;
  return time < start || time > end ? `Not analysed: the run was asked for ${clock(start)}–${clock(end)}` : "";
}

/** What was chosen before, as far as it can be read. */
export function remembered(text) {
  try {
    const kept = JSON.parse(text ?? "{}");
    return Object.fromEntries(Object.entries(AT_FIRST).map(([name, on]) => [name, typeof kept?.[name] === "boolean" ? kept[name] : on]));
  } catch {
    return { ...AT_FIRST };
  }
}

export class Ribbons {
  /** `host` is the timeline; its `shown` ribbons are read by the painting. */
  constructor(host) {
    Object.assign(this, { host, shown: remembered(localStorage.getItem(STORE)) });
    this.note = host.querySelector("[data-note]");
    this.label = host.querySelector("[data-coverage-label]");
    this.boxes = [...host.querySelectorAll("[data-ribbon]")];
    for (const box of this.boxes) {
      box.checked = this.shown[box.dataset.ribbon];
      box.addEventListener("change", () => {
        this.shown[box.dataset.ribbon] = box.checked;
        localStorage.setItem(STORE, JSON.stringify(this.shown));
        host.renew();
      });
    }
  }

  /** Say of each ribbon what there is of it in this result. */
  show() {
    const { span, unreadable, lanes, duration } = this.host;
    const own = lanes.filter((lane) => lane.ranges.length).length;
    const whole = span[0] < 0.05 && span[1] > duration - 0.05;
    this.covered = looked(span, unreadable);
    const words = {
      coverage: `${clock(this.covered.reduce((sum, [from, to]) => sum + to - from, 0))} of ${clock(duration)}`,
      unreadable: unreadable.length ? `${unreadable.length} part${unreadable.length === 1 ? "" : "s"}` : "none",
      window: own ? `time ranges of ${own} definition${own === 1 ? "" : "s"}` : whole ? "the whole video" : `${clock(span[0])}–${clock(span[1])}`,
    };
    for (const box of this.boxes) box.closest("label").querySelector("[data-ribbon-words]").textContent = words[box.dataset.ribbon];
  }

  /** Words beside the pointer where something is missing. */
  hover(x) {
    const { span, unreadable } = this.host;
    const words = x === null ? "" : groundWords(this.host.timeAt(x), span, this.shown.unreadable ? unreadable : []);
    this.note.hidden = !words;
    if (!words) return;
    this.note.textContent = words;
    const left = Math.min(Math.max(0, x - this.note.offsetWidth / 2), this.host.width - this.note.offsetWidth);
    this.note.style.transform = `translateX(${Math.max(0, left)}px)`;
  }
}
