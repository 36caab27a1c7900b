// Playing one segment to its last frame.

import assert from "node:assert/strict";
import { test } from "node:test";

import { frameLength, frameTarget, isLastFrame, lastInside, MODES, playback, START, stepLength, stepRate } from "../../static/js/playback.js";

const SPAN = { start: 4, end: 8 };
const FRAME = 0.04;
const playing = (mode) => ({ mode, span: SPAN });
const frame = (time) => ({ kind: "frame", time, step: FRAME, frame: FRAME });

test("the last frame is the one after which the end would be passed", () => {
  assert.deepEqual([7.92, 7.96, 8].map((time) => isLastFrame(time, 8, FRAME)), [false, true, true]);
});

test("a segment that ends between two frames stops before the frame across its end", () => {
  assert.deepEqual([7.9, 7.94, 7.98].map((time) => isLastFrame(time, 7.97, FRAME)), [false, true, true]);
});

test("selecting a segment goes to its start and plays", () => {
  const { state, effects } = playback({ mode: "stop", span: null }, { kind: "select", span: SPAN });
  assert.deepEqual([state, effects.map((each) => each.do)], [playing("stop"), ["seek", "play"]]);
  assert.ok(effects[0].to >= 4 && effects[0].to < 4 + FRAME);
});

test("standing at a segment does not play it", () => {
  const { state, effects } = playback(playing("loop"), { kind: "stand", span: SPAN });
  assert.deepEqual([state.span, effects.map((each) => each.do)], [null, ["pause", "seek"]]);
});

test("inside of the segment frames change nothing", () => {
  assert.deepEqual(playback(playing("stop"), frame(5)), { state: playing("stop"), effects: [] });
});

test("stop pauses on the last frame inside", () => {
  const { state, effects } = playback(playing("stop"), frame(7.97));
  assert.deepEqual([state.span, effects], [null, [{ do: "pause" }, { do: "seek", to: 7.98 }]]);
});

test("loop begins again and stays in its segment", () => {
  const { state, effects } = playback(playing("loop"), frame(7.97));
  assert.deepEqual([state, effects[0].do], [playing("loop"), "seek"]);
});

test("go-on plays on and the segment is over", () => {
  assert.deepEqual(playback(playing("go-on"), frame(7.97)), { state: { mode: "go-on", span: null }, effects: [] });
});

test("a seek out of the segment ends it, one inside does not", () => {
  const after = [3.9, 3.98, 6, 8, 8.1].map((time) => playback(playing("stop"), { kind: "seek", time }).state.span);
  assert.deepEqual(after, [null, SPAN, SPAN, SPAN, null]);
});

test("a pause or Escape ends the segment, whatever follows it", () => {
  for (const kind of ["pause", "escape"]) assert.deepEqual(playback(playing("loop"), { kind }).state, { mode: "loop", span: null });
});

test("a segment at the very end of the video loops too", () => {
  const { state, effects } = playback(playing("loop"), { kind: "ended" });
  assert.deepEqual([state, effects.map((each) => each.do)], [playing("loop"), ["seek", "play"]]);
});

test("the player comes to rest inside, also in a segment shorter than a frame", () => {
  assert.equal(lastInside(SPAN, FRAME), 7.98);
  assert.ok(lastInside({ start: 4, end: 4.01 }, FRAME) < 4.01);
});

test("the length of a frame is believed when measured near the known rate", () => {
  assert.deepEqual([frameLength(25), frameLength(25, 0.039), frameLength(25, 0.4), frameLength(0)], [0.04, 0.039, 0.04, 1 / 30]);
});

test("at high speed the step to the next shown frame is longer than a frame", () => {
  assert.deepEqual([stepLength(FRAME, 0.12), stepLength(FRAME, 0.02), stepLength(FRAME, 9)], [0.12, FRAME, FRAME]);
});

test("a step by frames lands in the middle of the next or previous one", () => {
  const near = (value, wanted) => Math.abs(value - wanted) < 1e-9;
  assert.ok(near(frameTarget(2, 2.01, FRAME, 1), 2.06));
  assert.ok(near(frameTarget(2, 2.01, FRAME, -1), 1.98));
  assert.ok(near(frameTarget(NaN, 3, FRAME, 1), 3.04));
  assert.equal(frameTarget(0, 0, FRAME, -1), 0);
});

test("speed goes along the list and stops at its ends", () => {
  const rates = [0.5, 1, 2];
  assert.deepEqual([stepRate(rates, 1, 1), stepRate(rates, 2, 1), stepRate(rates, 0.5, -1), stepRate(rates, 1.1, 1)], [2, 2, 0.5, 2]);
});

test("changing the mode while playing counts at this segment's end", () => {
  const { state } = playback(playing("stop"), { kind: "mode", mode: "loop" });
  assert.deepEqual(playback(state, frame(7.97)).effects.map((each) => each.do), ["seek"]);
});

test("without a segment frames, seeks and the end do nothing", () => {
  for (const event of [frame(100), { kind: "seek", time: 3 }, { kind: "ended" }, { kind: "pause" }]) {
    assert.deepEqual(playback(START, event), { state: START, effects: [] });
  }
});

test("no event leaves an unknown mode or a half state", () => {
  const events = [{ kind: "select", span: SPAN }, { kind: "stand", span: SPAN }, frame(5), frame(8), { kind: "seek", time: 2 }, { kind: "pause" }, { kind: "ended" }, ...MODES.map((mode) => ({ kind: "mode", mode }))];
  let seen = [START];
  for (let depth = 0; depth < 3; depth += 1) {
    seen = seen.flatMap((state) => events.map((event) => playback(state, event).state));
    for (const state of seen) assert.ok(MODES.includes(state.mode) && (state.span === null || state.span === SPAN));
  }
});
