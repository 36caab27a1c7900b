// Start and End of the run on a mini bar under the poster. The inputs keep the values; the bar shows and changes them.

import { mountRangeBars, showRanges } from "./range-bar.js";
import { readSeconds, timeText } from "./times.js";

const LEAST = 2;

/** What Start and End mean on the bar: [] for the whole video or for times that cannot be shown. */
export function windowOf(start, end, duration) {
  const [from, to] = [readSeconds(start), readSeconds(end)];
  if (from === null && to === null) return [];
  const range = { start_time: from ?? 0, end_time: Math.min(to ?? duration, duration) };
  return range.start_time < range.end_time ? [range] : [];
}

/** The texts of Start and End for a range: an end of the video is an empty input. */
export function windowTexts({ start_time: start, end_time: end }, duration) {
  return { start_time: start > 0 ? timeText(start) : "", end_time: end < duration ? timeText(end) : "" };
}

/** `form` is the run form's element; `duration()` of the chosen video, null without one. Gives a function that draws. */
export function mountWindowBar(form, { duration, onChange }) {
  const bar = form.querySelector("[data-window-bar]");
  const settings = form.querySelector("[data-advanced]");
  const inputs = form.elements;
  const ranges = () => windowOf(inputs.start_time.value, inputs.end_time.value, duration());
  const write = (range) => {
    for (const [name, text] of Object.entries(windowTexts(range, duration()))) inputs[name].value = text;
  };
  const draw = () => {
    const shown = ranges();
    bar.hidden = !duration() || inputs.start_time.disabled || !(settings.open || shown.length);
    if (!bar.hidden) showRanges(bar, shown, duration());
  };
  mountRangeBars(form, "[data-window-bar]", {
    // one window: pressing outside of it starts it anew
    read: () => ({ ranges: ranges(), duration: duration(), least: Math.min(LEAST, duration()), alone: true }),
    preview: (_bar, _index, range) => write(range ?? { start_time: 0, end_time: duration() }),
    done: (_bar, _index, range) => {
      write(range);
      onChange();
    },
  });
  settings.addEventListener("toggle", draw);
  return draw;
}
