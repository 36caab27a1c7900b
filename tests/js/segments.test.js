import assert from "node:assert/strict";
import test from "node:test";

import { eventWords, fieldTitle, valueWords } from "../../static/js/field-values.js";
import { whyRows } from "../../static/js/metadata-panel.js";
import { findMatches, matchWords, nextMatch } from "../../static/js/segment-find.js";
import { listRows, sortRows } from "../../static/js/segment-list.js";
import { makeLane } from "../../static/js/timeline-core.js";

const shots = makeLane({
  id: "shot",
  fields: [{ name: "size", type: "string" }, { name: "words", type: "array" }],
  segments: [
    { start: 0, end: 4, metadata: { size: "wide", words: ["Café", "Tor"] } },
    { start: 4, end: 5, metadata: { size: "close up", words: [] } },
    { start: 5, end: 9, metadata: { size: null } },
  ],
});
const topics = makeLane({ id: "topic", fields: [{ name: "title", type: "string" }], segments: [{ start: 1, end: 9, metadata: { title: "Second half" } }] });
const lanes = [shots, topics];

test("values are said in words, unknown as a dash", () => {
  assert.equal(valueWords({ type: "boolean" }, true), "Yes");
  assert.equal(valueWords({ type: "boolean" }, false), "No");
  assert.equal(valueWords({ type: "array" }, ["a", "b"]), "a, b");
  assert.equal(valueWords({ type: "timestamp" }, 72.4), "01:12.4");
  assert.equal(valueWords({ type: "number" }, 0), "0");
  for (const unknown of [null, undefined, "", []]) assert.equal(valueWords({ type: "string" }, unknown), "—");
});

test("events in a list have their times and texts", () => {
  assert.equal(eventWords({ start_time: 1, end_time: 2.5, text: "Goal" }), "00:01.0–00:02.5 Goal");
  assert.equal(eventWords("Goal"), "Goal");
});

test("names of fields become titles", () => assert.equal(fieldTitle("shot_size"), "Shot size"));

test("find looks into all fields, with any case and without accents", () => {
  assert.deepEqual(findMatches(lanes, "CAFE").map((each) => [...each]), [[1, 0, 0], [0]]);
  assert.deepEqual(findMatches(lanes, "up close").map((each) => [...each]), [[0, 1, 0], [0]]);
  assert.equal(findMatches(lanes, "  "), null);
});

test("the counter says how many match", () => {
  assert.equal(matchWords(findMatches(lanes, "wide")), "1 of 4 match");
  assert.equal(matchWords(findMatches(lanes, "nothing like it")), "0 of 4 match");
  assert.equal(matchWords(null), "");
});

test("the next match goes by start through all lanes, and around", () => {
  const matches = [Uint8Array.of(1, 0, 1), Uint8Array.of(1)];
  assert.deepEqual(nextMatch(lanes, matches, null), { lane: 0, index: 0 });
  assert.deepEqual(nextMatch(lanes, matches, { lane: 0, index: 0 }), { lane: 1, index: 0 });
  assert.deepEqual(nextMatch(lanes, matches, { lane: 1, index: 0 }), { lane: 0, index: 2 });
  assert.deepEqual(nextMatch(lanes, matches, { lane: 0, index: 2 }), { lane: 0, index: 0 });
  assert.equal(nextMatch(lanes, [Uint8Array.of(0, 0, 0), Uint8Array.of(0)], null), null);
});

test("the list has a cell for each field of any lane", () => {
  const rows = listRows(lanes, ["size", "title"]);
  assert.deepEqual(rows.map((row) => row.cells), [["wide", ""], ["close up", ""], ["—", ""], ["", "Second half"]]);
});

test("the list sorts by each column, both ways", () => {
  const names = ["size", "title"];
  const rows = listRows(lanes, names);
  const order = (column, descending = false) => sortRows(rows, { column, descending }, names).map((row) => `${row.id}${row.index}`);
  assert.deepEqual(order("lane"), ["shot0", "shot1", "shot2", "topic0"]);
  assert.deepEqual(order("start"), ["shot0", "topic0", "shot1", "shot2"]);
  assert.deepEqual(order("length", true).slice(0, 1), ["topic0"]);
  assert.deepEqual(order("size").slice(-1), ["shot2"]);
});

test("reasons are told for the start, the end and each field that has one", () => {
  const reasons = { start: { because: "hard cut", confidence: 0.9 }, end: { because: "" }, fields: { size: { because: "a face fills the picture" } } };
  assert.deepEqual(whyRows(reasons, shots.fields), [
    { name: "Starts here", because: "hard cut", confidence: 0.9 },
    { name: "Size", because: "a face fills the picture", confidence: undefined },
  ]);
  assert.deepEqual(whyRows(undefined, shots.fields), []);
});
