// Reference images of a definition: names, mentions in the description, and pictures made small enough for a JSON text.

import { freeName } from "./definition-model.js";

const SIDE = 640;
const QUALITY = 0.82;

/** A name that the contract takes (letters, digits, _ and -), made of a file's name and not taken. */
export function imageName(file, taken) {
  const stem = file.replace(/\.[^.]*$/, "").normalize("NFKD").replaceAll(/[^\w-]+/g, "_").replaceAll(/^_+|_+$/g, "").slice(0, 40);
  return freeName(stem || "image", taken);
}

/** `text` with `<@name>` at `caret`, spaces around it where words touch: {text, caret} behind it. */
export function mention(text, caret, name) {
  const [before, after] = [text.slice(0, caret), text.slice(caret)];
  const piece = `${before && !/\s$/.test(before) ? " " : ""}<@${name}>${after && !/^[\s.,;:!?)]/.test(after) ? " " : ""}`;
  return { text: before + piece + after, caret: caret + piece.length };
}

/** The description after an image got another name. */
export function renameMentions(text, before, after) {
  return text.replaceAll(`<@${before}>`, `<@${after}>`);
}

export function isMentioned(text, name) {
  return text.includes(`<@${name}>`);
}

/** What a typed place stands for: an id of an image in the library, else an address. */
export function placeKey(text) {
  return /^[0-9a-f]{24}$|^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(text.trim()) ? "asset_id" : "url";
}

/** Edits that give an image another place; a source has exactly one. */
export function placeEdits(path, source, text) {
  const wanted = placeKey(text);
  const gone = ["url", "asset_id", "base64_string"].filter((key) => key !== wanted && key in source);
  return [...gone.map((key) => ({ path: [...path, key], value: undefined })), { path: [...path, wanted], value: text.trim() }];
}

/** Bytes behind a Base64 text. */
export function base64Bytes(text) {
  const bare = text.slice(text.indexOf(",") + 1).replace(/=+$/, "");
  return Math.floor((bare.length * 3) / 4);
}

/** Width and height that fit into `side`, never larger than they were. */
export function fitted(width, height, side = SIDE) {
  const scale = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** A picture file as the Base64 text of a JPEG of at most 640 pixels a side; rejects when it is no picture. */
export async function readImage(file) {
  const picture = await createImageBitmap(file);
  const [width, height] = fitted(picture.width, picture.height);
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff"; // a JPEG has no see-through parts
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  return canvas.toDataURL("image/jpeg", QUALITY).split(",")[1];
}
