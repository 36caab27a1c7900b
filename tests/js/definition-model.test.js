// What the Builder's form does to definitions.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import * as lib from "jsonc-parser";

import {
  appendEdit,
  duplicate,
  KINDS,
  kindEdits,
  kindOf,
  newDefinition,
  newField,
  newRange,
  rangeProblems,
  suggestId,
} from "../../static/js/definition-model.js";
import { applyEdits } from "../../static/js/definition-text.js";

const FIELDS = {
  text: { name: "f", type: "string", description: "" },
  choice: { name: "f", type: "string", description: "", enum: ["a", "other"] },
  boolean: { name: "f", type: "boolean", description: "" },
  number: { name: "f", type: "number", description: "" },
  integer: { name: "f", type: "integer", description: "" },
  array: { name: "f", type: "array", description: "", items: { type: "string" } },
  timestamp: { name: "f", type: "timestamp", description: "", format: "seconds" },
};
/** Which of the extras a type must, may (null) or must not have; the contract's table. */
const RULES = { string: { enum: null }, array: { enum: null, items: true }, timestamp: { format: true } };

const turned = (field, kind) => lib.parse(applyEdits(lib, JSON.stringify(field), kindEdits([], field, kind)));

describe("kinds of fields", () => {
  for (const from of Object.keys(FIELDS)) {
    for (const to of Object.keys(FIELDS)) {
      it(`${from} becomes a right ${to}`, () => {
        const after = turned(FIELDS[from], to);
        assert.equal(kindOf(after), to);
        for (const extra of ["enum", "items", "format"]) {
          const rule = RULES[after.type]?.[extra];
          if (rule === undefined) assert.ok(!(extra in after), `${extra} must go`);
          if (rule === true) assert.ok(extra in after, `${extra} must come`);
        }
      });
    }
  }

  it("keep their choices from a choice to a list of texts", () => {
    assert.deepEqual(turned(FIELDS.choice, "array").enum, ["a", "other"]);
  });

  it("of an unknown type are shown as text", () => {
    assert.equal(kindOf({ type: "colour" }), "text");
    assert.equal(kindOf(null), "text");
    assert.ok(kindOf({ type: "time_array" }) in KINDS);
  });
});

describe("new things", () => {
  it("get names that are free", () => {
    assert.equal(newField([{ name: "field" }, { name: "field_2" }]).name, "field_3");
    assert.equal(newDefinition([{ id: "goal" }]).id, "segment");
    assert.equal(duplicate({ id: "goal", fields: [] }, [{ id: "goal" }]).id, "goal_2");
  });

  it("are copies, not the same thing twice", () => {
    const original = { id: "goal", fields: [{ name: "who" }] };
    const copy = duplicate(original, [original]);
    copy.fields[0].name = "changed";
    assert.equal(original.fields[0].name, "who");
  });

  it("make the list that does not exist yet", () => {
    const after = applyEdits(lib, '[{"id": "a"}]', [appendEdit([0, "fields"], undefined, { name: "x" })]);
    assert.deepEqual(lib.parse(after)[0].fields, [{ name: "x" }]);
  });
});

describe("suggested ids", () => {
  it("are made of the telling words", () => {
    assert.equal(suggestId("A goal is scored by the home side"), "goal_is_scored");
  });

  it("leave out marks and accents", () => {
    assert.equal(suggestId("Café: übergabe!"), "cafe_ubergabe");
  });

  it("are empty when nothing can be said", () => {
    assert.equal(suggestId("進球"), "");
    assert.equal(suggestId(""), "");
  });
});

describe("time ranges", () => {
  const range = (start_time, end_time) => ({ start_time, end_time });

  it("start at the playhead and last ten seconds", () => {
    assert.deepEqual(newRange([], 12.3456, 60), range(12.346, 22.346));
  });

  it("step over ranges that are there and stop at the next one", () => {
    assert.deepEqual(newRange([range(0, 5), range(5, 8), range(12, 20)], 2, 60), range(8, 12));
  });

  it("stay inside the video", () => {
    assert.deepEqual(newRange([], 59, 60), range(58, 60));
  });

  it("may touch, may not overlap, and need two seconds", () => {
    assert.deepEqual(rangeProblems([range(0, 5), range(5, 10)]), ["", ""]);
    assert.deepEqual(rangeProblems([range(0, 6), range(5, 10)]), ["Overlaps with range 2.", "Overlaps with range 1."]);
    assert.deepEqual(rangeProblems([range(0, 1.5)]), ["At least 2 seconds long."]);
    assert.deepEqual(rangeProblems([{}, null]), ["Type both times.", "Type both times."]);
  });
});
