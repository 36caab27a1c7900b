import assert from "node:assert/strict";
import test from "node:test";

import { unseen } from "../../static/js/history.js";

const [seen, later, now] = ["2030-01-01T10:00:00Z", "2030-01-01T11:00:00+00:00", "2030-01-01T12:00:00Z"];

test("a run that ended since the last look is unseen", () => assert.equal(unseen(later, seen, now), true));
test("one that ended before is not", () => assert.equal(unseen(seen, later, now), false));
test("one that ends while somebody looks on is not", () => assert.equal(unseen("2030-01-01T13:00:00Z", seen, now), false));
test("one that runs is not", () => assert.equal(unseen("", seen, now), false));
test("a first visit has nothing unseen", () => assert.equal(unseen(later, null), false));
