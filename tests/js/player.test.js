import assert from "node:assert/strict";
import test from "node:test";

import { frameLength, frameTarget, isLastFrame, lastInside, MODES, playback, START, stepLength, stepRate } from "../../static/js/playback.js";

const FRAME = 0.04;
const span = { start: 10, end: 12 };
const playing = (mode) => ({ mode, span });
const frame = (time, step = FRAME) => ({ kind: "frame", time, step, frame: FRAME });
const kinds = ({ effects }) => effects.map((effect) => effect.do);

test("selecting seeks to the start and plays", () => {
  const { state, effects } = playback(START, { kind: "select", span });
  assert.deepEqual(state, { mode: "stop", span });
  assert.deepEqual(effects, [{ do: "seek", to: 10.001 }, { do: "play" }]);
});

test("a link stands at the start without playing", () => {
  const { state, effects } = playback(START, { kind: "stand", span });
  assert.equal(state.span, null);
  assert.deepEqual(effects, [{ do: "seek", to: 10.001 }]);
});

test("frames before the last one change nothing, in any mode", () => {
  for (const mode of MODES) {
    const before = playing(mode);
    assert.deepEqual(playback(before, frame(11.92)), { state: before, effects: [] }, mode);
  }
});

test("stop pauses on the last frame inside", () => {
  const { state, effects } = playback(playing("stop"), frame(11.96));
  assert.equal(state.span, null);
  assert.deepEqual(effects.map((effect) => effect.do), ["pause", "seek"]);
  assert.ok(effects[1].to >= 11.96 && effects[1].to < 12);
});

test("loop goes back to the start and stays in the segment", () => {
  const { state, effects } = playback(playing("loop"), frame(11.96));
  assert.deepEqual(state, playing("loop"));
  assert.deepEqual(effects, [{ do: "seek", to: 10.001 }]);
});

test("go on leaves the segment and plays", () => {
  const after = playback(playing("go-on"), frame(11.96));
  assert.deepEqual(after, { state: { mode: "go-on", span: null }, effects: [] });
});

test("pausing and Esc end the segment, keep the mode, touch nothing", () => {
  for (const kind of ["pause", "escape"]) {
    for (const mode of MODES) assert.deepEqual(playback(playing(mode), { kind }), { state: { mode, span: null }, effects: [] });
  }
});

test("seeking inside keeps the segment, outside ends it", () => {
  const inside = playing("stop");
  for (const time of [10, 10.001, 11.5, 12]) assert.equal(playback(inside, { kind: "seek", time }).state.span, span, time);
  for (const time of [0, 9.9, 12.01, 50]) assert.equal(playback(inside, { kind: "seek", time }).state.span, null, time);
});

test("changing the mode while playing counts at this segment's end", () => {
  const { state } = playback(playing("stop"), { kind: "mode", mode: "loop" });
  assert.deepEqual(kinds(playback(state, frame(11.97))), ["seek"]);
});

test("the end of the film restarts a loop and ends the other modes", () => {
  assert.deepEqual(kinds(playback(playing("loop"), { kind: "ended" })), ["seek", "play"]);
  for (const mode of ["stop", "go-on"]) assert.deepEqual(playback(playing(mode), { kind: "ended" }), { state: { mode, span: null }, effects: [] });
});

test("without a segment frames, seeks and the end do nothing", () => {
  for (const event of [frame(100), { kind: "seek", time: 3 }, { kind: "ended" }, { kind: "pause" }]) {
    assert.deepEqual(playback(START, event), { state: START, effects: [] });
  }
});

test("no event leaves an unknown mode or a half state", () => {
  const events = [{ kind: "select", span }, { kind: "stand", span }, frame(11), frame(12), { kind: "seek", time: 5 }, { kind: "pause" }, { kind: "ended" }, ...MODES.map((mode) => ({ kind: "mode", mode }))];
  let seen = [START];
  for (let depth = 0; depth < 3; depth += 1) {
    seen = seen.flatMap((state) => events.map((event) => playback(state, event).state));
    for (const state of seen) assert.ok(MODES.includes(state.mode) && (state.span === null || state.span === span));
  }
});

test("the last frame is the one whose successor starts at the end or later", () => {
  assert.equal(isLastFrame(11.92, 12, FRAME), false);
  assert.equal(isLastFrame(11.96, 12, FRAME), true);
  assert.equal(isLastFrame(11.959, 12, FRAME), true);
});

test("a fast film stops before it skips over the end", () => {
  const step = stepLength(FRAME, 0.16);
  assert.equal(isLastFrame(11.84, 12, step), true);
  assert.equal(stepLength(FRAME, 5), FRAME);
  assert.equal(stepLength(FRAME, undefined), FRAME);
});

test("the resting place is never before the start", () => {
  assert.ok(lastInside({ start: 5, end: 5.01 }, FRAME) >= 5);
  assert.equal(lastInside(span, FRAME), 11.98);
});

test("frame length is measured where that is plausible", () => {
  assert.equal(frameLength(25), 0.04);
  assert.equal(frameLength(25, 0.0333), 0.0333);
  assert.equal(frameLength(25, 0.2), 0.04);
  assert.equal(frameLength(0), 1 / 30);
});

test("frame steps land in the middle of the next picture", () => {
  assert.ok(Math.abs(frameTarget(10, 10.015, FRAME, 1) - 10.06) < 1e-9);
  assert.ok(Math.abs(frameTarget(10, 10.015, FRAME, -1) - 9.98) < 1e-9);
  assert.ok(Math.abs(frameTarget(undefined, 3, FRAME, 1) - 3.04) < 1e-9);
  assert.equal(frameTarget(0, 0, FRAME, -1), 0);
});

test("frame steps count from the present place when the last shown frame is old", () => {
  assert.ok(Math.abs(frameTarget(2, 30, FRAME, 1) - 30.04) < 1e-9);
});

test("speeds follow the menu and stay in it", () => {
  const rates = [0.1, 0.5, 1, 2, 4];
  assert.equal(stepRate(rates, 1, 1), 2);
  assert.equal(stepRate(rates, 4, 1), 4);
  assert.equal(stepRate(rates, 0.1, -1), 0.1);
  assert.equal(stepRate(rates, 1.3, -1), 0.5);
});
