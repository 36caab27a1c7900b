// Playing one segment: what happens at its end, and which frame is its last. Values in, values out.

export const MODES = ["stop", "loop", "go-on"];
const EPSILON = 0.002;

/** Whether the frame at `time` is the last one that belongs to a stretch that ends at `end`. */
export function isLastFrame(time, end, frameSeconds) {
  return time + frameSeconds >= end - EPSILON;
}

/** What to do after a frame: "nothing", "stop", "loop" or "leave" (go on playing, the stretch is over). */
export function afterFrame({ mode, active }, time, frameSeconds) {
  if (!active || !isLastFrame(time, active.end, frameSeconds)) return "nothing";
  return { stop: "stop", loop: "loop" }[mode] ?? "leave";
}

/** A seek to `time` outside of the stretch ends its mode. */
export function leaves(active, time) {
  return Boolean(active) && (time < active.start - 0.05 || time > active.end + EPSILON);
}

/** Where to stand so that the last frame inside shows. */
export function lastInside({ start, end }, frameSeconds) {
  return Math.max(start, end - frameSeconds / 2);
}

/** Seconds of one frame: as measured between two shown frames where that is plausible, else by the known rate. */
export function frameLength(rate, measured) {
  const nominal = 1 / (rate || 30);
  return measured && measured > nominal / 4 && measured < nominal * 1.6 ? Math.min(measured, nominal * 1.05) : nominal;
}

/** The playback rate next to `rate` in the list of the menu. */
export function stepRate(rates, rate, step) {
  const at = rates.indexOf(rate);
  return rates[Math.min(rates.length - 1, Math.max(0, (at < 0 ? rates.indexOf(1) : at) + step))];
}
