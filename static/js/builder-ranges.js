// The time ranges of a definition: rows to type in and a bar to drag on, both in step.

import { appendEdit, newRange, rangeProblems } from "./definition-model.js";
import { mountRangeBars, showRanges } from "./range-bar.js";
import { readSeconds, timeText } from "./times.js";

const WORDS = "Type a time like 75.2 or 1:15.2.";

export class RangeRows {
  /** `form`: the Builder's form, which keeps the value and takes edits. */
  constructor(form) {
    this.form = form;
    mountRangeBars(form.list, "[data-part=range-bar]", {
      read: (bar) => ({ ranges: this.ranges(bar), duration: form.context().duration, least: form.limits.min_range_seconds }),
      preview: (bar, index, range) => this.preview(bar, index, range),
      done: (bar, index, range) => this.dropped(bar, index, range),
    });
  }

  ranges(bar) {
    return this.form.at(JSON.parse(bar.dataset.path)) ?? [];
  }

  patch(find, definition, path, reconcile) {
    const { form } = this;
    const ranges = Array.isArray(definition.time_ranges) ? definition.time_ranges : [];
    const problems = rangeProblems(ranges, form.limits.min_range_seconds);
    const { time, duration } = form.context();
    find("add-playhead").hidden = time === null;
    for (const name of ["add-playhead", "add-range"]) find(name).disabled = ranges.length >= form.limits.time_ranges;
    reconcile(find("ranges"), ranges, () => form.template("range"), (row, range, index) => {
      const at = [...path, "time_ranges", index];
      row.dataset.path = JSON.stringify(at);
      form.set(row.querySelector("[data-part=start]"), timeText(range?.start_time), [...at, "start_time"]);
      form.set(row.querySelector("[data-part=end]"), timeText(range?.end_time), [...at, "end_time"]);
      row.querySelector("[data-part=range-problem]").textContent = problems[index];
    });
    const bar = find("range-bar");
    bar.hidden = find("range-help").hidden = !duration;
    bar.dataset.path = JSON.stringify([...path, "time_ranges"]);
    if (duration) showRanges(bar, ranges, duration);
  }

  /** What is typed is judged at once; it is taken into the text when the input is left. */
  typed(input) {
    const { form } = this;
    const path = JSON.parse(input.dataset.path);
    const [index, key] = path.slice(-2);
    const seconds = readSeconds(input.value);
    const list = input.closest("[data-part=ranges]");
    const ranges = form.at(path.slice(0, -2)).map((each, at) => (at === index ? { ...each, [key]: seconds } : each));
    const wrong = Number.isNaN(seconds);
    const problems = rangeProblems(ranges, form.limits.min_range_seconds);
    [...list.children].forEach((row, at) => {
      row.querySelector("[data-part=range-problem]").textContent = wrong && at === index ? WORDS : problems[at];
    });
  }

  changed(input) {
    const seconds = readSeconds(input.value);
    const wrong = seconds === null || Number.isNaN(seconds);
    input.toggleAttribute("aria-invalid", wrong);
    if (wrong) {
      input.setAttribute("aria-invalid", "true");
      input.closest("li").querySelector("[data-part=range-problem]").textContent = WORDS;
    } else this.form.onEdit("Change time range", [{ path: JSON.parse(input.dataset.path), value: seconds }]);
  }

  preview(bar, index, range) {
    const row = bar.closest("li").querySelector("[data-part=ranges]").children[index];
    if (!row || !range) return;
    row.querySelector("[data-part=start]").value = timeText(range.start_time);
    row.querySelector("[data-part=end]").value = timeText(range.end_time);
  }

  dropped(bar, index, range) {
    const path = JSON.parse(bar.dataset.path);
    const ranges = this.form.at(path);
    if (index < (ranges?.length ?? 0)) this.form.onEdit("Move time range", [{ path: [...path, index], value: range }]);
    else this.form.onEdit("Add time range", [appendEdit(path, ranges, range)]);
  }

  /** A new range from `time` on; the focus goes to its start. */
  add(path, definition, time) {
    const range = newRange(definition.time_ranges, time, this.form.context().duration);
    this.form.onEdit("Add time range", [appendEdit([...path, "time_ranges"], definition.time_ranges, range)]);
    this.form.item([...path, "time_ranges", definition.time_ranges?.length ?? 0])?.querySelector("input").focus();
  }
}
