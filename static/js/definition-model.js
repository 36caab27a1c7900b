// What the Builder's form does, as edits of the definitions: kinds of fields, new things, time ranges.

export const KINDS = {
  text: "Text",
  choice: "Choice",
  boolean: "Yes or no",
  number: "Number",
  integer: "Whole number",
  array: "List",
  timestamp: "Time",
  time_array: "Events",
};
const TYPE_OF = { text: "string", choice: "string" };
const EXTRAS = { choice: ["enum"], array: ["enum", "items"], timestamp: ["format"], time_array: ["items"] };

/** The kind that the form shows for a field of the definitions. */
export function kindOf(field) {
  if (field?.type === "string" || field?.type === undefined) return Array.isArray(field?.enum) ? "choice" : "text";
  return field.type in KINDS ? field.type : "text";
}

/** Edits that turn a field into another kind; what the new kind does not have goes, what it needs comes. */
export function kindEdits(path, field, kind) {
  const keep = EXTRAS[kind] ?? [];
  const edits = ["enum", "items", "format"]
    .filter((key) => key in field && !(keep.includes(key) && !(kind === "array" && field.items?.fields)))
    .map((key) => ({ path: [...path, key], value: undefined }));
  edits.push({ path: [...path, "type"], value: TYPE_OF[kind] ?? kind });
  if (kind === "choice" && !Array.isArray(field.enum)) edits.push({ path: [...path, "enum"], value: ["other"] });
  if (kind === "array" && !(field.items?.type && !field.items.fields)) edits.push({ path: [...path, "items"], value: { type: "string" } });
  if (kind === "timestamp" && !field.format) edits.push({ path: [...path, "format"], value: "hh:mm:ss" });
  return edits;
}

/** The first of `stem`, `stem_2`, `stem_3` … that is not taken. */
export function freeName(stem, taken) {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? stem : `${stem}_${n}`;
    if (!taken.includes(name)) return name;
  }
}

/** Append to a list that may not exist yet. */
export function appendEdit(path, list, value) {
  if (!Array.isArray(list)) return { path, value: [value] };
  return { path: [...path, list.length], value, insert: true };
}

export function newField(fields) {
  return { name: freeName("field", (fields ?? []).map((each) => each?.name)), type: "string", description: "" };
}

export function newDefinition(definitions) {
  return { id: freeName("segment", definitions.map((each) => each?.id)), description: "", fields: [] };
}

/** A copy with a free id of its own. */
export function duplicate(definition, definitions) {
  return { ...structuredClone(definition), id: freeName(definition.id || "segment", definitions.map((each) => each?.id)) };
}

/** An id made of the first words of a description: "A goal is scored" gives "goal_is_scored". */
export function suggestId(description) {
  const words = description.toLowerCase().normalize("NFKD").replaceAll(/[^a-z0-9\s]/g, "").split(/\s+/).filter(Boolean);
  const telling = words.filter((word) => !["a", "an", "the", "one", "any", "each", "every"].includes(word));
  return telling.slice(0, 3).join("_").slice(0, 40);
}

/** The first 10 seconds that no range covers, from `time` on; shorter at the end of the video. */
export function newRange(ranges, time, duration) {
  const taken = (at) => (ranges ?? []).find((each) => at >= each.start_time && at < each.end_time);
  let start = Math.max(0, Math.min(time, (duration ?? Infinity) - 2));
  for (let other = taken(start); other; other = taken(start)) start = other.end_time;
  const next = Math.min(...(ranges ?? []).map((each) => each.start_time).filter((each) => each > start), duration ?? Infinity);
  const round = (seconds) => Math.round(seconds * 1000) / 1000;
  return { start_time: round(start), end_time: round(Math.min(start + 10, next)) };
}

/** What is wrong with ranges, by index: too short, overlapping; the server has the last word. */
export function rangeProblems(ranges, least = 2) {
  return (ranges ?? []).map((range, index) => {
    if (typeof range?.start_time !== "number" || typeof range?.end_time !== "number") return "Type both times.";
    if (range.end_time - range.start_time < least) return `At least ${least} seconds long.`;
    const other = ranges.findIndex((each, at) => at !== index && range.start_time < each?.end_time && each?.start_time < range.end_time);
    return other >= 0 ? `Overlaps with range ${other + 1}.` : "";
  });
}
