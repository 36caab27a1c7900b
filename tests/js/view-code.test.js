import assert from "node:assert/strict";
import test from "node:test";

import { refusal, withKey } from "../../static/js/view-code.js";

test("the key is filled in wherever it belongs", () => assert.equal(withKey("a YOUR_API_KEY b YOUR_API_KEY", " cue_live_1-x "), "a cue_live_1-x b cue_live_1-x"));
test("without a key the gap stays", () => assert.equal(withKey("YOUR_API_KEY", ""), "YOUR_API_KEY"));
test("what could end its quotes is no key", () => assert.equal(withKey("YOUR_API_KEY", '"; rm'), ""));
test("a refusal says every problem", () => assert.equal(refusal({ problems: [{ message: "A." }, { message: "B." }] }), "A. B."));
test("a refusal without words still says what to do", () => assert.match(refusal({}), /try again/));
