// Wires the parts of the page together. The server draws every state; scripts add life.

import { copyText } from "./copy.js";
import { openBuilder } from "./definition-builder.js";
import { JobSocket } from "./job-socket.js";
import { mountJsonView } from "./json-view.js";
import { mountPageKeys } from "./page-keys.js";
import { mountPicker } from "./picker.js";
import { mountProgress } from "./progress-panel.js";
import { RunForm } from "./run-form.js";
import { mountTabs } from "./tabs.js";
import { mountTheme } from "./theme.js";
import { changeAddress, readState } from "./url-state.js";
import { mountUploader } from "./uploader.js";
import { mountVisual } from "./visual.js";

const LIVE_WORDS = { idle: "idle", live: "live", reconnecting: "Reconnecting…", polling: "checking every 2 s" };
const FINISHED = ["done", "partial", "none-found"];
const RUNNING = ["waiting", "processing"];

const byId = (id) => document.getElementById(id);
const panel = () => byId("_job_panel");
const form = new RunForm(byId("run-form"));
const jsonView = mountJsonView(byId("_result_json"), copyText);
const picker = mountPicker(byId("_video_picker"), { useVideo });
const tabs = mountTabs(byId("result"), onTab);
let socket = null;
let progress = null;
let finishedHere = false;

function showLive(state) {
  const badge = document.querySelector("[data-live]");
  badge.dataset.state = state;
  badge.querySelector("[data-live-words]").textContent = LIVE_WORDS[state];
}

function onTab(view) {
  changeAddress({ view: view === "visual" && !panel().dataset.job ? null : view });
  if (view === "json") jsonView.show(panel().dataset.resultUrl);
  if (view === "history") loadHistory();
}

function loadHistory() {
  const only = document.querySelector("[data-this-video]");
  only.value = byId("_video_card").dataset.video;
  const url = document.querySelector("#panel-history").dataset.lazy;
  htmx.ajax("GET", url, { source: "#_history form", target: "#_history_list", swap: "outerHTML" });
}

/** Fetch the panel of the same job again: its state changed. */
function refreshPanel() {
  return htmx.ajax("GET", panel().dataset.panelUrl, { target: "#_job_panel", swap: "outerHTML" });
}

function onEvents(events) {
  const state = events.findLast((event) => event.kind === "state" || event.kind === "cancelling");
  if (state) {
    refreshPanel();
    return;
  }
  const latest = events.findLast((event) => event.kind === "progress");
  if (latest && progress) progress.update(latest.payload);
}

function follow() {
  const { job, seq, eventsUrl, state } = panel().dataset;
  const running = RUNNING.includes(state);
  if (socket && (socket.uid !== job || !running)) {
    socket.close();
    socket = null;
  }
  if (running && !socket) socket = new JobSocket({ uid: job, after: Number(seq), eventsUrl, onEvents, onLive: showLive });
  if (!running) showLive("idle");
}

/** Bring a freshly drawn panel to life. */
function mountPanel() {
  const { state, job, name, video, title } = panel().dataset;
  progress?.stop();
  progress = state === "processing" ? mountProgress(panel()) : null;
  follow();
  const finished = FINISHED.includes(state);
  tabs.disable("json", finished ? "" : "There is no result yet");
  if (finished) {
    const visual = byId("_result_visual");
    if (visual) mountVisual(visual);
    document.title = `${finishedHere ? "Done · " : ""}${name}`;
  } else if (state !== "processing") {
    document.title = job ? `${title} · ${name}` : "Segment · Cuepoint";
  }
  if (job && !byId("_video_card").dataset.video && video) useVideo(video);
  form.refresh();
}

function useVideo(uid) {
  return htmx.ajax("GET", `/videos/${uid}/card/`, { target: "#_video_card", swap: "outerHTML" });
}

function onUpload(event) {
  const card = byId("_video_card");
  const { video, percent } = event.detail;
  if (event.type === "upload:start" && video && !card.dataset.video) useVideo(video);
  if (card.dataset.video !== video) return;
  const line = card.querySelector("[data-upload-line]");
  if (event.type === "upload:progress" && line) line.textContent = `Uploading ${Math.floor(percent)} %`;
  if (event.type !== "upload:progress") useVideo(video);
}

function focusProblem() {
  const place = document.querySelector("#_run_problems [data-path]");
  if (!place) return;
  const name = place.dataset.path;
  const input = byId("run-form").elements[name];
  if (name.startsWith("response_format")) document.querySelector("[data-edit-definitions]").focus();
  else if (input?.focus) {
    byId("_advanced_settings").open = true;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-errormessage", "_run_problems");
    input.focus();
  }
}

function newKey() {
  byId("run-form").elements.idempotency_key.value = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
}

function openPicker() {
  byId("_video_picker").showModal();
  picker.load();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener?.dataset.open === "_video_picker") openPicker();
  else if (opener) byId(opener.dataset.open).showModal();
  event.target.closest("[data-close]")?.closest("dialog").close();
  if (event.target.closest("[data-edit-definitions]")) editDefinitions();
  if (event.target.closest("[data-restore]")) form.restore();
  if (event.target.closest("[data-open-advanced]")) {
    byId("_advanced_settings").open = true;
    byId("start_time").focus();
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) copyText(copy.previousElementSibling.textContent, copy, copy.previousElementSibling);
  const sheet = event.target.closest("[data-open-sheet]");
  if (sheet) sheet.setAttribute("aria-expanded", String(document.body.classList.toggle("sheet-open")));
});

function editDefinitions() {
  openBuilder(byId("_definition_modal"), form.text, { video: byId("_video_card").dataset.video });
}

document.addEventListener("builder:open", editDefinitions);
document.addEventListener("form:edited", (event) => {
  document.querySelector("[data-edited]").hidden = !(event.detail.edited && panel().dataset.job && FINISHED.includes(panel().dataset.state));
});
for (const name of ["start", "progress", "done", "failed", "cancelled"]) document.addEventListener(`upload:${name}`, onUpload);

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "_job_panel" || event.detail.elt?.id === "_job_panel") {
    finishedHere = finishedHere || Boolean(progress);
    mountPanel();
  }
  if (event.detail.target?.id === "_video_card" || event.detail.elt?.id === "_video_card") form.refresh();
  if (event.detail.target?.id === "_run_problems") focusProblem();
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt?.id !== "run-form") return;
  newKey();
  if (event.detail.successful) {
    byId("_run_problems").replaceChildren();
    document.querySelectorAll("[aria-invalid]").forEach((each) => each.removeAttribute("aria-invalid"));
    document.body.classList.remove("sheet-open");
    form.adopt();
    tabs.show("visual");
  }
});
document.body.addEventListener("htmx:sendError", (event) => {
  if (event.detail.elt?.id === "run-form") {
    const words = Object.assign(document.createElement("p"), { className: "error-text", textContent: "The server did not answer. Nothing was started. Press Segment again." });
    byId("_run_problems").replaceChildren(words);
  }
});
addEventListener("popstate", () => location.reload());

mountTheme(document.querySelector("[data-theme-switch]"));
document.querySelectorAll("[data-uploader]").forEach(mountUploader);
mountPageKeys({ tabs, editDefinitions, submit: () => byId("run-form").requestSubmit() });
newKey();
mountPanel();
tabs.show(readState(location.search).view ?? byId("result").dataset.view);
