// What the timeline says besides segments.

import assert from "node:assert/strict";
import { test } from "node:test";

import { groundWords, looked, remembered } from "../../static/js/timeline-ribbons.js";

test("what was looked at is the window without its gaps", () => {
  assert.deepEqual(looked([0, 60], [[41, 47], [10, 12]]), [[0, 10], [12, 41], [47, 60]]);
  assert.deepEqual(looked([20, 45], [[10, 22], [41, 47]]), [[22, 41]]);
  assert.deepEqual(looked([0, 60], []), [[0, 60]]);
});

test("a time in a gap or outside of the window has words", () => {
  assert.equal(groundWords(42, [0, 60], [[41, 47]]), "Could not be read: 0:41–0:47");
  assert.equal(groundWords(5, [10, 60], []), "Not analysed: the run was asked for 0:10–1:00");
  assert.equal(groundWords(15, [10, 60], [[41, 47]]), "");
});

test("what was switched is remembered, and nonsense is not", () => {
  const first = { coverage: false, unreadable: true, window: true };
  assert.deepEqual(remembered('{"coverage": true, "other": true}'), { ...first, coverage: true });
  for (const text of [null, "null", "{", '{"window": "no"}']) assert.deepEqual(remembered(text), first);
});
