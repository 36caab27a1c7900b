// Find and filter: which segments have words in their fields, and chosen values. One line of text says both in the address.

import { UNKNOWN, eventWords, valueWords } from "./field-values.js";

const MOST_VALUES = 12;
const TIMES = ["timestamp", "time_array"];
const QUOTED = /(\S+?):"([^"]*)"/g;

const plain = (text) => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** The values of a field as one can choose them: the items of a list one by one, "—" when it was not determined. */
function choices(field, value) {
  if (Array.isArray(value) && value.length) return value.map((each) => eventWords(each).replaceAll('"', "'"));
  return [valueWords(field, value).replaceAll('"', "'")];
}

/** Fields with two to twelve different values over all lanes: [{name, values}], values in the order of the alphabet, "—" last. */
export function filterFields(lanes) {
  const found = new Map();
  for (const { fields, segments } of lanes) {
    for (const field of fields.filter(({ type }) => !TIMES.includes(type))) {
      const values = found.get(field.name) ?? new Set();
      found.set(field.name, values);
      for (const { metadata } of segments) {
        if (values.size > MOST_VALUES) break;
        for (const each of choices(field, metadata?.[field.name])) values.add(each);
      }
    }
  }
  const order = (a, b) => (a === UNKNOWN) - (b === UNKNOWN) || a.localeCompare(b, undefined, { numeric: true });
  return [...found].filter(([, values]) => values.size > 1 && values.size <= MOST_VALUES).map(([name, values]) => ({ name, values: [...values].sort(order) }));
}

/** "goal shot_size:"close up"" as the words and the filters that this result knows; what it does not know stays in the words. */
export function readQuery(text, fields) {
  const filters = {};
  const words = (text ?? "").replaceAll(QUOTED, (whole, name, value) => {
    if (!fields.find((field) => field.name === name)?.values.includes(value)) return whole;
    filters[name] = value;
    return "";
  });
  return { words: words.trim().replaceAll(/\s+/g, " "), filters };
}

export function writeQuery({ words, filters }) {
  return [words.trim(), ...Object.entries(filters).map(([name, value]) => `${name}:"${value}"`)].filter(Boolean).join(" ");
}

/** For each lane which segments match (1) or not (0); null when there is nothing to find. */
export function findMatches(lanes, query, filters = {}) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const wanted = Object.entries(filters);
  if (!words.length && !wanted.length) return null;
  return lanes.map(({ fields, segments }) => {
    const asked = wanted.map(([name, value]) => ({ field: fields.find((field) => field.name === name), value }));
    return Uint8Array.from(segments, ({ metadata }) => {
      if (!asked.every(({ field, value }) => field && choices(field, metadata?.[field.name]).includes(value))) return 0;
      const text = words.length && plain(fields.map((field) => valueWords(field, metadata?.[field.name])).join(" "));
      return words.every((word) => text.includes(word)) ? 1 : 0;
    });
  });
}

/** "4 of 12 match" */
export function matchWords(matches) {
  if (!matches) return "";
  const found = matches.reduce((sum, lane) => sum + lane.reduce((a, b) => a + b, 0), 0);
  return `${found} of ${matches.reduce((sum, lane) => sum + lane.length, 0)} match`;
}

/** The match after `at` by start, in any lane, from the first again after the last; null when none matches. */
export function nextMatch(lanes, matches, at) {
  const found = [];
  lanes.forEach((lane, l) => matches[l].forEach((yes, i) => yes && found.push({ lane: l, index: i, start: lane.starts[i] })));
  found.sort((a, b) => a.start - b.start || a.lane - b.lane || a.index - b.index);
  if (!found.length) return null;
  const start = at ? lanes[at.lane].starts[at.index] : -Infinity;
  const later = (each) => each.start > start || (each.start === start && (each.lane > at.lane || (each.lane === at.lane && each.index > at.index)));
  const { lane, index } = found.find(later) ?? found[0];
  return { lane, index };
}
