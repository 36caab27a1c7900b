// One history for form and text.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { EditHistory } from "../../static/js/edit-history.js";

describe("the history", () => {
  it("goes back and forth through named steps", () => {
    const history = new EditHistory("a");
    history.push("b", "Rename field", 0);
    history.push("c", "Add field", 10);
    assert.deepEqual(history.undo(), { text: "b", name: "Add field" });
    assert.deepEqual(history.undo(), { text: "a", name: "Rename field" });
    assert.equal(history.undo(), null);
    assert.deepEqual(history.redo(), { text: "b", name: "Rename field" });
    assert.deepEqual(history.redo(), { text: "c", name: "Add field" });
    assert.equal(history.redo(), null);
  });

  it("takes typing without pauses of half a second as one step", () => {
    const history = new EditHistory("");
    history.push("a", "Typing", 0, { typing: true });
    history.push("ab", "Typing", 400, { typing: true });
    history.push("abc", "Typing", 800, { typing: true });
    history.push("abcd", "Typing", 1400, { typing: true });
    assert.equal(history.undo().text, "abc");
    assert.equal(history.undo().text, "");
  });

  it("keeps steps of different names apart", () => {
    const history = new EditHistory("");
    history.push("a", "Typing", 0, { typing: true });
    history.push("b", "Rename field", 1, { typing: true });
    assert.equal(history.undo().text, "a");
  });

  it("keeps typing in two inputs apart and names what can be undone and redone", () => {
    const history = new EditHistory("");
    history.push("a", "Rename field", 0, { typing: true, group: "first" });
    history.push("b", "Rename field", 1, { typing: true, group: "second" });
    history.push("c", "Add field", 2);
    assert.deepEqual(history.names, { undo: "Add field", redo: "" });
    assert.equal(history.undo().text, "b");
    assert.deepEqual(history.names, { undo: "Rename field", redo: "Add field" });
    assert.equal(history.undo().text, "a");
    assert.equal(history.undo().text, "");
    assert.deepEqual(history.names, { undo: "", redo: "Rename field" });
  });

  it("keeps every press of a button apart", () => {
    const history = new EditHistory("abc");
    history.push("ab", "Delete", 0);
    history.push("a", "Delete", 100);
    assert.equal(history.undo().text, "ab");
  });

  it("forgets what was undone once something else is done", () => {
    const history = new EditHistory("a");
    history.push("b", "Typing", 0, { typing: true });
    history.undo();
    history.push("c", "Typing", 2000, { typing: true });
    assert.equal(history.redo(), null);
    assert.equal(history.undo().text, "a");
  });

  it("does not remember what changed nothing", () => {
    const history = new EditHistory("a");
    history.push("a", "Format", 0);
    assert.equal(history.undo(), null);
  });
});
