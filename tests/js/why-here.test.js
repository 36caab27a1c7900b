// What a boundary and a value rest on, in words.

import assert from "node:assert/strict";
import { test } from "node:test";

import { measuredWords, overallWords, whyRows } from "../../static/js/why-here.js";

test("start, end and fields have a row where the engine gives a reason", () => {
  const start = { because: "A cut.", confidence: 0.9, kind: "cut", strength: 0.9, measured: { cut: { kind: "cut", strength: 0.9 } } };
  const fields = { kind: { because: "Large letters.", confidence: 0.5, lines: 2, filler: "role of the text" }, text: {}, size: { because: "Not determined.", confidence: 0 } };
  assert.deepEqual(whyRows({ start, fields }, [{ name: "kind" }, { name: "text" }, { name: "size" }]), [
    { name: "Starts here", because: "A cut.", sure: "90 % sure", notes: ["cut of strength 0.90"] },
    { name: "Kind", because: "Large letters.", sure: "50 % sure", notes: ["lines 2", "from: role of the text"] },
    { name: "Size", because: "Not determined.", sure: "", notes: [] },
  ]);
  assert.deepEqual(whyRows(null, []), []);
});

test("what was measured at a boundary is said, what was not looked at is not", () => {
  assert.deepEqual(measuredWords({ cut: null, speech_pause: 1.24, texts_come: 1, texts_go: 2 }), ["no change of picture", "1.2 s without speech", "1 text comes", "2 texts go"]);
  assert.deepEqual(measuredWords({ speech_pause: 0, texts_come: 0, texts_go: 0 }), ["talk goes on over it", "no change of text"]);
  assert.deepEqual([measuredWords({}), measuredWords(undefined)], [[], []]);
});

test("a segment says what its definition was taken for, or that there are no reasons", () => {
  const understood = { because: "Understood as: shots.", score: 2.9, runner_up: "scenes" };
  assert.equal(overallWords({ reasons: { understood }, confidence: 0.94 }), "Understood as: shots. Fit of the description: 2.9; next best: scenes. 94 % sure of this segment.");
  assert.equal(overallWords({ reasons: {}, confidence: null }), "The engine of this run gives no reasons.");
});
