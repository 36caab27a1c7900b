// Playing one segment: what happens when, and which frame is its last. Values in, values out.
// A state is {mode, span}: what follows at the end of a segment, and the segment that plays now (null: none).

export const MODES = ["stop", "loop", "go-on"];
// times come as rounded decimals; two milliseconds are less than a frame at 400 frames a second
const EPSILON = 0.002;
const SEEK_SLACK = 0.05;

export const START = { mode: "stop", span: null };

const seek = (to) => ({ do: "seek", to });
const PLAY = { do: "play" };
const PAUSE = { do: "pause" };

/** A little inside, so that rounding never shows the frame before. */
const startOf = ({ start }) => start + 0.001;

/** Whether the frame at `time` is the last to show of a stretch that ends at `end`; `step` is the time to the next one. */
export function isLastFrame(time, end, step) {
  return time + step >= end - EPSILON;
}

/** Where to stand so that the last frame inside shows. */
export function lastInside({ start, end }, frameSeconds) {
  return Math.max(startOf({ start }), end - frameSeconds / 2);
}

const outside = ({ start, end }, time) => time < start - SEEK_SLACK || time > end + EPSILON;

function afterFrame(state, { time, step, frame }) {
  const { mode, span } = state;
  if (!span || !isLastFrame(time, span.end, step)) return { state, effects: [] };
  if (mode === "loop") return { state, effects: [seek(startOf(span))] };
  const effects = mode === "stop" ? [PAUSE, seek(lastInside(span, frame))] : [];
  return { state: { mode, span: null }, effects };
}

/** What an event does: the next state, and what the video is to do, in order. */
export function playback(state, event) {
  const over = { state: { mode: state.mode, span: null }, effects: [] };
  const same = { state, effects: [] };
  switch (event.kind) {
    case "mode":
      return { state: { ...state, mode: event.mode }, effects: [] };
    case "select":
      return { state: { ...state, span: event.span }, effects: [seek(startOf(event.span)), PLAY] };
    case "stand":
      return { ...over, effects: [PAUSE, seek(startOf(event.span))] };
    case "frame":
      return afterFrame(state, event);
    case "seek":
      return state.span && outside(state.span, event.time) ? over : same;
    case "ended":
      return state.span && state.mode === "loop" ? { state, effects: [seek(startOf(state.span)), PLAY] } : over;
    default: // pause, escape
      return over;
  }
}

/** Seconds of one frame: as measured between two shown frames where that is plausible, else by the known rate. */
export function frameLength(rate, measured) {
  const nominal = 1 / (rate || 30);
  return measured && measured > nominal / 4 && measured < nominal * 1.6 ? Math.min(measured, nominal * 1.05) : nominal;
}

/** Seconds until the next shown frame: at 4× a screen of 60 Hz skips frames, and the last one inside must not be missed. */
export function stepLength(frame, measured) {
  return measured > frame && measured < frame * 10 ? measured : frame;
}

/** The middle of the frame `step` frames away from the one shown, whose time is `shownAt`; without it from `now`, which may run a frame late. */
export function frameTarget(shownAt, now, frame, step) {
  const known = Number.isFinite(shownAt) && Math.abs(now - shownAt) < frame;
  return Math.max(0, known ? shownAt + (step + 0.5) * frame : now + step * frame);
}

/** The playback rate next to `rate` in the list of the menu. */
export function stepRate(rates, rate, step) {
  const at = rates.indexOf(rate);
  return rates[Math.min(rates.length - 1, Math.max(0, (at < 0 ? rates.indexOf(1) : at) + step))];
}
