// The left panel without a page: what the definitions hold and what a run costs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { readDefinitions, summaryWords } from "../../static/js/definition-words.js";
import { cost, meaning, usesRanges } from "../../static/js/run-form.js";
import { windowOf, windowTexts } from "../../static/js/window-bar.js";

const SHOT = { id: "shot", fields: [{}, {}] };

test("definitions are read only from a list that parses", () => {
  assert.deepEqual([readDefinitions("[]"), readDefinitions("{}"), readDefinitions("[")], [[], null, null]);
});

test("the summary counts definitions and fields", () => {
  assert.equal(summaryWords([SHOT, { id: "b" }]), "2 definitions · 2 fields");
  assert.equal(summaryWords([{ id: "a", fields: [{}] }]), "1 definition · 1 field");
});

test("the cost is the window times the definitions", () => {
  assert.deepEqual(cost([SHOT, SHOT], 100, 10, 40), { seconds: 60, problem: "" });
  assert.deepEqual(cost([SHOT], 100, null, null), { seconds: 100, problem: "" });
  assert.deepEqual(cost([SHOT], 100, null, 500), { seconds: 100, problem: "" });
});

test("time ranges count instead of the window", () => {
  const ranged = { ...SHOT, time_ranges: [{ start_time: 0, end_time: 4 }, { start_time: 10, end_time: 15 }] };
  assert.equal(cost([ranged], 100, null, null).seconds, 9);
  assert.deepEqual([usesRanges([SHOT, ranged]), usesRanges([SHOT]), usesRanges(null)], [true, false, false]);
});

test("an impossible window is said in words", () => {
  assert.match(cost([SHOT], 100, 50, 50).problem, /Start must be before End/);
  assert.match(cost([SHOT], 100, 200, 300).problem, /after the end of the video/);
  assert.match(cost([SHOT], 100, NaN, null).problem, /m:ss/);
});

test("settings that mean the same are the same, however they are written", () => {
  assert.equal(meaning({ start_time: "2.0", engine: "local" }), meaning({ start_time: "2", engine: "local" }));
  assert.equal(meaning({ end_time: "1:30" }), meaning({ end_time: "90.0" }));
  assert.notEqual(meaning({ end_time: "1:30" }), meaning({ end_time: "91" }));
});

test("start and end are a range on the bar; the whole video is none", () => {
  assert.deepEqual(windowOf("", "", 60), []);
  assert.deepEqual(windowOf("10", "", 60), [{ start_time: 10, end_time: 60 }]);
  assert.deepEqual(windowOf("", "1:30", 60), [{ start_time: 0, end_time: 60 }]);
  assert.deepEqual([windowOf("20", "10", 60), windowOf("x", "", 60)], [[], []]);
});

test("a range on the bar is written as times, its ends at the ends of the video as nothing", () => {
  assert.deepEqual(windowTexts({ start_time: 0, end_time: 42.5 }, 60), { start_time: "", end_time: "00:42.5" });
  assert.deepEqual(windowTexts({ start_time: 5, end_time: 60 }, 60), { start_time: "00:05", end_time: "" });
});
