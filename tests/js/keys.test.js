import assert from "node:assert/strict";
import test from "node:test";

import { focusKind, visualAction } from "../../static/js/keys.js";

const press = (key, on = "", more = {}) => visualAction({ key, code: "", shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more }, on);

/** An element as far as `matches` goes: a tag, or a tag with one attribute, in a selector list. */
const element = (...selectors) => ({ matches: (list) => list.split(", ").some((each) => selectors.includes(each)) });

test("each key of the sheet has its action", () => {
  const sheet = {
    " ": "toggle", k: "toggle", j: "seek:-10", l: "seek:10", ArrowLeft: "seek:-1", ArrowRight: "seek:1", ",": "frame:-1", ".": "frame:1",
    m: "mute", f: "full", "[": "step:-1", "]": "step:1", Enter: "play", r: "mode:loop", o: "mode:go-on", z: "zoom:segment",
    "+": "zoom:in", "-": "zoom:out", y: "copy:link", u: "copy:json", "/": "find", Escape: "leave", 0: "share:0", 9: "share:0.9",
  };
  for (const [key, action] of Object.entries(sheet)) assert.equal(press(key), action, key);
});

test("Shift changes the size of the step", () => {
  const shift = { shiftKey: true };
  assert.equal(press("ArrowLeft", "", shift), "seek:-5");
  assert.equal(press("ArrowRight", "", shift), "seek:5");
  assert.equal(press("{", "", shift), "any:-1");
  assert.equal(press("]", "", shift), "any:1");
  assert.equal(press("Home", "", shift), "edge:start");
  assert.equal(press("End", "", shift), "edge:end");
  assert.equal(press("=", "", { ...shift, code: "Digit0" }), "zoom:fit");
  assert.equal(press("<", "", shift), "speed:-1");
});

test("capital letters count, as with caps lock", () => assert.equal(press("K"), "toggle"));

test("the browser's own combinations are left alone", () => {
  for (const held of ["ctrlKey", "metaKey", "altKey"]) {
    for (const key of ["ArrowLeft", "l", "t", "w", "n", "0", "+"]) assert.equal(press(key, "", { [held]: true }), "", `${held} ${key}`);
  }
  assert.equal(press("Tab"), "");
});

test("nothing acts while somebody types", () => {
  for (const key of [" ", "k", "5", "Escape", "ArrowLeft", "["]) assert.equal(press(key, "typing"), "", key);
});

test("a focused button keeps Space and Enter and nothing else", () => {
  assert.equal(press(" ", "pressed"), "");
  assert.equal(press("Enter", "pressed"), "");
  assert.equal(press("ArrowRight", "pressed"), "seek:1");
  assert.equal(press("k", "pressed"), "toggle");
});

test("sliders, switches and tabs keep the arrows", () => {
  for (const key of ["ArrowLeft", "ArrowDown", "Home", " "]) assert.equal(press(key, "arrows"), "", key);
  assert.equal(press("]", "arrows"), "step:1");
});

test("what has the focus decides who gets a key", () => {
  const textField = { matches: (list) => list.includes("textarea") };
  assert.equal(focusKind(textField), "typing");
  assert.equal(focusKind(element("input")), "arrows");
  assert.equal(focusKind(element("[role=slider]")), "arrows");
  assert.equal(focusKind(element("button")), "pressed");
  assert.equal(focusKind(element("body")), "");
});
