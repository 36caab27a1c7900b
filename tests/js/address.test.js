// What the address says.

import assert from "node:assert/strict";
import { test } from "node:test";

import { readSegment, readSpan, readState, segmentKey, writeState } from "../../static/js/url-state.js";

const LANES = [{ id: "shot", count: 3 }, { id: "a:b", count: 1 }];

test("a link survives being read and written", () => {
  const state = { task: "T1", view: "visual", segment: "shot:7", t: "73.2", z: "55-85", q: "goal & more" };
  const { ignored, ...again } = readState(writeState(state));
  assert.deepEqual([again, ignored], [state, []]);
});

test("unknown parts are told, unknown views are left out", () => {
  assert.deepEqual(readState("?view=party&utm=1&task=T1"), { ignored: ["utm"], task: "T1" });
});

test("a segment is named by definition and number from one", () => {
  assert.equal(segmentKey(LANES, { lane: 0, index: 2 }), "shot:3");
  assert.deepEqual(["shot:3", "a:b:1"].map((text) => readSegment(text, LANES)), [{ lane: 0, index: 2 }, { lane: 1, index: 0 }]);
});

test("segments that do not exist are no place", () => {
  assert.deepEqual(["shot:4", "shot:0", "other:1", "shot", "", undefined].map((text) => readSegment(text, LANES)), [null, null, null, null, null, null]);
});

test("a zoom window is cut at the end of the video, and nonsense is none", () => {
  assert.deepEqual([readSpan("12.5-400", 60), readSpan("70-80", 60), readSpan("9-3", 60), readSpan("x", 60)], [{ from: 12.5, to: 60 }, null, null, null]);
});
