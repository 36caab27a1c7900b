// Time ranges on the mini bar.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { dragged, drawn, room } from "../../static/js/range-bar.js";

const range = (start_time, end_time) => ({ start_time, end_time });

describe("a range that is dragged", () => {
  it("moves as a whole and stays inside of its room", () => {
    assert.deepEqual(dragged(range(10, 20), "all", 5.04, [0, 60], 2), range(15, 25));
    assert.deepEqual(dragged(range(10, 20), "all", -99, [4, 60], 2), range(4, 14));
    assert.deepEqual(dragged(range(10, 20), "all", 99, [4, 60.25], 2), range(50.25, 60.25));
  });

  it("is stretched by its ends, never shorter than allowed", () => {
    assert.deepEqual(dragged(range(10, 20), "start", -3.2, [0, 60], 2), range(6.8, 20));
    assert.deepEqual(dragged(range(10, 20), "start", 99, [0, 60], 2), range(18, 20));
    assert.deepEqual(dragged(range(10, 20), "end", -99, [0, 60], 2), range(10, 12));
    assert.deepEqual(dragged(range(10, 20), "end", 99, [0, 33.333], 2), range(10, 33.333));
  });

  it("does not jump when it is wrong already", () => {
    assert.deepEqual(dragged(range(50, 70), "all", 0, [0, 60], 2), range(50, 70));
  });
});

describe("a range that is drawn on empty ground", () => {
  it("goes from where the pointer was pressed to where it is, in either direction", () => {
    assert.deepEqual(drawn(10, 20, [0, 60], 2), range(10, 20));
    assert.deepEqual(drawn(20, 10, [0, 60], 2), range(10, 20));
  });

  it("is as long as allowed at least, and ends before its neighbours", () => {
    assert.deepEqual(drawn(10, 10.3, [0, 60], 2), range(10, 12));
    assert.deepEqual(drawn(59.9, 60, [0, 60], 2), range(58, 60));
    assert.deepEqual(drawn(10, 40, [5, 25], 2), range(10, 25));
  });

  it("is none where there is no room", () => {
    assert.equal(drawn(10, 20, [10, 11], 2), null);
  });
});

describe("the room of a range", () => {
  it("ends at its neighbours, else at the ends of the video", () => {
    const others = [range(0, 5), range(30, 40), { start_time: "?" }, null];
    assert.deepEqual(room(others, range(10, 20), 60), [5, 30]);
    assert.deepEqual(room(others, range(45, 50), 60), [40, 60]);
    assert.deepEqual(room([], range(45, 50), 60), [0, 60]);
  });
});
