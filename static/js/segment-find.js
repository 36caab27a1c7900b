// Find in fields: which segments have a text in one of their values.

import { valueWords } from "./field-values.js";

const plain = (text) => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** For each lane which segments match (1) or not (0); null when there is nothing to find. */
export function findMatches(lanes, query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (!words.length) return null;
  return lanes.map((lane) => Uint8Array.from(lane.segments, ({ metadata }) => {
    const text = plain(lane.fields.map((field) => valueWords(field, metadata?.[field.name])).join(" "));
    return words.every((word) => text.includes(word)) ? 1 : 0;
  }));
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
