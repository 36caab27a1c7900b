// The text of definitions: read, edited with the least change, problems placed in it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import * as lib from "jsonc-parser";

import { applyEdits, difference, moveItem, pathOf, placeOf, readText } from "../../static/js/definition-text.js";

const ODD = `[
  {"id": "goal",   "description": "A goal",
   "fields": [ {"name": "who", "type": "string"} , {"name": "how", "type": "string"} ] },

  {"id": "foul", "media_sources": [{"name": "ref", "media_type": "image", "url": "https://example.org/a.png"}]}
]`;

describe("reading", () => {
  it("gives the value of a list", () => {
    const { value, error } = readText(lib, ODD);
    assert.equal(error, null);
    assert.deepEqual(value.map((each) => each.id), ["goal", "foul"]);
  });

  for (const [what, text, line] of [
    ["a missing bracket", '[\n{"id": "a"\n', 3],
    ["a comma too many", '[\n{"id": "a",}\n]', 2],
    ["a comment", "[\n// note\n]", 2],
    ["an empty text", "", 1],
    ["something that is not a list", '{"id": "a"}', 1],
  ]) {
    it(`names the line of ${what}`, () => {
      const { value, error } = readText(lib, text);
      assert.equal(value, null);
      assert.equal(error.line, line);
      assert.match(error.message, new RegExp(`^Line ${line}: .+\\.$`));
    });
  }
});

describe("edits", () => {
  it("change nothing but their own place", () => {
    const after = applyEdits(lib, ODD, [{ path: [0, "fields", 1, "name"], value: "where" }]);
    assert.equal(after, ODD.replace('"how"', '"where"'));
  });

  it("leave the text alone when the value stays", () => {
    assert.equal(applyEdits(lib, ODD, [{ path: [0, "id"], value: "goal" }]), ODD);
  });

  it("are applied one after the other", () => {
    const after = applyEdits(lib, ODD, [
      { path: [0, "fields", 0, "type"], value: "timestamp" },
      { path: [0, "fields", 0, "format"], value: "seconds" },
    ]);
    assert.deepEqual(lib.parse(after)[0].fields[0], { name: "who", type: "timestamp", format: "seconds" });
  });

  it("insert into a list and remove from it", () => {
    const added = applyEdits(lib, "[]", [{ path: [0], value: { id: "a" }, insert: true }]);
    assert.deepEqual(lib.parse(added), [{ id: "a" }]);
    assert.deepEqual(lib.parse(applyEdits(lib, added, [{ path: [0], value: undefined }])), []);
  });

  it("keep what the form does not show", () => {
    const after = applyEdits(lib, ODD, [{ path: [1, "description"], value: "A foul" }]);
    assert.deepEqual(lib.parse(after)[1].media_sources, lib.parse(ODD)[1].media_sources);
  });

  it("carry quotes, line ends and other scripts", () => {
    const words = 'He said "go",\n– 進球 \\ 🥅';
    assert.equal(lib.parse(applyEdits(lib, ODD, [{ path: [0, "description"], value: words }]))[0].description, words);
  });
});

describe("moving", () => {
  it("swaps two items as they are written", () => {
    const after = moveItem(lib, ODD, [0], 1);
    assert.deepEqual(lib.parse(after).map((each) => each.id), ["foul", "goal"]);
    assert.ok(after.includes('"id": "goal",   "description"'));
    assert.equal(moveItem(lib, after, [1], -1), ODD);
  });

  it("past the end does nothing", () => {
    assert.equal(moveItem(lib, ODD, [0], -1), ODD);
    assert.equal(moveItem(lib, ODD, [1], 1), ODD);
  });
});

describe("difference", () => {
  const put = (text, change) => (change ? text.slice(0, change.from) + change.insert + text.slice(change.to) : text);

  it("is the smallest replacement", () => {
    assert.deepEqual(difference("abcdef", "abXdef"), { from: 2, to: 3, insert: "X" });
    assert.equal(difference("same", "same"), null);
  });

  it("turns any text into any other", () => {
    const texts = ["", "a", "aa", "aaa", "ab", "ba", "aba", "abab", ODD, ODD.replace("foul", "fo")];
    for (const before of texts) for (const after of texts) assert.equal(put(before, difference(before, after)), after);
  });
});

describe("problems", () => {
  it("have paths as the API writes them", () => {
    assert.deepEqual(pathOf("segment_definitions[0].fields[12].name"), [0, "fields", 12, "name"]);
    assert.deepEqual(pathOf("response_format.segment_definitions[3]"), [3]);
    assert.deepEqual(pathOf("segment_definitions"), []);
  });

  it("mark the value they are about", () => {
    const { tree } = readText(lib, ODD);
    const { offset, length } = placeOf(lib, tree, [0, "fields", 1, "name"]);
    assert.equal(ODD.slice(offset, offset + length), '"how"');
  });

  it("mark the start of the nearest thing that exists when something is missing", () => {
    const { tree } = readText(lib, ODD);
    const { offset, length } = placeOf(lib, tree, [1, "fields", 0, "name"]);
    assert.equal(ODD.slice(offset, offset + 12), '{"id": "foul');
    assert.equal(length, 1);
  });

  it("have a place even without a text", () => {
    assert.deepEqual(placeOf(lib, null, [0]), { offset: 0, length: 0 });
  });
});
