import assert from "node:assert/strict";
import test from "node:test";

import {
  blockText, clampWindow, densityMarks, firstAbove, followWindow, makeLane, MAX_ROWS, nearestSegment, panWindow, segmentAt, segmentName,
  shortestWindow, spriteTile, stackRows, stepAnyLane, ticks, tickStep, visible, zoomWindow,
} from "../../static/js/timeline-core.js";
import { laneBoxes, rowBox } from "../../static/js/timeline-paint.js";
import { dragBy, grabAt, stripKey } from "../../static/js/timeline-strip.js";

const segment = (start, end, metadata = {}) => ({ start, end, metadata });
const lane = (...pairs) => makeLane({ id: "shot", description: "", fields: [{ name: "size", type: "string" }], segments: pairs.map(([a, b, m]) => segment(a, b, m)) });

/** Numbers that look random and are the same in every run. */
function* numbers(seed) {
  for (let state = seed; ; ) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state / 2147483648;
  }
}

function randomLane(seed, count) {
  const next = numbers(seed);
  const value = () => next.next().value;
  return lane(...Array.from({ length: count }, () => {
    const start = value() * 1000;
    return [start, start + value() ** 4 * 200];
  }));
}

test("segments are sorted by start, with the latest end so far beside them", () => {
  const made = lane([5, 6], [1, 9], [2, 3]);
  assert.deepEqual([...made.starts], [1, 2, 5]);
  assert.deepEqual([...made.maxEnd], [9, 9, 9]);
});

test("bisection finds what a walk over all finds, with overlaps", () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const made = randomLane(seed, 200);
    for (const [from, to] of [[0, 1000], [100, 101], [500, 500.5], [990, 1300], [1500, 1600]]) {
      const [first, end] = visible(made, from, to);
      const seen = made.segments.map((each, index) => ({ ...each, index })).filter((each) => each.end > from && each.start < to);
      for (const { index } of seen) assert.ok(index >= first && index < end, `seed ${seed}, ${from}-${to}, ${index}`);
    }
  }
});

test("nothing outside of the window is looked at when segments do not overlap", () => {
  const made = lane(...Array.from({ length: 5000 }, (_, index) => [index, index + 1]));
  assert.deepEqual(visible(made, 2500, 2510), [2500, 2510]);
});

test("an empty lane is no special case", () => {
  const empty = lane();
  assert.deepEqual(visible(empty, 0, 10), [0, 0]);
  assert.equal(segmentAt(empty, 3), -1);
  assert.equal(nearestSegment(empty, 3), -1);
  assert.equal(empty.rowCount, 1);
});

test("the first value above a limit is found at both edges", () => {
  assert.equal(firstAbove([1, 2, 2, 3], 2), 3);
  assert.equal(firstAbove([1, 2], 0), 0);
  assert.equal(firstAbove([1, 2], 2), 2);
});

test("the segment at a time is the one that began last and still goes on", () => {
  const made = lane([0, 10], [2, 4], [12, 14]);
  assert.equal(segmentAt(made, 3), 1);
  assert.equal(segmentAt(made, 5), 0);
  assert.equal(segmentAt(made, 11), -1);
  assert.equal(segmentAt(made, 10), -1);
});

test("the nearest segment is measured to the closer edge", () => {
  const made = lane([0, 2], [10, 12]);
  assert.equal(nearestSegment(made, 5), 0);
  assert.equal(nearestSegment(made, 7), 1);
  assert.equal(nearestSegment(made, 99), 1);
});

test("overlaps stack in at most three rows, the rest is counted", () => {
  const made = lane([0, 10], [1, 10], [2, 10], [3, 10], [11, 12]);
  assert.deepEqual([...made.rows], [0, 1, 2, MAX_ROWS, 0]);
  assert.equal(made.rowCount, 3);
  assert.equal(made.overflow, 1);
});

test("segments that touch share a row", () => assert.equal(stackRows(lane([0, 2], [2, 4], [4, 6])).rowCount, 1));

test("no two segments of a row overlap", () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const made = randomLane(seed, 120);
    for (let row = 0; row < MAX_ROWS; row += 1) {
      const inRow = made.segments.filter((_, index) => made.rows[index] === row);
      inRow.slice(1).forEach((each, index) => assert.ok(each.start >= inRow[index].end - 1e-6));
    }
  }
});

test("thin blocks merge into one mark a run, each row for itself", () => {
  const marks = densityMarks([{ x: 0, width: 0.5, row: 0 }, { x: 0.2, width: 0.5, row: 1 }, { x: 1, width: 0.5, row: 0 }, { x: 1.2, width: 0.4, row: 1 }, { x: 90, width: 0.2, row: 0 }]);
  assert.deepEqual(marks.map(({ row, count }) => [row, count]), [[0, 2], [1, 2], [0, 1]]);
  assert.equal(marks[2].width, 1);
});

test("ticks are round numbers, wide enough apart for their labels", () => {
  for (const scale of [0.01, 0.2, 3, 40, 900]) {
    const { step } = tickStep(scale);
    assert.ok(step * scale >= 84 || step === 7200, scale);
  }
  assert.deepEqual(ticks(4, 21, 20).map((tick) => [tick.time, tick.label]), [[5, "00:05"], [10, "00:10"], [15, "00:15"], [20, "00:20"]]);
  assert.equal(ticks(0, 0.3, 1000)[1].label, "00:00.1");
});

test("zooming keeps the time under the pointer in its place", () => {
  const view = zoomWindow({ from: 0, to: 100 }, 2, 30, 100, 1);
  assert.deepEqual(view, { from: 15, to: 65 });
  assert.equal((30 - view.from) / (view.to - view.from), 0.3);
});

test("zoom stays between one frame and the whole video", () => {
  assert.deepEqual(zoomWindow({ from: 40, to: 60 }, 0.001, 50, 100, 1), { from: 0, to: 100 });
  const near = zoomWindow({ from: 40, to: 60 }, 1e9, 50, 100, 1);
  assert.ok(Math.abs(near.to - near.from - 1) < 1e-9);
  assert.equal(shortestWindow(1200, 25), 4);
});

test("no window ever leaves the video", () => {
  const next = numbers(5);
  let view = { from: 0, to: 100 };
  for (let turn = 0; turn < 2000; turn += 1) {
    const value = next.next().value;
    view = turn % 2 ? panWindow(view, (value - 0.5) * 80, 100) : zoomWindow(view, 0.3 + value * 3, value * 100, 100, 0.5);
    assert.ok(view.from >= -1e-9 && view.to <= 100 + 1e-9 && view.to - view.from >= 0.5 - 1e-9, JSON.stringify(view));
  }
});

test("a window shorter than allowed grows around its middle", () => {
  assert.deepEqual(clampWindow({ from: 49.9, to: 50.1 }, 100, 2), { from: 49, to: 51 });
  assert.deepEqual(clampWindow({ from: -5, to: 5 }, 100, 2), { from: 0, to: 10 });
});

test("the window pages when the playhead leaves it on the right, and jumps after a seek", () => {
  const view = { from: 0, to: 10 };
  assert.equal(followWindow(view, 5, 100), view);
  assert.deepEqual(followWindow(view, 10.1, 100), { from: 9.6, to: 19.6 });
  assert.deepEqual(followWindow(view, 50, 100), { from: 46, to: 56 });
  assert.deepEqual(followWindow({ from: 80, to: 90 }, 1, 100), { from: 0, to: 10 });
});

test("a block says its number and its first text", () => {
  const made = lane([0, 1, { size: "close_up" }], [1, 2, { size: null }]);
  assert.equal(blockText(made, 0), "1 close_up");
  assert.equal(blockText(made, 1), "2");
});

test("the spoken name has place, text, start and length", () => {
  const made = lane([72.4, 80, { size: "close_up" }], [90, 91, {}]);
  assert.equal(segmentName(made, 0), "1 of 2, close_up, from 1 minute 12.4 seconds, 7.6 seconds long");
  assert.equal(segmentName(made, 1), "2 of 2, from 1 minute 30 seconds, 1 second long");
});

test("the picture of a time is a tile inside the sheet", () => {
  const sprite = { columns: 10, tile_width: 160, tile_height: 90, interval: 3, count: 12 };
  assert.deepEqual(spriteTile(sprite, 0), { x: 0, y: 0 });
  assert.deepEqual(spriteTile(sprite, 31), { x: 0, y: 90 });
  assert.deepEqual(spriteTile(sprite, 9999), { x: 160, y: 90 });
});

test("the neighbour in any lane follows by start", () => {
  const lanes = [lane([0, 5], [5, 9]), lane([3, 4])];
  assert.deepEqual([stepAnyLane(lanes, 0, 0, 1)].map(({ lane: at, index }) => [at, index]), [[1, 0]]);
  assert.equal(stepAnyLane(lanes, 0, 0, -1), null);
  assert.equal(stepAnyLane(lanes, 0, 1, 1), null);
});

test("hidden lanes are thin, lanes with overlaps have a row for each", () => {
  const lanes = [lane([0, 1]), lane([0, 5], [1, 5])];
  const { boxes } = laneBoxes(lanes, new Set());
  assert.ok(boxes[1].top >= boxes[0].top + boxes[0].height);
  assert.ok(boxes[1].height > boxes[0].height);
  assert.ok(rowBox(lanes[1], boxes[1], 1).top > rowBox(lanes[1], boxes[1], 0).top);
  assert.equal(laneBoxes(lanes, new Set([1]), { offHeight: 0 }).boxes[1].height, 0);
});

test("the box of the overview follows from where it was grabbed, or comes to the pointer", () => {
  const view = { from: 20, to: 40 };
  assert.equal(dragBy(26, grabAt(25, view), view), 1);
  assert.equal(dragBy(80, grabAt(80, view), view), 50);
});

test("keys move the box by a tenth, a page, or to the ends", () => {
  assert.equal(stripKey("ArrowRight", 20, 100), 2);
  assert.equal(stripKey("PageUp", 20, 100), -20);
  assert.equal(stripKey("Home", 20, 100), -100);
  assert.equal(stripKey("End", 20, 100), 100);
  assert.equal(stripKey("k", 20, 100), null);
});
