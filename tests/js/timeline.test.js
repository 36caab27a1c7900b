// The timeline without a screen.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  clampWindow,
  densityMarks,
  firstAbove,
  followWindow,
  makeLane,
  nearestSegment,
  panWindow,
  segmentAt,
  segmentName,
  shortestWindow,
  spriteTile,
  stepAnyLane,
  ticks,
  visible,
  zoomWindow,
} from "../../static/js/timeline-core.js";

const FIELDS = [{ name: "size", type: "string" }];
const lane = (spans, id = "shot") =>
  makeLane({ id, fields: FIELDS, segments: spans.map(([start, end, size]) => ({ start, end, metadata: { size: size ?? null } })) });

/** The slow and obvious way to say which segments show. */
const seen = ({ segments }, from, to) => segments.flatMap((each, index) => (each.end > from && each.start < to ? [index] : []));

test("bisection gives the first greater value", () => {
  assert.deepEqual([0, 1, 2, 9].map((limit) => firstAbove(Float64Array.of(1, 2, 2, 5), limit)), [0, 1, 3, 4]);
});

test("what shows is found even when a long segment began far before", () => {
  const tangled = lane([[0, 100], [1, 2], [3, 4], [50, 51], [60, 61]]);
  for (const [from, to] of [[0, 1], [2, 3], [40, 55], [61, 90], [99, 100]]) {
    const [first, end] = visible(tangled, from, to);
    const found = seen(tangled, from, to);
    assert.ok(found.every((index) => index >= first && index < end), `${from}-${to}`);
  }
});

test("without overlaps exactly the segments of the window show", () => {
  const row = lane(Array.from({ length: 500 }, (_, n) => [n, n + 1]));
  assert.deepEqual([visible(row, 10, 12), visible(row, 10.5, 10.6), visible(row, 500, 600), visible(row, -5, 0)], [[10, 12], [10, 11], [500, 500], [0, 0]]);
});

test("overlapping segments stack in three rows and the rest is counted", () => {
  const stacked = lane([[0, 10], [1, 10], [2, 10], [3, 10], [12, 14]]);
  assert.deepEqual([[...stacked.rows], stacked.rowCount, stacked.overflow], [[0, 1, 2, 3, 0], 3, 1]);
});

test("segments that touch share one row", () => {
  const row = lane([[0, 2], [2, 4], [4, 6]]);
  assert.deepEqual([[...row.rows], row.rowCount], [[0, 0, 0], 1]);
});

test("the segment at a time excludes its end", () => {
  const row = lane([[0, 2], [2, 4], [6, 8]]);
  assert.deepEqual([0, 2, 4, 5, 7.9, 8].map((time) => segmentAt(row, time)), [0, 1, -1, -1, 2, -1]);
});

test("the nearest segment is measured to the closer edge", () => {
  const row = lane([[0, 2], [6, 8]]);
  assert.deepEqual([1, 3, 5.5, 100].map((time) => nearestSegment(row, time)), [0, 0, 1, 1]);
  assert.equal(nearestSegment(lane([]), 3), -1);
});

test("stepping through any lane goes by start", () => {
  const lanes = [lane([[0, 5], [10, 15]]), lane([[2, 4]], "topic")];
  assert.deepEqual([stepAnyLane(lanes, 0, 0, 1), stepAnyLane(lanes, 1, 0, 1), stepAnyLane(lanes, 0, 1, 1)].map((at) => at && [at.lane, at.index]), [[1, 0], [0, 1], null]);
});

test("ticks stand far enough apart and name their time", () => {
  assert.deepEqual(ticks(0, 30, 10).map((tick) => tick.label), ["00:00", "00:10", "00:20", "00:30"]);
  assert.deepEqual(ticks(1, 1.5, 1000).map((tick) => tick.label), ["00:01.0", "00:01.1", "00:01.2", "00:01.3", "00:01.4", "00:01.5"]);
});

test("zooming keeps the time under the pointer where it is", () => {
  const view = zoomWindow({ from: 0, to: 100 }, 2, 30, 100, 1);
  assert.deepEqual(view, { from: 15, to: 65 });
  assert.deepEqual(zoomWindow(view, 0.5, 30, 100, 1), { from: 0, to: 100 });
});

test("a window never leaves the video and never gets too short", () => {
  assert.deepEqual(clampWindow({ from: 95, to: 115 }, 100, 1), { from: 80, to: 100 });
  assert.deepEqual(clampWindow({ from: 10, to: 10.1 }, 100, 2), { from: 9.05, to: 11.05 });
  assert.deepEqual(panWindow({ from: 10, to: 30 }, -50, 100), { from: 0, to: 20 });
});

test("zooming in ends when a frame is twelve pixels wide", () => {
  assert.equal(shortestWindow(600, 25), 2);
  assert.equal(shortestWindow(600, 0), 50 / 30);
});

test("the window turns a page when the playhead leaves it, and stays otherwise", () => {
  const view = { from: 20, to: 40 };
  assert.equal(followWindow(view, 30, 100), view);
  assert.deepEqual(followWindow(view, 40.1, 100), { from: 39.1, to: 59.1 });
  assert.deepEqual(followWindow(view, 5, 100), { from: 0, to: 20 });
});

test("blocks thinner than two pixels merge into marks", () => {
  const thin = [{ x: 0, width: 0.5, row: 0 }, { x: 0.6, width: 0.5, row: 0 }, { x: 9, width: 1, row: 0 }];
  assert.deepEqual(densityMarks(thin).map(({ x, count }) => [x, count]), [[0, 2], [9, 1]]);
});

test("a segment is named by number, text, start and length", () => {
  const row = lane([[0, 72.4], [72.4, 80, "close_up"], [80, 90]]);
  assert.equal(segmentName(row, 1), "2 of 3, close_up, from 1 minute 12.4 seconds, 7.6 seconds long");
  assert.equal(segmentName(row, 2), "3 of 3, from 1 minute 20 seconds, 10 seconds long");
});

test("the tile of the last second is the last tile, not one behind it", () => {
  const sprite = { count: 7, columns: 5, interval: 1, tile_width: 160, tile_height: 90 };
  assert.deepEqual([spriteTile(sprite, 0), spriteTile(sprite, 5.5), spriteTile(sprite, 99)], [{ x: 0, y: 0 }, { x: 0, y: 90 }, { x: 160, y: 90 }]);
});
