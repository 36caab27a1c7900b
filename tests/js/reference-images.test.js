// Reference images: names, mentions, places.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { base64Bytes, fitted, imageName, mention, placeEdits, placeKey, renameMentions } from "../../static/js/reference-images.js";

describe("the name of an image", () => {
  it("is made of its file's name in letters that the contract takes", () => {
    assert.equal(imageName("Mein Löwe (2).final.png", []), "Mein_Lo_we_2_final");
    assert.equal(imageName("日本.jpg", []), "image");
    assert.match(imageName(`${"x".repeat(90)}.png`, []), /^[A-Za-z0-9_-]{1,64}$/);
  });

  it("is not taken twice", () => {
    assert.equal(imageName("logo.png", ["logo", "logo_2"]), "logo_3");
  });
});

describe("a mention", () => {
  it("is put at the caret with spaces where words touch", () => {
    assert.deepEqual(mention("Shows here.", 5, "logo"), { text: "Shows <@logo> here.", caret: 13 });
    assert.deepEqual(mention("", 0, "logo"), { text: "<@logo>", caret: 7 });
    assert.deepEqual(mention("The logo.", 8, "b"), { text: "The logo <@b>.", caret: 13 });
    assert.deepEqual(mention("ab", 1, "x"), { text: "a <@x> b", caret: 7 });
  });

  it("follows a new name everywhere", () => {
    assert.equal(renameMentions("<@a> and <@a>, not <@ab>", "a", "logo"), "<@logo> and <@logo>, not <@ab>");
  });
});

describe("the place of an image", () => {
  it("is an id of an uploaded image or an address", () => {
    assert.equal(placeKey("6298d673f1090f1100476d4c"), "asset_id");
    assert.equal(placeKey(" 0b6f7f0e-5c0e-4c43-9a33-0a0f7b1f2a3c "), "asset_id");
    assert.equal(placeKey("https://example.com/a.png"), "url");
  });

  it("replaces the place it had: a source has exactly one", () => {
    const path = [0, "media_sources", 1];
    assert.deepEqual(placeEdits(path, { name: "a", url: "https://" }, " 6298d673f1090f1100476d4c "), [
      { path: [...path, "url"], value: undefined },
      { path: [...path, "asset_id"], value: "6298d673f1090f1100476d4c" },
    ]);
  });
});

describe("a picture", () => {
  it("is made smaller than a side, never larger", () => {
    assert.deepEqual(fitted(4000, 2000, 640), [640, 320]);
    assert.deepEqual(fitted(100, 50, 640), [100, 50]);
    assert.deepEqual(fitted(9000, 3, 640), [640, 1]);
  });

  it("tells its size from the Base64 text", () => {
    assert.equal(base64Bytes(btoa("abcd")), 4);
    assert.equal(base64Bytes(`data:image/png;base64,${btoa("abcde")}`), 5);
  });
});
