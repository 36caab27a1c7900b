import assert from "node:assert/strict";
import test from "node:test";

import { clock, lengthWords, readSeconds, spokenTime, stamp } from "../../static/js/times.js";

test("times are read as people type them", () => {
  assert.equal(readSeconds("75.2"), 75.2);
  assert.equal(readSeconds(" 1:15.2 "), 75.2);
  assert.equal(readSeconds("1:02:03,5"), 3723.5);
  assert.equal(readSeconds(""), null);
  for (const wrong of ["-1", "1:2:3:4", "ten", "1:", "1e3", "Infinity"]) assert.ok(Number.isNaN(readSeconds(wrong)), wrong);
});

test("what is written is read back as the same time", () => {
  for (const seconds of [0, 0.1, 9.9, 59.9, 60, 61.5, 3599.9, 3600, 7325.4]) assert.equal(readSeconds(stamp(seconds)), seconds);
});

test("rounding never writes sixty seconds", () => {
  assert.equal(stamp(59.96), "01:00.0");
  assert.equal(stamp(3599.99), "1:00:00.0");
  assert.equal(stamp(59.6, 0), "01:00");
  assert.equal(clock(59.6), "1:00");
  assert.equal(lengthWords(59.97), "1 min 0 s");
});

test("hours appear only when there are some", () => {
  assert.equal(stamp(72.4), "01:12.4");
  assert.equal(stamp(3672.4), "1:01:12.4");
  assert.equal(clock(192), "3:12");
  assert.equal(clock(3672), "1:01:12");
});

test("lengths are seconds, then minutes and seconds", () => {
  assert.equal(lengthWords(7.62), "7.6 s");
  assert.equal(lengthWords(192), "3 min 12 s");
});

test("spoken times are whole words", () => {
  assert.equal(spokenTime(72.4), "1 minute 12.4 seconds");
  assert.equal(spokenTime(7.6), "7.6 seconds");
  assert.equal(spokenTime(1), "1 second");
  assert.equal(spokenTime(120), "2 minutes");
  assert.equal(spokenTime(3661), "1 hour 1 minute 1 second");
  assert.equal(spokenTime(0.04), "0 seconds");
});
