// The left panel: template, definitions, settings, and whether Segment may be pressed.

import { lengthWords, readSeconds } from "./times.js";
import { toast } from "./toasts.js";

const SETTINGS = ["start_time", "end_time", "min_segment_duration", "max_segment_duration", "temperature", "max_tokens", "segment_time_format", "engine", "custom_id"];
const EXCLUDED_BY_RANGES = ["start_time", "end_time", "min_segment_duration", "max_segment_duration"];

/** What a JSON text of definitions holds, or null while it does not parse. */
export function readDefinitions(text) {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** "1 definition · 3 fields" */
export function summaryWords(definitions) {
  if (!definitions) return "The definitions are not valid JSON. Open the Builder to mend them.";
  const count = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
  const fields = definitions.reduce((sum, each) => sum + (each?.fields?.length ?? 0), 0);
  return `${count(definitions.length, "definition")} · ${count(fields, "field")}`;
}

export function usesRanges(definitions) {
  return (definitions ?? []).some((each) => each?.time_ranges?.length);
}

/** How many seconds will be analysed in sum over the definitions, and what makes that impossible, in words. */
export function cost(definitions, duration, start, end) {
  if (!definitions || !duration) return { seconds: null, problem: "" };
  const from = start ?? 0;
  const to = end ?? duration;
  if (Number.isNaN(from) || Number.isNaN(to)) return { seconds: null, problem: "Type times as seconds or m:ss." };
  if (from >= to) return { seconds: null, problem: "Start must be before End." };
  if (from >= duration) return { seconds: null, problem: `Start is after the end of the video (${duration.toFixed(1)} s).` };
  const lengths = definitions.map((each) =>
    each?.time_ranges?.length ? each.time_ranges.reduce((sum, range) => sum + (range.end_time - range.start_time), 0) : Math.min(to, duration) - from,
  );
  return { seconds: lengths.reduce((a, b) => a + b, 0), problem: "" };
}

export class RunForm {
  constructor(form) {
    this.form = form;
    this.presets = JSON.parse(document.getElementById("presets-data").textContent);
    const data = JSON.parse(document.getElementById("form-data").textContent);
    this.shown = { definitions: data.definitions, settings: data.settings };
    this.defaults = data.defaults;
    this.text = form.elements.definitions;
    this.preset = form.querySelector("[data-preset]");
    this.loaded = this.text.value;
    this.text.hidden = true;
    form.querySelectorAll("[data-edit-definitions]").forEach((button) => (button.hidden = false));
    this.listen();
    this.refresh();
  }

  find(name) {
    return this.form.querySelector(`[data-${name}]`);
  }

  listen() {
    // the list of templates is asked first: drawing the form anew would set it back to what the text is now
    const other = (event) => event.target !== this.preset && this.refresh();
    this.form.addEventListener("input", other);
    this.form.addEventListener("change", other);
    this.preset.addEventListener("change", () => this.choosePreset());
    this.find("replace-yes").addEventListener("click", () => this.takePreset());
    this.find("replace-no").addEventListener("click", () => this.keep());
    this.find("reset").addEventListener("click", () => this.reset());
  }

  get definitions() {
    return readDefinitions(this.text.value);
  }

  get duration() {
    return Number(document.getElementById("_video_card").dataset.duration) || null;
  }

  get settings() {
    return Object.fromEntries(SETTINGS.map((name) => [name, this.form.elements[name].value]).filter(([name, value]) => value && value !== String(this.defaults[name] ?? "")));
  }

  choosePreset() {
    const edited = this.text.value !== this.loaded;
    if (edited) this.find("replace").hidden = false;
    else this.takePreset();
  }

  takePreset() {
    const preset = this.presets.find((each) => each.name === this.preset.value);
    this.find("replace").hidden = true;
    if (!preset) return;
    this.text.value = this.loaded = preset.text;
    this.refresh();
    if (preset.name === "write-my-own") document.dispatchEvent(new CustomEvent("builder:open"));
  }

  keep() {
    this.find("replace").hidden = true;
    this.refresh();
  }

  setDefinitions(text) {
    this.text.value = text;
    this.refresh();
  }

  /** What the server says about the definitions: a count on the button, and notes about what stays empty. */
  showProblems({ problems, warnings }) {
    const chip = this.find("problem-count");
    chip.hidden = !problems.length;
    chip.textContent = `${problems.length} problem${problems.length === 1 ? "" : "s"}`;
    const list = this.find("warnings");
    list.hidden = !warnings.length;
    list.replaceChildren(...warnings.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  }

  /** The run that the right panel shows: `definitions` is its text. */
  show({ definitions, settings }) {
    this.shown = { definitions, settings };
  }

  reset() {
    const before = this.settings;
    for (const name of SETTINGS) this.form.elements[name].value = { segment_time_format: "seconds", engine: "local" }[name] ?? "";
    this.refresh();
    toast("Settings are back to their defaults", "Undo", () => {
      for (const [name, value] of Object.entries(before)) this.form.elements[name].value = value;
      this.refresh();
    });
  }

  /** Put the settings and definitions of the shown run back into the form. */
  restore() {
    this.text.value = this.loaded = this.shown.definitions;
    for (const name of SETTINGS) this.form.elements[name].value = this.shown.settings[name] ?? { segment_time_format: "seconds", engine: "local" }[name] ?? "";
    this.refresh();
  }

  /** From now on the form belongs to the run that was just started. */
  adopt() {
    this.shown = { definitions: this.text.value, settings: this.settings };
    this.loaded = this.text.value;
    this.refresh();
  }

  refresh() {
    const definitions = this.definitions;
    if (this.text.value !== this.told) {
      this.told = this.text.value;
      document.dispatchEvent(new CustomEvent("definitions:changed", { detail: { text: this.told } }));
    }
    this.find("definition-summary").textContent = summaryWords(definitions);
    this.markPreset();
    this.lockRanges(usesRanges(definitions));
    const changed = Object.keys(this.settings).length > 0;
    this.find("reset").disabled = !changed;
    this.find("changed-dot").hidden = !changed;
    this.showCost(definitions);
    this.showSubmit(definitions);
    const edited = this.text.value !== this.shown.definitions || JSON.stringify(this.settings) !== JSON.stringify(this.wanted());
    document.dispatchEvent(new CustomEvent("form:edited", { detail: { edited } }));
  }

  wanted() {
    return Object.fromEntries(SETTINGS.map((name) => [name, String(this.shown.settings[name] ?? "")]).filter(([name, value]) => value && value !== String(this.defaults[name] ?? "")));
  }

  markPreset() {
    const fits = this.presets.find((each) => each.text === this.text.value);
    const custom = this.form.querySelector("[data-custom]");
    custom.hidden = Boolean(fits);
    if (!this.find("replace").hidden) return;
    this.preset.value = fits ? fits.name : "";
    const title = fits ? fits.title : (this.definitions ?? []).map((each) => each?.id).join(", ") || "Your definitions";
    document.querySelector("[data-summary-definition]").textContent = title;
  }

  lockRanges(locked) {
    for (const name of EXCLUDED_BY_RANGES) this.form.elements[name].disabled = locked;
    const hint = "Not used together with time ranges.";
    this.find("range-help").textContent = locked ? hint : "Analyse only this part. Seconds or m:ss.";
    this.find("length-help").textContent = locked ? hint : "At least 2 seconds each. Long stretches are split, short ones merged.";
  }

  showCost(definitions) {
    const ranges = usesRanges(definitions);
    const time = (name) => (ranges ? null : readSeconds(this.form.elements[name].value));
    const { seconds, problem } = cost(definitions, this.duration, time("start_time"), time("end_time"));
    const line = this.find("cost");
    line.textContent = problem || (seconds === null ? "" : `analyses ${lengthWords(seconds)}`);
    line.classList.toggle("error-text", Boolean(problem));
  }

  showSubmit(definitions) {
    const card = document.getElementById("_video_card");
    const state = card.dataset.videoState;
    const reason = {
      empty: "Choose a video first",
      failed: "This video cannot be analysed. Choose another one.",
      aborted: "The upload was cancelled. Choose another video.",
    }[state];
    const late = state === "uploading" || state === "checking";
    const button = this.find("submit");
    button.disabled = Boolean(reason) || !definitions;
    this.find("submit-reason").textContent = reason ?? (definitions ? "" : "The definitions are not valid JSON.");
    const again = ["done", "partial", "none-found"].includes(document.getElementById("_job_panel").dataset.state);
    this.find("submit-words").textContent = late ? "Segment when uploaded" : again ? "Segment again" : "Segment";
    document.querySelector("[data-summary-video]").textContent = card.dataset.name || "No video";
  }
}
