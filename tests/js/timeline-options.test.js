// Keyboard and pointer of the timeline, without a screen.

import assert from "node:assert/strict";
import { test } from "node:test";

import { makeLane } from "../../static/js/timeline-core.js";
import { keyTarget, MOST, pickOptions } from "../../static/js/timeline-options.js";
import { laneBoxes } from "../../static/js/timeline-paint.js";
import { hit, pinch } from "../../static/js/timeline-pointer.js";

const lane = (...spans) => makeLane({ id: "shot", fields: [], segments: spans.map(([start, end]) => ({ start, end })) });
const LANES = [lane([0, 10], [10, 20], [20, 30]), lane(), lane([5, 15], [22, 30])];

function at(x, y, off = new Set()) {
  const { boxes } = laneBoxes(LANES, off);
  return hit({ lanes: LANES, boxes, off, view: { from: 0, to: 30 }, scale: 20 }, x, y);
}

test("arrow keys walk along a lane and stop at its ends", () => {
  const go = (key, index) => keyTarget(key, { lane: 0, index }, LANES, [0, 1, 2]);
  assert.deepEqual([go("ArrowRight", 0), go("ArrowRight", 2), go("ArrowLeft", 0), go("End", 0), go("Home", 2)].map((to) => to.index), [1, 2, 0, 2, 0]);
});

test("up and down go to the same time in the next lane that has segments", () => {
  assert.deepEqual(keyTarget("ArrowDown", { lane: 0, index: 2 }, LANES, [0, 1, 2]), { lane: 2, index: 1 });
  assert.deepEqual(keyTarget("ArrowUp", { lane: 2, index: 0 }, LANES, [0, 1, 2]), { lane: 0, index: 0 });
  assert.equal(keyTarget("ArrowDown", { lane: 2, index: 0 }, LANES, [0, 1, 2]), null);
  assert.equal(keyTarget("x", { lane: 0, index: 0 }, LANES, [0]), null);
});

test("arrow keys pass over what does not match, in the lane and in the next one", () => {
  const matches = [Uint8Array.of(1, 0, 1), new Uint8Array(0), Uint8Array.of(0, 1)];
  const go = (key, index) => keyTarget(key, { lane: 0, index }, LANES, [0, 1, 2], matches);
  assert.deepEqual([go("ArrowRight", 0), go("ArrowLeft", 2), go("End", 0)].map((to) => to.index), [2, 0, 2]);
  assert.deepEqual(go("ArrowDown", 0), { lane: 2, index: 1 });
  assert.equal(keyTarget("ArrowDown", { lane: 0, index: 0 }, LANES, [0, 1, 2], [matches[0], matches[1], Uint8Array.of(0, 0)]), null);
});

test("at most 300 blocks become buttons, the widest and always the selected one", () => {
  const blocks = Array.from({ length: 400 }, (_, index) => ({ index, width: 30 + index }));
  const picked = pickOptions([blocks], { lane: 0, index: 0 });
  assert.equal(picked.length, MOST);
  assert.ok(picked.some((each) => each.index === 0) && picked.some((each) => each.index === 399));
});

test("a pointer finds the block under it, or the nearest within six pixels", () => {
  const { boxes } = laneBoxes(LANES, new Set());
  const inside = boxes[2].top + 5;
  assert.deepEqual([at(200, inside), at(305, inside), at(320, inside), at(200, 3)], [{ lane: 2, index: 0 }, { lane: 2, index: 0 }, null, null]);
});

test("a hidden lane is not hit", () => {
  const { boxes } = laneBoxes(LANES, new Set([2]));
  assert.equal(at(200, boxes[2].top + 5, new Set([2])), null);
});

test("two fingers that part zoom about the middle between them", () => {
  const { factor, about, moved } = pinch({ from: 10, to: 40 }, 20, [100, 200], [50, 250]);
  assert.deepEqual([factor, about, moved], [2, 17.5, 0]);
});
