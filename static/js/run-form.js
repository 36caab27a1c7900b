// The left panel: template, definitions, settings, and whether Segment may be pressed.

import { readDefinitions, summaryWords } from "./definition-words.js";
import { lengthWords, readSeconds } from "./times.js";
import { toast } from "./toasts.js";
import { mountWindowBar } from "./window-bar.js";

const SETTINGS = ["start_time", "end_time", "min_segment_duration", "max_segment_duration", "temperature", "max_tokens", "segment_time_format", "engine", "custom_id"];
const EXCLUDED_BY_RANGES = ["start_time", "end_time", "min_segment_duration", "max_segment_duration"];

export function usesRanges(definitions) {
  return (definitions ?? []).some((each) => each?.time_ranges?.length);
}

/** How many seconds will be analysed in sum over the definitions, and what makes that impossible, in words. */
export function cost(definitions, duration, start, end) {
  if (!definitions || !duration) return { seconds: null, problem: "" };
  const from = start ?? 0;
  const to = end ?? duration;
  if (Number.isNaN(from) || Number.isNaN(to)) return { seconds: null, problem: "Type times as seconds or m:ss." };
  if (from >= to && end !== null) return { seconds: null, problem: "Start must be before End." };
  if (from >= duration) return { seconds: null, problem: `Start is after the end of the video (${duration.toFixed(1)} s).` };
  const lengths = definitions.map((each) =>
    each?.time_ranges?.length ? each.time_ranges.reduce((sum, range) => sum + (range.end_time - range.start_time), 0) : Math.min(to, duration) - from,
  );
  return { seconds: lengths.reduce((a, b) => a + b, 0), problem: "" };
}

/** Settings as text that is equal where they mean the same: 2.0 is 2, 1:30 is 90. */
export function meaning(settings) {
  const plain = (value) => {
    const seconds = readSeconds(value);
    return seconds === null || Number.isNaN(seconds) ? value : seconds;
  };
  return JSON.stringify(Object.entries(settings).map(([name, value]) => [name, plain(value)]));
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
    this.drawWindow = mountWindowBar(form, { duration: () => this.duration, onChange: () => this.refresh() });
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
    const advanced = document.getElementById("_advanced_settings");
    if (localStorage.getItem("advanced-open") === "yes") advanced.open = true;
    advanced.addEventListener("toggle", () => localStorage.setItem("advanced-open", advanced.open ? "yes" : "no"));
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

  /** The person's own templates changed: the list shows them as they are now. `kept` was just saved, its uid. */
  setMine({ saved, kept }) {
    this.presets = [...this.presets.filter((each) => !each.name.startsWith("mine:")), ...saved.map(({ uid, name, text }) => ({ name: `mine:${uid}`, title: name, text }))];
    const group = this.find("mine");
    group.replaceChildren(...saved.map(({ uid, name }) => new Option(name, `mine:${uid}`)));
    group.hidden = !saved.length;
    if (kept) this.liked = `mine:${kept}`;
    this.refresh();
  }

  choosePreset() {
    const edited = this.text.value !== this.loaded;
    if (edited) this.find("replace").hidden = false;
    else this.takePreset();
  }

  takePreset() {
    const preset = this.presets.find((each) => each.name === this.preset.value);
    this.liked = preset?.name;
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
    this.fill(this.shown);
  }

  fill({ definitions, settings }) {
    this.text.value = this.loaded = definitions;
    for (const name of SETTINGS) this.form.elements[name].value = settings[name] ?? { segment_time_format: "seconds", engine: "local" }[name] ?? "";
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
    this.drawWindow();
    const changed = Object.keys(this.settings).length > 0;
    this.find("reset").disabled = !changed;
    this.find("changed-dot").hidden = !changed;
    this.showCost(definitions);
    this.showSubmit(definitions);
    const edited = this.text.value !== this.shown.definitions || meaning(this.settings) !== meaning(this.wanted());
    document.dispatchEvent(new CustomEvent("form:edited", { detail: { edited } }));
  }

  wanted() {
    return Object.fromEntries(SETTINGS.map((name) => [name, String(this.shown.settings[name] ?? "")]).filter(([name, value]) => value && value !== String(this.defaults[name] ?? "")));
  }

  markPreset() {
    const fitting = this.presets.filter((each) => each.text === this.text.value);
    const fits = [this.liked, this.preset.value].map((name) => fitting.find((each) => each.name === name)).find(Boolean) ?? fitting[0];
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
    this.find("range-help").textContent = locked ? hint : "Analyse only this part. Seconds or m:ss, or drag on the bar under the video.";
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
    document.querySelector("[data-bar-submit]").disabled = button.disabled; // the line beside it says "No video"
    this.find("submit-reason").textContent = reason ?? (definitions ? "" : "The definitions are not valid JSON.");
    const again = ["done", "partial", "none-found"].includes(document.getElementById("_job_panel").dataset.state);
    this.find("submit-words").textContent = late ? "Segment when uploaded" : again ? "Segment again" : "Segment";
    document.querySelector("[data-summary-video]").textContent = card.dataset.name || "No video";
  }
}
