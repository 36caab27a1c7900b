// The JSON text of definitions, edited as text: formatting that nobody touched stays. `lib` is jsonc-parser.

const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };
const FORMAT = { formattingOptions: { tabSize: 2, insertSpaces: true } };
const MISTAKES = {
  1: "this word is not JSON",
  2: "this number is not complete",
  3: "a name in quotes is missing",
  4: "a value is missing",
  5: "a colon is missing",
  6: "a comma is missing",
  7: "a closing } is missing",
  8: "a closing ] is missing",
  9: "the text should end here",
  10: "comments are not allowed",
  12: "a quote at the end is missing",
  14: "this escape is not known",
  15: "this character is not allowed in a text",
  16: "this sign is not JSON",
};

/** Line number, from 1, of an offset. */
export function lineOf(text, offset) {
  return text.slice(0, offset).split("\n").length;
}

/** {value, tree, error}: `error` is {offset, length, line, message} while the text does not parse. */
export function readText(lib, text) {
  const errors = [];
  const tree = lib.parseTree(text, errors, STRICT);
  if (!errors.length && tree?.type === "array") return { value: lib.parse(text), tree, error: null };
  const [{ error: code, offset, length }] = errors.length ? errors : [{ error: 0, offset: 0, length: 1 }];
  const what = code ? (MISTAKES[code] ?? "this is not JSON") : "the text must be a list: [ … ]";
  const line = lineOf(text, offset);
  return { value: null, tree: null, error: { offset, length, line, message: `Line ${line}: ${what}.` } };
}

/**
 * Apply edits in order. An edit is {path, value} (undefined removes), {path, value, insert: true} into a list,
 * or {path, move: ±1} for an item of a list.
 */
export function applyEdits(lib, text, edits) {
  return edits.reduce((now, { path, value, insert, move }) => {
    if (move) return moveItem(lib, now, path, move);
    return lib.applyEdits(now, lib.modify(now, path, value, { ...FORMAT, isArrayInsertion: Boolean(insert) }));
  }, text);
}

/** Swap an item of a list with its neighbour, both as they are written. */
export function moveItem(lib, text, path, step) {
  const tree = lib.parseTree(text);
  const at = path.at(-1);
  const [low, high] = [Math.min(at, at + step), Math.max(at, at + step)];
  const list = lib.findNodeAtLocation(tree, path.slice(0, -1))?.children ?? [];
  const [a, b] = [list[low], list[high]];
  if (!a || !b) return text;
  const piece = (node) => text.slice(node.offset, node.offset + node.length);
  const between = text.slice(a.offset + a.length, b.offset);
  return text.slice(0, a.offset) + piece(b) + between + piece(a) + text.slice(b.offset + b.length);
}

/** The shortest replacement that turns one text into another: {from, to, insert}; null when they are equal. */
export function difference(before, after) {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

/** "segment_definitions[0].fields[1].name" as [0, "fields", 1, "name"]; the name of the list in front is left out. */
export function pathOf(words) {
  const at = words.indexOf("[");
  if (at < 0) return [];
  return [...words.slice(at).matchAll(/\[(\d+)\]|\.?([^.[\]]+)/g)].map(([, index, name]) => (index === undefined ? name : Number(index)));
}

/** Where a problem sits in the text: the node of its path, or of the nearest parent that exists. */
export function placeOf(lib, tree, path) {
  for (let length = path.length; tree && length >= 0; length -= 1) {
    const node = lib.findNodeAtLocation(tree, path.slice(0, length));
    if (!node) continue;
    const exact = length === path.length && node.type !== "array" && node.type !== "object";
    return { offset: node.offset, length: exact ? node.length : 1 };
  }
  return { offset: 0, length: 0 };
}
