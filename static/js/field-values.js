// Values of fields as words.

import { stamp } from "./times.js";

export const UNKNOWN = "—";

/** "shot_size" as "Shot size". */
export function fieldTitle(name) {
  const words = name.replaceAll(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** One line for a value of this field; "—" when it was not determined. */
export function valueWords(field, value) {
  if (value === null || value === undefined || value === "") return UNKNOWN;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value)) return value.length ? value.map((each) => eventWords(each)).join(", ") : UNKNOWN;
  if (field?.type === "timestamp" && typeof value === "number") return stamp(value);
  return typeof value === "object" ? eventWords(value) : String(value);
}

/** An item of a list: itself, or for an event its times and texts. */
export function eventWords(item) {
  if (item === null || typeof item !== "object") return String(item);
  const { start_time: start, end_time: end, ...rest } = item;
  const times = typeof start === "number" ? `${stamp(start)}${typeof end === "number" ? `–${stamp(end)}` : ""}` : "";
  return [times, ...Object.values(rest).map(String)].filter(Boolean).join(" ");
}
