// Draws blocks, ruler and overview on canvases. Nothing here listens to anything.

import { blockText, densityMarks, GLYPHS, MAX_ROWS, ticks, visible } from "./timeline-core.js";

export const RULER = 26;
export const LANE = 30;
export const SUB_ROW = 20;
export const GAP = 6;
const OFF_LANE = 24;
const TEXT_FROM = 40;
const THIN = 2;

/** Heights of lanes and the place of each from the top: [{top, height}], and the sum. */
export function laneBoxes(lanes, off) {
  let top = RULER + 4;
  const boxes = lanes.map((lane, index) => {
    const height = off.has(index) ? OFF_LANE : lane.rowCount === 1 ? LANE : lane.rowCount * SUB_ROW;
    const box = { top, height };
    top += height + GAP;
    return box;
  });
  return { boxes, height: top + 2 };
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

function roundBlock(ctx, x, y, width, height) {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, Math.min(4, width / 3));
  ctx.fill();
}

function fitted(ctx, text, width) {
  const measured = ctx.measureText(text).width;
  if (measured <= width) return text;
  const kept = Math.floor((text.length * (width - 8)) / measured);
  return kept > 0 ? `${text.slice(0, kept).trimEnd()}…` : "";
}

function hatch(ctx, colours, x, y, width, height) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, width, height);
  ctx.clip();
  ctx.strokeStyle = colours.warn;
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

/** One lane's blocks; returns those at least `wide` pixels wide as [{index, x, width, top, height}]. */
export function paintLane(ctx, colours, lane, { at, box, view, width, scale, wide }) {
  const colour = colours.lanes[at % 10];
  const striped = at >= 10;
  const glyph = GLYPHS[at % GLYPHS.length];
  const [first, end] = visible(lane, view.from, view.to);
  const thin = [];
  const large = [];
  ctx.fillStyle = colours.track;
  ctx.fillRect(0, box.top, width, box.height);
  ctx.font = `600 12px ${colours.font}`;
  for (let index = first; index < end; index += 1) {
    const x = (lane.starts[index] - view.from) * scale;
    const blockWidth = (lane.ends[index] - lane.starts[index]) * scale;
    if (x + blockWidth < 0) continue;
    const row = rowBox(lane, box, lane.rows[index]);
    if (lane.rows[index] === MAX_ROWS) continue;
    if (blockWidth < THIN) {
      thin.push({ x, width: blockWidth, row: lane.rows[index] });
      continue;
    }
    const left = Math.max(x, -8);
    const drawn = Math.min(x + blockWidth, width + 8) - left - (blockWidth > 4 ? 1 : 0);
    ctx.fillStyle = colour;
    roundBlock(ctx, left, row.top, drawn, row.height);
    if (striped) hatch(ctx, { warn: colours.laneText }, left, row.top + row.height - 4, drawn, 4);
    if (drawn >= TEXT_FROM) {
      ctx.fillStyle = colours.laneText;
      const text = fitted(ctx, `${glyph} ${blockText(lane, index)}`, drawn - 14);
      ctx.fillText(text, Math.max(left, 0) + 7, row.top + row.height / 2 + 0.5);
    }
    if (drawn >= wide) large.push({ index, x: left, width: drawn, ...row });
  }
  ctx.fillStyle = colour;
  ctx.globalAlpha = 0.75;
  for (const mark of densityMarks(thin)) {
    const row = rowBox(lane, box, mark.row);
    ctx.fillRect(mark.x, row.top, mark.width, row.height);
  }
  ctx.globalAlpha = 1;
  return large;
}

/** What was not analysed is dimmed, what could not be read is hatched. */
export function paintGround(ctx, colours, { view, width, height, scale, span, unreadable, duration }) {
  const x = (time) => (time - view.from) * scale;
  ctx.fillStyle = colours.surface;
  ctx.globalAlpha = 0.7;
  if (span[0] > 0) ctx.fillRect(x(0), RULER + 1, x(span[0]) - x(0), height);
  if (span[1] < duration) ctx.fillRect(x(span[1]), RULER + 1, x(duration) - x(span[1]), height);
  ctx.globalAlpha = 1;
  for (const [from, to] of unreadable) {
    const left = Math.max(0, x(from));
    const right = Math.min(width, x(to));
    if (right > left) hatch(ctx, colours, left, RULER + 2, right - left, height - RULER - 2);
  }
}

export function paintOverview(ctx, colours, { lanes, off, width, height, duration, buffered }) {
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
      if (right <= painted) continue;
      ctx.fillRect(x, place * row + 1, right - x, Math.max(1, row - 1));
      painted = right;
    }
  });
  ctx.fillStyle = colours.muted;
  for (const [from, to] of buffered) ctx.fillRect(from * scale, height - 2, (to - from) * scale, 2);
}
