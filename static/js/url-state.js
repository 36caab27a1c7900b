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
