import assert from "node:assert/strict";
import test from "node:test";

import { eventWords } from "../../static/js/field-values.js";
import { filterFields, findMatches, matchWords, nextMatch, readQuery, writeQuery } from "../../static/js/segment-find.js";
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

test("events in a list have their times and texts", () => {
  assert.equal(eventWords({ start_time: 1, end_time: 2.5, text: "Goal" }), "00:01.0–00:02.5 Goal");
  assert.equal(eventWords("Goal"), "Goal");
});

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

test("fields with few values can be filtered, those with one or with times cannot", () => {
  assert.deepEqual(filterFields(lanes), [{ name: "size", values: ["close up", "wide", "—"] }, { name: "words", values: ["Café", "Tor", "—"] }]);
  const many = makeLane({ id: "n", fields: [{ name: "n", type: "integer" }, { name: "at", type: "timestamp" }], segments: Array.from({ length: 13 }, (_, n) => ({ start: n, end: n + 1, metadata: { n, at: n % 2 } })) });
  assert.deepEqual(filterFields([many]), []);
  assert.deepEqual(filterFields([makeLane({ ...many, segments: many.segments.slice(1) })])[0].values.slice(0, 2), ["1", "2"]);
});

test("filters and words must all fit; a list fits by one of its items", () => {
  assert.deepEqual(findMatches(lanes, "", { size: "wide" }).map((each) => [...each]), [[1, 0, 0], [0]]);
  assert.deepEqual(findMatches(lanes, "", { words: "Tor" }).map((each) => [...each]), [[1, 0, 0], [0]]);
  assert.deepEqual(findMatches(lanes, "tor", { size: "close up" }).map((each) => [...each]), [[0, 0, 0], [0]]);
  assert.deepEqual(findMatches(lanes, "", { size: "—" }).map((each) => [...each]), [[0, 0, 1], [0]]);
});

test("words and filters go into the address as one line and come back", () => {
  const fields = filterFields(lanes);
  const asked = { words: "goal kick", filters: { size: "close up", words: "—" } };
  assert.equal(writeQuery(asked), 'goal kick size:"close up" words:"—"');
  assert.deepEqual(readQuery(writeQuery(asked), fields), asked);
  assert.deepEqual(readQuery('other:"x" size:"huge"', fields), { words: 'other:"x" size:"huge"', filters: {} });
  assert.deepEqual(readQuery(null, fields), { words: "", filters: {} });
});
