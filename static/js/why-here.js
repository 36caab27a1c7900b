// "Why here?" in words: what a boundary or a value rests on, as the engine of the run gives it.

import { fieldTitle } from "./field-values.js";

// said by the sentence itself, or of no use to a reader
const UNSAID = ["because", "confidence", "measured", "filler", "kind", "from", "to", "role", "strength", "doubts"];
const KINDS = { cut: "cut", fade: "fade", dissolve: "dissolve", wipe: "wipe" };

const several = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;
const percent = (share) => `${Math.round(share * 100)} %`;

/** What was measured at a boundary, whatever put it there: ["cut strength 0.85", "1.2 s without speech", "2 texts come"]. */
export function measuredWords(measured) {
  const words = [];
  const { cut, speech_pause: pause, texts_come: come, texts_go: go } = measured ?? {};
  if (cut) words.push(`${KINDS[cut.kind] ?? cut.kind} of strength ${cut.strength.toFixed(2)}`);
  else if (cut === null) words.push("no change of picture");
  if (pause !== undefined) words.push(pause > 0 ? `${pause.toFixed(1)} s without speech` : "talk goes on over it");
  if (come) words.push(`${several(come, "text")} ${come === 1 ? "comes" : "come"}`);
  if (go) words.push(`${several(go, "text")} ${go === 1 ? "goes" : "go"}`);
  if (come === 0 && go === 0) words.push("no change of text");
  return words;
}

/** The other numbers of a reason: ["peak 3.2", "share 0.4"]. */
function numberWords(reason) {
  const told = Object.entries(reason).filter(([name, value]) => !UNSAID.includes(name) && typeof value === "number");
  return told.map(([name, value]) => `${name.replaceAll("_", " ")} ${Number(value.toFixed(2))}`);
}

/** The rows for the start, the end and each field that has a reason: [{name, because, sure, notes}]. */
export function whyRows(reasons, fields) {
  const rows = [["Starts here", reasons?.start], ["Ends here", reasons?.end]];
  for (const { name } of fields) rows.push([fieldTitle(name), reasons?.fields?.[name]]);
  return rows.filter(([, reason]) => reason?.because).map(([name, reason]) => ({
    name,
    because: reason.because,
    sure: reason.confidence > 0 ? `${percent(reason.confidence)} sure` : "",
    notes: [...measuredWords(reason.measured), ...numberWords(reason), ...(reason.filler ? [`from: ${reason.filler}`] : [])],
  }));
}

/** What the definition was taken for, and how sure the segment is as a whole. */
export function overallWords({ reasons, confidence }) {
  const { understood } = reasons ?? {};
  const because = Array.isArray(understood) ? understood.join(" ") : typeof understood === "string" ? understood : understood?.because;
  const score = typeof understood?.score === "number" ? `Fit of the description: ${understood.score}${understood.runner_up ? `; next best: ${understood.runner_up}` : ""}.` : "";
  const sure = typeof confidence === "number" ? `${percent(confidence)} sure of this segment.` : "";
  return [because, score, sure].filter(Boolean).join(" ") || "The engine of this run gives no reasons.";
}
