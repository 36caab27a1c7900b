// Events in order, and what is said about them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { backOff, inOrder, liveState, POLL_AFTER_MS } from "../../static/js/job-socket.js";
import { etaWords, spoken } from "../../static/js/progress-panel.js";

const line = (seq) => ({ seq });
const numbers = (found) => [found.fresh.map((each) => each.seq), found.last, found.gap];

test("new lines apply in order, known ones once", () => {
  assert.deepEqual(numbers(inOrder([line(3), line(2), line(4), line(3)], 2)), [[3, 4], 4, false]);
});

test("after a gap nothing applies, and the rest is asked for", () => {
  assert.deepEqual(numbers(inOrder([line(3), line(5), line(6)], 2)), [[3], 3, true]);
});

test("retries slow down and stay at five seconds", () => {
  assert.deepEqual([0, 1, 4, 40].map(backOff), [250, 500, 5000, 5000]);
});

test("the badge says live, then reconnecting, then polling", () => {
  assert.deepEqual([liveState(true, 99999), liveState(false, 0), liveState(false, POLL_AFTER_MS)], ["live", "reconnecting", "polling"]);
});

test("stages and quarters are spoken, ticks are not", () => {
  const at = (words, percent) => ({ words, percent });
  assert.equal(spoken(at("Finding cuts", 20), at("Finding cuts", 22)), "");
  assert.equal(spoken(at("Finding cuts", 22), at("Finding cuts", 26)), "25 percent done");
  assert.equal(spoken(at("Finding cuts", 26), at("Reading on-screen text", 27)), "Reading on-screen text");
  assert.equal(spoken(at("Finding cuts", 10), at("Finding cuts", 80)), "75 percent done");
});

test("the time left is rounded, and nothing is said while it is unknown", () => {
  assert.deepEqual([null, undefined, 42, 60, 170].map(etaWords), ["", "", "under 1 min left", "about 1 min left", "about 3 min left"]);
});
