// What is told of a run beside its progress: how fresh the news are, and its end.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ageWords } from "../../static/js/live-badge.js";
import { endWords } from "../../static/js/run-watch.js";
import { fitWidth, keyWidth } from "../../static/js/splitter.js";

test("the end of a run is told only to who asked and looks elsewhere", () => {
  const run = { state: "done", count: "12", name: "match_day" };
  assert.equal(endWords(run, { hidden: true, wanted: true }), "Done: 12 segments in match_day");
  assert.equal(endWords({ ...run, state: "partial", count: "1" }, { hidden: true, wanted: true }), "Done: 1 segment in match_day, parts could not be read");
  assert.equal(endWords({ ...run, state: "failed" }, { hidden: true, wanted: true }), "The run of match_day failed");
  for (const state of ["cancelled", "processing"]) assert.equal(endWords({ ...run, state }, { hidden: true, wanted: true }), "");
  assert.deepEqual([endWords(run, { hidden: false, wanted: true }), endWords(run, { hidden: true, wanted: false })], ["", ""]);
});

test("the badge says how old the last news is", () => {
  assert.equal(ageWords(1000, 4200), "Last news 3.2 s ago");
  assert.equal(ageWords(null, 4200), "");
});

test("the line between the panels stays inside its limits", () => {
  const limits = { least: 320, most: 520 };
  assert.deepEqual([fitWidth(100, limits), fitWidth(400.4, limits), fitWidth(900, limits)], [320, 400, 520]);
  assert.deepEqual(["ArrowLeft", "ArrowRight", "Home", "End", "x"].map((key) => keyWidth(key, 512, limits)), [496, 520, 320, 520, null]);
});
