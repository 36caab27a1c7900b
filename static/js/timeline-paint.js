// Draws blocks, ruler and overview on canvases. Nothing here listens to anything.

import { blockText, densityMarks, GLYPHS, MAX_ROWS, ticks, visible } from "./timeline-core.js";

export const RULER = 26;
export const LANE = 30;
export const SUB_ROW = 20;
export const GAP = 6;
const OFF_LANE = 24;
const RIBBON = 12;
const TEXT_FROM = 40;
const THIN = 2;
const FADED = 0.25;
const ROUND_FROM = 12;

/** Heights of lanes and the place of each from the top: [{top, height}], the place of the ribbon of coverage, and the sum. */
export function laneBoxes(lanes, off, { offHeight = OFF_LANE, coverage = false } = {}) {
  let top = RULER + 4;
  const boxes = lanes.map((lane, index) => {
    const height = off.has(index) ? offHeight : lane.rowCount === 1 ? LANE : lane.rowCount * SUB_ROW;
    const box = { top, height };
    top += height && height + GAP;
    return box;
  });
  return { boxes, ribbonTop: top, height: top + 2 + (coverage ? RIBBON : 0) };
}

/** Top and height of the row of a segment inside its lane. */
export function rowBox(lane, box, row) {
  const height = box.height / lane.rowCount;
  const at = Math.min(row, lane.rowCount - 1);
  return { top: box.top + at * height, height: height - (lane.rowCount > 1 ? 1 : 0) };
}

/** The colours of the page as they are now. */
export function palette(element) {
  const style = getComputedStyle(element);
  const value = (name) => style.getPropertyValue(name).trim();
  return {
    lanes: Array.from({ length: 10 }, (_, index) => value(`--lane-${index + 1}`)),
    laneText: value("--lane-text"),
    track: value("--track"),
    line: value("--line"),
    control: value("--control-line"),
    text: value("--text"),
    muted: value("--text-muted"),
    surface: value("--surface"),
    accent: value("--accent"),
    warn: value("--warn"),
    font: `${style.fontFamily}`,
  };
}

/** A context of the right size, cleared, in CSS pixels. */
export function context(canvas, width, height) {
  const ratio = Math.min(2, devicePixelRatio || 1);
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const ctx = canvas.getContext("2d");
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, width, height);
  return ctx;
}

function fitted(ctx, text, width) {
  const measured = ctx.measureText(text).width;
  if (measured <= width) return text;
  const kept = Math.floor((text.length * (width - 8)) / measured);
  return kept > 0 ? `${text.slice(0, kept).trimEnd()}…` : "";
}

function hatch(ctx, colour, x, y, width, height) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, width, height);
  ctx.clip();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let at = x - height; at < x + width; at += 6) {
    ctx.moveTo(at, y + height);
    ctx.lineTo(at + height, y);
  }
  ctx.stroke();
  ctx.restore();
}

export function paintRuler(ctx, colours, view, width, scale) {
  ctx.font = `12px ${colours.font}`;
  ctx.textBaseline = "middle";
  ctx.fillStyle = colours.muted;
  ctx.strokeStyle = colours.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const { time, label } of ticks(view.from, view.to, scale)) {
    const x = Math.round((time - view.from) * scale) + 0.5;
    ctx.moveTo(x, RULER - 6);
    ctx.lineTo(x, RULER);
    if (x < width - 8) ctx.fillText(label, x + 4, RULER / 2);
  }
  ctx.moveTo(0, RULER + 0.5);
  ctx.lineTo(width, RULER + 0.5);
  ctx.stroke();
}

/** The visible blocks of a lane, and marks for those too thin for a block. */
function collect(lane, { box, view, width, scale, matching }) {
  const [first, end] = visible(lane, view.from, view.to);
  const rows = Array.from({ length: lane.rowCount }, (_, row) => rowBox(lane, box, row));
  const blocks = [];
  const thin = [];
  for (let index = first; index < end; index += 1) {
    const x = (lane.starts[index] - view.from) * scale;
    const long = (lane.ends[index] - lane.starts[index]) * scale;
    const row = lane.rows[index];
    if (x + long < 0 || row === MAX_ROWS) continue;
    const faded = matching?.[index] === 0;
    if (long < THIN) {
      if (!faded) thin.push({ x, width: long, row });
      continue;
    }
    const left = Math.max(x, -8);
    const drawn = Math.min(x + long, width + 8) - left - (long > 4 ? 1 : 0);
    const { top, height } = rows[row];
    blocks.push({ index, x: left, width: drawn, top, height, faded });
  }
  return { blocks, marks: densityMarks(thin) };
}

/** All blocks in one stroke: a fill for each would cost more than all the rest. */
function fillBlocks(ctx, blocks, alpha) {
  if (!blocks.length) return;
  ctx.globalAlpha = alpha;
  ctx.beginPath();
  for (const { x, top, width, height } of blocks) {
    if (width < ROUND_FROM) ctx.rect(x, top, width, height);
    else ctx.roundRect(x, top, width, height, 4);
  }
  ctx.fill();
  ctx.globalAlpha = 1;
}

function writeBlocks(ctx, colours, lane, glyph, blocks) {
  ctx.font = `600 12px ${colours.font}`;
  ctx.textBaseline = "middle";
  ctx.fillStyle = colours.laneText;
  for (const { index, x, width, top, height } of blocks) {
    if (width < TEXT_FROM) continue;
    const left = Math.max(x, 0);
    const text = fitted(ctx, `${glyph} ${blockText(lane, index)}`, x + width - left - 14);
    ctx.fillText(text, left + 7, top + height / 2 + 0.5);
  }
}

/** One lane's blocks; returns those that match and are at least `wide` pixels wide as [{index, x, width, top, height}]. */
export function paintLane(ctx, colours, lane, place) {
  const { at, box, width, wide } = place;
  const { blocks, marks } = collect(lane, place);
  const clear = blocks.filter((block) => !block.faded);
  ctx.fillStyle = colours.track;
  ctx.fillRect(0, box.top, width, box.height);
  ctx.fillStyle = colours.lanes[at % 10];
  fillBlocks(ctx, blocks.filter((block) => block.faded), FADED);
  fillBlocks(ctx, marks.map((mark) => ({ ...mark, ...rowBox(lane, box, mark.row) })), 0.75);
  fillBlocks(ctx, clear, 1);
  if (at >= 10) for (const { x, top, width: long, height } of clear) hatch(ctx, colours.laneText, x, top + height - 4, long, 4);
  writeBlocks(ctx, colours, lane, GLYPHS[at % GLYPHS.length], clear);
  return clear.filter((block) => block.width >= wide);
}

/** What was not analysed is dimmed, what could not be read is hatched, what was asked for stands in brackets. */
export function paintGround(ctx, colours, host) {
  const { view, height, scale, span, duration, ribbons } = host;
  const x = (time) => (time - view.from) * scale;
  ctx.fillStyle = colours.surface;
  ctx.globalAlpha = 0.7;
  if (span[0] > 0) ctx.fillRect(x(0), RULER + 1, x(span[0]) - x(0), height);
  if (span[1] < duration) ctx.fillRect(x(span[1]), RULER + 1, x(duration) - x(span[1]), height);
  ctx.globalAlpha = 1;
  if (ribbons.shown.window) paintAsked(ctx, colours, x, host);
  if (ribbons.shown.unreadable) paintUnreadable(ctx, colours, x, host);
  if (ribbons.shown.coverage) paintCoverage(ctx, colours, x, host);
}

function paintUnreadable(ctx, colours, x, { width, height, unreadable }) {
  for (const [from, to] of unreadable) {
    const left = Math.max(0, x(from));
    const right = Math.min(width, x(to));
    if (right <= left) continue;
    ctx.fillStyle = colours.surface;
    ctx.globalAlpha = 0.6;
    ctx.fillRect(left, RULER + 2, right - left, height - RULER - 2);
    ctx.globalAlpha = 1;
    hatch(ctx, colours.warn, left, RULER + 2, right - left, height - RULER - 2);
  }
}

function paintCoverage(ctx, colours, x, { width, ribbonTop, ribbons }) {
  ctx.fillStyle = colours.track;
  ctx.fillRect(0, ribbonTop, width, RIBBON - 4);
  ctx.fillStyle = colours.muted;
  for (const [from, to] of ribbons.covered) ctx.fillRect(Math.max(0, x(from)), ribbonTop, Math.min(width, x(to)) - Math.max(0, x(from)), RIBBON - 4);
}

/** Brackets around the time ranges of each definition, and around the window where that is not the whole video. */
function paintAsked(ctx, colours, x, { lanes, boxes, off, span, height, duration }) {
  ctx.strokeStyle = colours.text;
  ctx.lineWidth = 2;
  ctx.beginPath();
  lanes.forEach((lane, at) => {
    const { top, height: high } = boxes[at];
    if (off.has(at)) return;
    for (const [from, to] of lane.ranges) {
      bracket(ctx, x(from), 5, top - 2, top + high + 2);
      bracket(ctx, x(to), -5, top - 2, top + high + 2);
    }
  });
  const ranged = lanes.length > 0 && lanes.every((lane) => lane.ranges.length);
  if (!ranged && span[0] > 0.05) bracket(ctx, x(span[0]), 5, RULER + 3, height - 1);
  if (!ranged && span[1] < duration - 0.05) bracket(ctx, x(span[1]), -5, RULER + 3, height - 1);
  ctx.stroke();
}

function bracket(ctx, x, turn, top, bottom) {
  ctx.moveTo(x + turn, top);
  ctx.lineTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.lineTo(x + turn, bottom);
}

export function paintOverview(ctx, colours, { lanes, off, matches, width, height, duration }) {
  const scale = width / duration;
  ctx.fillStyle = colours.track;
  ctx.fillRect(0, 0, width, height);
  const shown = lanes.map((lane, at) => ({ lane, at })).filter(({ at }) => !off.has(at));
  const row = (height - 4) / Math.max(1, shown.length);
  shown.forEach(({ lane, at }, place) => {
    ctx.fillStyle = colours.lanes[at % 10];
    let painted = -1;
    for (let index = 0; index < lane.count; index += 1) {
      const x = lane.starts[index] * scale;
      const right = Math.max(x + 1, lane.ends[index] * scale - 0.6);
      if (right <= painted || matches?.[at][index] === 0) continue;
      ctx.fillRect(x, place * row + 1, right - x, Math.max(1, row - 1));
      painted = right;
    }
  });
}
