// Rules of definitions that need no server.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { problemsMeanwhile, quickProblems, textProblem } from "../../static/js/definition-problems.js";

const LIMITS = { definitions: 20, fields: 20, id_characters: 64, name_characters: 64, description_characters: 2000, enum_values: 100 };
const right = (more = {}) => ({ id: "goal", description: "A goal", fields: [{ name: "who", type: "string", description: "Who" }], ...more });
const field = (more) => right({ fields: [{ name: "who", type: "string", description: "Who", ...more }] });
const paths = (definitions) => quickProblems(definitions, LIMITS).map(({ path }) => path.join("."));

describe("quick rules", () => {
  it("find nothing in right definitions", () => {
    assert.deepEqual(quickProblems([right(), right({ id: "foul", fields: [] })], LIMITS), []);
  });

  for (const [what, definition, path] of [
    ["a blank description", right({ description: "  " }), "0.description"],
    ["a missing id", right({ id: undefined }), "0.id"],
    ["an id that is too long", right({ id: "x".repeat(65) }), "0.id"],
    ["a reserved name", field({ name: "start_time" }), "0.fields.0.name"],
    ["a missing type", field({ type: undefined }), "0.fields.0.type"],
    ["a time without format", field({ type: "timestamp" }), "0.fields.0.format"],
    ["a list without items", field({ type: "array" }), "0.fields.0.items"],
    ["an empty list of choices", field({ enum: [] }), "0.fields.0.enum"],
    ["too many choices", field({ enum: Array.from({ length: 101 }, (_, n) => `c${n}`) }), "0.fields.0.enum"],
    ["too many fields", right({ fields: Array.from({ length: 21 }, (_, n) => ({ name: `f${n}`, type: "string", description: "x" })) }), "0.fields"],
  ]) {
    it(`find ${what}`, () => assert.deepEqual(paths([definition]), [path]));
  }

  it("find ids and names that came before", () => {
    assert.deepEqual(paths([right(), right({ id: "foul" }), right()]), ["2.id"]);
    const twins = right().fields.concat(right().fields);
    assert.deepEqual(paths([right({ fields: twins })]), ["0.fields.1.name"]);
  });

  it("count characters as people do", () => {
    assert.equal(textProblem({ id: "🥅".repeat(64) }, "id", 64), "");
  });

  it("leave values of the wrong kind to the server without a stumble", () => {
    assert.deepEqual(quickProblems([null, 5, "x", right({ id: 7, fields: { a: 1 } }), right({ id: "b", fields: [null, 3] })], LIMITS), []);
  });

  it("want at least one definition and not too many", () => {
    assert.deepEqual(paths([]), [""]);
    assert.deepEqual(paths(Array.from({ length: 21 }, (_, n) => right({ id: `d${n}` }))), [""]);
  });
});

describe("until the server answers", () => {
  const judged = [{ path: [0, "description"], message: "no such image" }];

  it("its words about unchanged places stay", () => {
    assert.deepEqual(problemsMeanwhile([], judged, [right()], [right({ id: "other" })]), judged);
  });

  it("its words about changed or removed places go", () => {
    assert.deepEqual(problemsMeanwhile([], judged, [right()], [right({ description: "new" })]), []);
    assert.deepEqual(problemsMeanwhile([], judged, [right()], []), []);
  });

  it("nothing is said twice", () => {
    assert.deepEqual(problemsMeanwhile(judged, judged, [right()], [right()]), judged);
  });
});
