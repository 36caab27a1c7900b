// Time ranges on a mini bar of the video: drag a range to move it, its ends to stretch it, empty ground for a new one.
// The inputs beside a bar do the same by typing.

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const tenth = (seconds) => Math.round(seconds * 10) / 10;
const tidy = (seconds) => Math.round(seconds * 1000) / 1000;
const isRange = (range) => typeof range?.start_time === "number" && typeof range?.end_time === "number";
const pair = (start, end) => ({ start_time: tidy(start), end_time: tidy(end) });

/** The free seconds around a range, [low, high]: up to its neighbours or the ends of the video. */
export function room(ranges, { start_time: start, end_time: end }, duration) {
  const others = ranges.filter(isRange);
  const low = Math.max(0, ...others.map((each) => each.end_time).filter((at) => at <= start));
  const high = Math.min(duration, ...others.map((each) => each.start_time).filter((at) => at >= end));
  return [low, high];
}

/** The range after its `part` ("start", "end" or "all") was dragged by `delta` seconds inside of its room. */
export function dragged({ start_time: start, end_time: end }, part, delta, [low, high], least) {
  if (part === "start") return pair(clamp(tenth(start + delta), low, Math.max(low, end - least)), end);
  if (part === "end") return pair(start, clamp(tenth(end + delta), Math.min(high, start + least), high));
  const by = clamp(tenth(delta), Math.min(0, low - start), Math.max(0, high - end));
  return pair(start + by, end + by);
}

/** A range drawn on empty ground from `from` to `to` seconds; null where `least` seconds do not fit. */
export function drawn(from, to, [low, high], least) {
  if (high - low < least) return null;
  const start = clamp(tenth(Math.min(from, to)), low, high - least);
  return pair(start, clamp(tenth(Math.max(from, to)), start + least, high));
}

/** Show ranges on a bar; what is no range yet is left out. */
export function showRanges(bar, ranges, duration) {
  bar.replaceChildren(...ranges.flatMap((range, index) => {
    if (!isRange(range)) return [];
    const piece = document.createElement("span");
    piece.dataset.range = index;
    piece.style.left = `${clamp((100 * range.start_time) / duration, 0, 100)}%`;
    piece.style.width = `${clamp((100 * (range.end_time - range.start_time)) / duration, 0, 100)}%`;
    for (const end of ["start", "end"]) piece.append(Object.assign(document.createElement("i"), { className: `range-bar__${end}` }));
    return [piece];
  }));
}

class RangeDrag {
  constructor(bar, event, { ranges, duration, least, alone = false }) {
    const piece = event.target.closest("[data-range]");
    Object.assign(this, { bar, before: ranges, duration, least, x: event.clientX, now: null });
    this.ranges = alone && !piece ? [] : ranges;
    this.index = piece ? Number(piece.dataset.range) : this.ranges.length;
    this.part = event.target.matches("i") ? event.target.className.split("__")[1] : "all";
    const { left, width } = bar.getBoundingClientRect();
    this.perPixel = duration / width;
    this.from = (event.clientX - left) * this.perPixel;
    this.range = this.ranges[this.index] ?? null;
    const others = this.ranges.filter((each) => each !== this.range);
    this.room = room(others, this.range ?? { start_time: this.from, end_time: this.from }, duration);
    bar.setPointerCapture(event.pointerId);
  }

  /** The range under way, null while nothing moved. */
  to(x) {
    const moved = x - this.x;
    if (!this.now && Math.abs(moved) < 3) return null;
    const delta = moved * this.perPixel;
    this.now = this.range ? dragged(this.range, this.part, delta, this.room, this.least) : drawn(this.from, this.from + delta, this.room, this.least);
    if (this.now) showRanges(this.bar, this.ranges.toSpliced(this.index, 1, this.now), this.duration);
    return this.now;
  }
}

/**
 * Dragging on every bar inside `root` that fits `selector`. `read(bar)` gives {ranges, duration, least, alone}:
 * with `alone` a new range takes the place of the one before.
 * `preview(bar, index, range)` hears each step (null: there is none after all), `done(bar, index, range)` the end (`index` past the last: a new one).
 */
export function mountRangeBars(root, selector, { read, preview, done }) {
  let drag = null;
  const stop = (keep) => {
    if (!drag) return;
    const { bar, index, now, before, duration } = drag;
    drag = null;
    if (keep && now) return void done(bar, index, now);
    showRanges(bar, before, duration);
    if (now) preview(bar, index, before[index] ?? null);
  };
  root.addEventListener("pointerdown", (event) => {
    const bar = event.target.closest(selector);
    if (!bar || event.button !== 0 || bar.closest("fieldset")?.disabled) return;
    event.preventDefault();
    drag = new RangeDrag(bar, event, read(bar));
  });
  root.addEventListener("pointermove", (event) => {
    const range = drag?.to(event.clientX);
    if (range) preview(drag.bar, drag.index, range);
  });
  root.addEventListener("pointerup", () => stop(true));
  root.addEventListener("pointercancel", () => stop(false));
  root.addEventListener("lostpointercapture", () => stop(false));
}
