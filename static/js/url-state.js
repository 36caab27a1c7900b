// What the address says, and how it is changed without a page load.

export const KEYS = ["video", "task", "view", "segment", "t", "z", "q"];
export const VIEWS = ["visual", "json", "history", "examples"];

/** The known parts of a query string; unknown ones are listed in `ignored`. */
export function readState(search) {
  const params = new URLSearchParams(search);
  const state = { ignored: [] };
  for (const [key, value] of params) {
    if (!KEYS.includes(key)) state.ignored.push(key);
    else if (value && (key !== "view" || VIEWS.includes(value))) state[key] = value;
  }
  return state;
}

/** The query string for `state`, keys in a fixed order, empty ones left out. */
export function writeState(state) {
  const params = new URLSearchParams();
  for (const key of KEYS) if (state[key]) params.set(key, state[key]);
  const text = params.toString().replaceAll("%3A", ":");
  return text ? `?${text}` : location.pathname;
}

/** Change parts of the address; null removes one. `push` makes a step for Back. */
export function changeAddress(parts, { push = false } = {}) {
  const next = { ...readState(location.search), ...parts };
  history[push ? "pushState" : "replaceState"](null, "", writeState(next));
}

/** "shot:7" for the seventh segment of the lane "shot". */
export function segmentKey(lanes, { lane, index }) {
  return `${lanes[lane].id}:${index + 1}`;
}

/** The place that "shot:7" names, null when there is none. */
export function readSegment(text, lanes) {
  const match = /^(.+):(\d{1,6})$/.exec(text ?? "");
  const lane = match ? lanes.findIndex((each) => each.id === match[1]) : -1;
  const index = match ? Number(match[2]) - 1 : -1;
  return lane >= 0 && index >= 0 && index < lanes[lane].count ? { lane, index } : null;
}

/** The window that "12.5-40" names inside a video, null for none. */
export function readSpan(text, duration) {
  const match = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(text ?? "");
  if (!match) return null;
  const [from, to] = [Number(match[1]), Math.min(duration, Number(match[2]))];
  return from < to ? { from, to } : null;
}
