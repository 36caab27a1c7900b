// The timeline without a screen: lanes, rows, what is visible, ticks, zoom, names.

import { spokenTime, stamp } from "./times.js";

export const GLYPHS = ["●", "◆", "▲", "■", "★", "✚", "⬟", "◗", "▼", "⬢"];
export const MAX_ROWS = 3;
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
const TICK_PX = 84;
const FRAME_PX = 12;

/** A lane as typed arrays, sorted by start; `maxEnd[i]` is the latest end among the first i + 1 segments. */
export function makeLane({ id, description, fields, ranges, segments }) {
  const sorted = [...segments].sort((a, b) => a.start - b.start || a.end - b.end);
  const lane = { id, description, fields: fields ?? [], ranges: ranges ?? [], segments: sorted, count: sorted.length };
  lane.starts = Float64Array.from(sorted, (each) => each.start);
  lane.ends = Float64Array.from(sorted, (each) => each.end);
  lane.maxEnd = new Float64Array(lane.count);
  lane.ends.forEach((end, index) => (lane.maxEnd[index] = Math.max(end, lane.maxEnd[index - 1] ?? 0)));
  return Object.assign(lane, stackRows(lane));
}

/** Rows for overlapping segments: at most three, the rest is counted in `hidden` per segment of the last row. */
export function stackRows({ starts, ends, count }) {
  const free = [];
  const rows = new Uint8Array(count);
  let overflow = 0;
  for (let index = 0; index < count; index += 1) {
    let row = free.findIndex((end) => end <= starts[index] + 1e-6);
    if (row < 0) row = free.length;
    if (row < MAX_ROWS) free[row] = ends[index];
    else overflow += 1;
    rows[index] = Math.min(row, MAX_ROWS);
  }
  return { rows, rowCount: Math.max(1, Math.min(free.length, MAX_ROWS)), overflow };
}

/** First index whose value is greater than `limit` in an ascending array. */
export function firstAbove(values, limit) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** [first, end) of the indices that may show between `from` and `to`. */
export function visible(lane, from, to) {
  const first = firstAbove(lane.maxEnd, from);
  let end = firstAbove(lane.starts, to);
  while (end > first && lane.starts[end - 1] >= to) end -= 1;
  return [first, Math.max(first, end)];
}

/** Index of the segment of the lane at this time, -1 when there is none. */
export function segmentAt(lane, time) {
  for (let index = firstAbove(lane.starts, time) - 1; index >= 0 && lane.maxEnd[index] > time; index -= 1) {
    if (lane.ends[index] > time) return index;
  }
  return -1;
}

/** Index nearest to the time, measured to the closer edge; -1 in an empty lane. */
export function nearestSegment(lane, time) {
  const inside = segmentAt(lane, time);
  if (inside >= 0 || !lane.count) return inside;
  const after = firstAbove(lane.starts, time);
  if (after === 0) return 0;
  if (after === lane.count) return lane.count - 1;
  return lane.starts[after] - time < time - lane.ends[after - 1] ? after : after - 1;
}

/** The segment that follows (`step` 1) or precedes (-1) in any lane, by start; null at the ends. */
export function stepAnyLane(lanes, lane, index, step) {
  const all = lanes.flatMap((each, l) => each.segments.map((segment, i) => ({ lane: l, index: i, start: segment.start })));
  all.sort((a, b) => a.start - b.start || a.lane - b.lane);
  const at = all.findIndex((each) => each.lane === lane && each.index === index);
  return all[at < 0 ? 0 : at + step] ?? null;
}

/** Seconds between ticks for a scale of `pxPerSecond`, and the decimals that their labels need. */
export function tickStep(pxPerSecond) {
  const step = STEPS.find((each) => each * pxPerSecond >= TICK_PX) ?? STEPS.at(-1);
  return { step, decimals: step < 1 ? 1 : 0 };
}

export function ticks(from, to, pxPerSecond) {
  const { step, decimals } = tickStep(pxPerSecond);
  const marks = [];
  for (let n = Math.ceil(from / step - 1e-9); n * step <= to + 1e-9; n += 1) {
    marks.push({ time: n * step, label: stamp(n * step, decimals) });
  }
  return marks;
}

/** The shortest window in seconds: one frame gets twelve pixels. */
export function shortestWindow(width, frameRate) {
  return width / FRAME_PX / (frameRate || 30);
}

/** A window inside 0…duration, as long as asked for where possible. */
export function clampWindow({ from, to }, duration, shortest) {
  const length = Math.min(duration, Math.max(shortest, to - from));
  const start = Math.min(Math.max(0, from + (to - from - length) / 2), duration - length);
  return { from: start, to: start + length };
}

/** Zoom by `factor` (> 1 shows less) so that the time `about` stays where it is. */
export function zoomWindow(view, factor, about, duration, shortest) {
  const length = Math.min(duration, Math.max(shortest, (view.to - view.from) / factor));
  const share = (about - view.from) / (view.to - view.from);
  const from = about - share * length;
  return clampWindow({ from, to: from + length }, duration, shortest);
}

export function panWindow(view, seconds, duration) {
  const length = view.to - view.from;
  const from = Math.min(Math.max(0, view.from + seconds), duration - length);
  return { from, to: from + length };
}

/** Where the window goes when the playhead leaves it: a page on, or around the time after a jump. */
export function followWindow(view, time, duration) {
  if (time >= view.from && time <= view.to) return view;
  const length = view.to - view.from;
  const lead = time > view.to && time < view.to + length ? 0.05 : 0.4;
  return panWindow(view, time - lead * length - view.from, duration);
}

/** Runs of blocks narrower than two pixels become one mark each: [{x, width, row, count}]. */
export function densityMarks(thin) {
  const marks = [];
  const lastOf = [];
  for (const { x, width, row } of thin) {
    const last = lastOf[row];
    if (last && x <= last.x + last.width + 1) {
      last.width = Math.max(last.width, x + width - last.x);
      last.count += 1;
    } else {
      lastOf[row] = { x, width: Math.max(width, 1), row, count: 1 };
      marks.push(lastOf[row]);
    }
  }
  return marks;
}

/** What is written on a block: number and the first field that is a text. */
export function blockText(lane, index) {
  const { metadata } = lane.segments[index];
  const field = lane.fields.find((each) => typeof metadata?.[each.name] === "string" && metadata[each.name]);
  return field ? `${index + 1} ${metadata[field.name]}` : String(index + 1);
}

/** "7 of 12, close_up, from 1 minute 12.4 seconds, 7.6 seconds long" */
export function segmentName(lane, index) {
  const { start, end } = lane.segments[index];
  const text = blockText(lane, index).slice(String(index + 1).length + 1);
  const length = `${spokenTime(end - start)} long`;
  return [`${index + 1} of ${lane.count}`, text, `from ${spokenTime(start)}`, length].filter(Boolean).join(", ");
}

/** The tile of a sprite sheet for a time: its offset in pixels. */
export function spriteTile(sprite, time) {
  const index = Math.min(sprite.count - 1, Math.max(0, Math.floor(time / sprite.interval)));
  return { x: (index % sprite.columns) * sprite.tile_width, y: Math.floor(index / sprite.columns) * sprite.tile_height };
}
