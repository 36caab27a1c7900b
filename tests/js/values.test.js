// Values of fields as words, the list of segments, and find in the JSON.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fieldTitle, valueWords } from "../../static/js/field-values.js";
import { find, partText } from "../../static/js/json-view.js";
import { listRows, sortRows } from "../../static/js/segment-list.js";

test("values are said by their type", () => {
  const said = [
    valueWords({ type: "boolean" }, true),
    valueWords({ type: "boolean" }, false),
    valueWords({ type: "timestamp" }, 72.4),
    valueWords({ type: "array" }, ["sea", "sky"]),
    valueWords({ type: "integer" }, 0),
    valueWords({ type: "time_array" }, [{ start_time: 3, end_time: 4.5, label: "pass" }]),
  ];
  assert.deepEqual(said, ["Yes", "No", "01:12.4", "sea, sky", "0", "00:03.0–00:04.5 pass"]);
});

test("what was not determined is a dash, whatever the type", () => {
  assert.deepEqual([null, undefined, "", []].map((value) => valueWords({ type: "string" }, value)), ["—", "—", "—", "—"]);
});

test("names of fields become titles", () => {
  assert.deepEqual(["shot_size", "peak-at", "x"].map(fieldTitle), ["Shot size", "Peak at", "X"]);
});

const LANES = [
  { id: "shot", fields: [{ name: "size", type: "string" }], segments: [{ start: 5, end: 6, metadata: { size: "wide" } }, { start: 1, end: 9, metadata: { size: "Close" } }] },
  { id: "text", fields: [{ name: "words", type: "string" }], segments: [{ start: 3, end: 4, metadata: { words: "News" } }] },
];

test("the list has a row for every segment and leaves foreign fields empty", () => {
  assert.deepEqual(listRows(LANES, ["size", "words"]).map((row) => [row.id, row.index, ...row.cells]), [["shot", 0, "wide", ""], ["shot", 1, "Close", ""], ["text", 0, "", "News"]]);
});

test("the list sorts by times, lengths and words, both ways", () => {
  const rows = listRows(LANES, ["size", "words"]);
  const order = (column, descending = false) => sortRows(rows, { column, descending }, ["size", "words"]).map((row) => `${row.id}${row.index}`);
  assert.deepEqual(order("start"), ["shot1", "text0", "shot0"]);
  assert.deepEqual(order("length", true), ["shot1", "shot0", "text0"]);
  assert.deepEqual(order("size"), ["text0", "shot1", "shot0"]);
  assert.deepEqual(order("lane"), ["shot0", "shot1", "text0"]);
});

test("finding in the JSON wraps round and ignores case", () => {
  assert.deepEqual([find("Aba aBa", "aba", 0), find("Aba aBa", "aba", 1), find("Aba aBa", "aba", 2), find("x", "y", 0)], [
    { count: 2, at: 0 },
    { count: 2, at: 4 },
    { count: 2, at: 0 },
    { count: 0, at: -1 },
  ]);
});

test("only the segments of an answer can be shown", () => {
  const answer = { status: "ready", result: { shot: [] } };
  assert.deepEqual([JSON.parse(partText(answer, "whole")), JSON.parse(partText(answer, "segments"))], [answer, { shot: [] }]);
});
