// Times as people type and read them.

const pad = (n) => String(n).padStart(2, "0");

/** Seconds from "75.2", "1:15.2" or "1:02:03"; NaN for anything else, null for empty. */
export function readSeconds(text) {
  if (!text.trim()) return null;
  const match = /^(?:(\d{1,3}):)?(?:(\d{1,3}):)?(\d+(?:[.,]\d+)?)$/.exec(text.trim());
  if (!match) return NaN;
  const [, a, b, seconds] = match;
  const [hours, minutes] = b === undefined ? [0, a ?? 0] : [a, b];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(",", "."));
}

/** m:ss, or h:mm:ss from an hour on. */
export function clock(seconds) {
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** mm:ss.f, or h:mm:ss.f from an hour on; `decimals` digits after the point. */
export function stamp(seconds, decimals = 1) {
  const unit = 10 ** decimals;
  const units = Math.round(seconds * unit);
  const whole = Math.floor(units / unit);
  const hours = Math.floor(whole / 3600);
  const tail = decimals ? `.${String(units % unit).padStart(decimals, "0")}` : "";
  const text = `${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}${tail}`;
  return hours ? `${hours}:${text}` : text;
}

/** A time for an input, without zeros at the end; "" for what is no number. */
export const timeText = (seconds) => (typeof seconds === "number" ? stamp(seconds, 3).replace(/\.?0+$/, "") : "");

/** "7.6 s" or "3 min 12 s". */
export function lengthWords(seconds) {
  if (Math.round(seconds * 10) < 600) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

const counted = (n, unit) => `${n} ${unit}${n === 1 ? "" : "s"}`;

/** "1 minute 12.4 seconds", for names that are read aloud. */
export function spokenTime(seconds) {
  const tenths = Math.round(seconds * 10);
  const hours = Math.floor(tenths / 36000);
  const minutes = Math.floor(tenths / 600) % 60;
  const rest = (tenths % 600) / 10;
  const words = [hours && counted(hours, "hour"), minutes && counted(minutes, "minute"), rest && counted(rest, "second")].filter(Boolean);
  return words.join(" ") || "0 seconds";
}
