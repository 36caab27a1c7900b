// Wires the parts of the page together. The server draws every state; scripts add life.

import { copyText } from "./copy.js";
import { delayedCheck } from "./definition-check.js";
import { pathOf } from "./definition-text.js";
import { mountHistory } from "./history.js";
import { JobSocket } from "./job-socket.js";
import { mountJsonView } from "./json-view.js";
import { mountLiveBadge } from "./live-badge.js";
import { localise } from "./local-times.js";
import { mountMenus } from "./menus.js";
import { mountPageKeys } from "./page-keys.js";
import { drawAgain } from "./partials.js";
import { mountPicker } from "./picker.js";
import { mountProgress } from "./progress-panel.js";
import { RunForm } from "./run-form.js";
import { tellEnd, watchRun } from "./run-watch.js";
import { mountSideSheet } from "./side-sheet.js";
import { mountSplitter } from "./splitter.js";
import { mountTabs } from "./tabs.js";
import { mountTheme } from "./theme.js";
import { toast } from "./toasts.js";
import { mountUploadCard } from "./upload-card.js";
import { changeAddress, readState } from "./url-state.js";
import { mountUploader } from "./uploader.js";

const FINISHED = ["done", "partial", "none-found"];
const RUNNING = ["waiting", "processing", "uploading"];
const DOUBLE_PRESS_MS = 600; // an idle server answers between the two presses of a double click

const byId = (id) => document.getElementById(id);
const panel = () => byId("_job_panel");
const form = new RunForm(byId("run-form"));
const jsonView = mountJsonView(byId("_result_json"), copyText);
const picker = mountPicker(byId("_video_picker"), { useVideo: chooseVideo });
const check = delayedCheck(byId("_definition_modal").dataset.checkUrl, showCheck);
const tabs = mountTabs(byId("result"), onTab);
const runs = mountHistory({ tab: byId("tab-history"), panel: byId("panel-history"), fill: fillForm });
const sheet = mountSideSheet(byId("run-form"));
const uploadCard = mountUploadCard();
const live = mountLiveBadge(document.querySelector("[data-live]"));
let restoring = false;
let startedAt = -Infinity;
let problems = [];
let socket = null;
let progress = null;
let stopWatching = () => {};
let finishedHere = false;
let visual = null;

function onTab(view) {
  changeAddress({ view: view === "visual" && !panel().dataset.job ? null : view });
  if (view === "json") jsonView.show(panel().dataset.resultUrl);
  if (view === "history") runs.show();
  else runs.leave();
}

/** The settings of a run go into the form; the result that is shown stays. */
function fillForm({ video, definitions, settings }) {
  form.fill({ definitions, settings });
  if (byId("_video_card").dataset.video !== video) chooseVideo(video);
}

/** Fetch the panel again: the state of its run, or without a run that of the chosen video, changed. */
function refreshPanel() {
  const { panelUrl } = panel().dataset;
  const url = panelUrl ?? `/?video=${byId("_video_card").dataset.video ?? ""}`;
  return drawAgain("#_job_panel", url, { part: true });
}

/** Show a run with its video and settings, without a page load: uploads go on. */
async function openTask(uid, { push = true } = {}) {
  restoring = true;
  finishedHere = false;
  if (push) changeAddress({ task: uid, video: null, segment: null, t: null, z: null, q: null, view: "visual" }, { push: true });
  await drawAgain("#_job_panel", `/jobs/${uid}/panel/`);
  tabs.show("visual");
}

/** "Undo" of an armed run: it goes, the upload stays. */
async function disarmRun(deleteUrl) {
  socket?.close();
  socket = null;
  await htmx.ajax("POST", deleteUrl, { source: "#panel-visual", target: "body", swap: "none" });
  changeAddress({ task: null, segment: null, t: null, z: null, video: byId("_video_card").dataset.video || null });
  delete panel().dataset.panelUrl;
  await refreshPanel();
}

function onEvents(events) {
  live.heard();
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
  const running = Boolean(job) && RUNNING.includes(state);
  if (socket && (socket.uid !== job || !running)) {
    socket.close();
    socket = null;
  }
  if (running && !socket) socket = new JobSocket({ uid: job, after: Number(seq), eventsUrl, onEvents, onLive: live.show });
  if (!running) live.show("idle");
}

function showTitle(finished) {
  const { state, job, name, title } = panel().dataset;
  if (finished) document.title = `${finishedHere ? "Done · " : ""}${name} · ${title}`;
  else if (state !== "processing") document.title = job ? `${name} · ${title}` : "Segment · Cuepoint";
}

/** The form knows the run that is shown; opening one from elsewhere also fills the form with it. */
function showRun() {
  const text = byId("run-definitions");
  if (!text) return;
  form.show({ definitions: JSON.parse(text.textContent), settings: JSON.parse(byId("run-settings").textContent) });
  if (!restoring) return;
  restoring = false;
  form.restore();
  if (byId("_video_card").dataset.video !== panel().dataset.video) useVideo(panel().dataset.video);
}

/** Player and timeline are fetched with the first result that there is to show. */
async function mountResult() {
  if (!visual && !byId("_result_visual")) return;
  visual ??= import("./visual.js");
  const { mountVisual } = await visual;
  mountVisual(byId("_result_visual")); // null ends the one before
}

/** Bring a freshly drawn panel to life. */
function mountPanel() {
  const { state, job, video } = panel().dataset;
  progress?.stop();
  stopWatching();
  stopWatching = watchRun(panel());
  progress = state === "processing" ? mountProgress(panel()) : null;
  follow();
  const finished = FINISHED.includes(state);
  tabs.disable("json", finished ? "" : "There is no result yet");
  if (finished) runs.saw(job);
  mountResult();
  showTitle(finished);
  if (job && !byId("_video_card").dataset.video && video) useVideo(video);
  uploadCard.refresh();
  showRun();
  form.refresh();
}

function useVideo(uid) {
  return drawAgain("#_video_card", `/videos/${uid}/card/`);
}

/** Another video was chosen in the dialog, or dropped on the page. */
async function chooseVideo(uid) {
  await useVideo(uid);
  changeAddress({ video: uid === panel().dataset.video ? null : uid });
  if (!panel().dataset.job) await refreshPanel();
}

/** The card was drawn anew: by a choice, by the end of a check, by a copy that is ready now. */
function cardDrawn() {
  const { playback, video } = byId("_video_card").dataset;
  if (playback && video === panel().dataset.video) document.dispatchEvent(new CustomEvent("video:playable", { detail: { url: playback } }));
  check(form.text.value, video);
  form.refresh();
}

function onUpload(event) {
  const card = byId("_video_card");
  const { video, percent, choose } = event.detail;
  if (event.type === "upload:start" && video && (choose || !card.dataset.video)) chooseVideo(video);
  if (card.dataset.video !== video) return;
  const line = card.querySelector("[data-upload-line]");
  if (event.type === "upload:progress" && line) line.textContent = `Uploading ${Math.floor(percent)} %`;
  if (!["upload:done", "upload:cancelled"].includes(event.type)) return;
  useVideo(video);
  refreshPanel();
}

function showCheck(answer) {
  problems = answer.problems;
  form.showProblems(answer);
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
  uploader.load().catch(() => {});
  picker.load();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener?.dataset.open === "_video_picker") openPicker();
  else if (opener) byId(opener.dataset.open).showModal();
  event.target.closest("[data-close]")?.closest("dialog").close();
  if (event.target.closest("[data-edit-definitions]")) editDefinitions();
  if (event.target.closest("[data-view-code]")) viewCode();
  if (event.target.closest("[data-open-saved]")) openMine();
  const row = event.target.closest("[data-task]");
  if (row?.matches("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openTask(row.dataset.task);
  }
  if (event.target.closest("[data-partial-hide], [data-partial-show]")) showPartial(Boolean(event.target.closest("[data-partial-show]")));
  const disarm = event.target.closest("[data-disarm]");
  if (disarm) disarmRun(disarm.dataset.deleteUrl);
  if (event.target.closest("[data-restore]")) form.restore();
  if (event.target.closest("[data-open-advanced]")) {
    byId("_advanced_settings").open = true;
    byId("start_time").focus();
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) copyText(copy.previousElementSibling.textContent, copy, copy.previousElementSibling);
});

/** The notice about unread parts goes behind a badge, and comes back from there. */
function showPartial(shown) {
  const [notice, badge] = ["[data-partial]", "[data-partial-show]"].map((selector) => panel().querySelector(selector));
  notice.hidden = !shown;
  badge.hidden = shown;
  (shown ? notice.querySelector("[data-partial-hide]") : badge).focus();
}

/** Fetched when somebody points at it or opens it. */
const builder = () => import("./definition-builder.js");

async function editDefinitions() {
  const { video, duration } = byId("_video_card").dataset;
  const first = problems.length ? pathOf(problems[0].path) : null;
  try {
    const { openBuilder } = await builder();
    await openBuilder(byId("_definition_modal"), form.text.value, { video, duration: Number(duration) || null, path: first });
  } catch (error) {
    console.error("The Builder could not be loaded.", error);
    form.text.hidden = false;
    toast("The Builder could not be loaded. Simple view: edit the JSON here.");
  }
}

async function openMine() {
  const { openSaved } = await import("./saved-definitions.js");
  await openSaved(byId("_saved"));
}

async function viewCode() {
  const edited = !document.querySelector("[data-edited]").hidden;
  try {
    const { openViewCode } = await import("./view-code.js");
    await openViewCode(byId("_view_code"), byId("run-form"), { runUrl: panel().dataset.codeUrl, edited });
  } catch (error) {
    console.error("View code could not be loaded.", error);
    toast("View code could not be loaded. Load this page again.");
  }
}

document.body.addEventListener("task:open", (event) => openTask(event.detail.task));
document.addEventListener("saved:changed", (event) => form.setMine(event.detail));
document.addEventListener("builder:open", () => editDefinitions());
document.addEventListener("definitions:use", (event) => form.setDefinitions(event.detail.text));
document.addEventListener("definitions:changed", (event) => check(event.detail.text, byId("_video_card").dataset.video));
document.addEventListener("pointerover", (event) => {
  if (!event.target.closest?.("[data-edit-definitions]")) return;
  builder().then(({ loadBuilder }) => loadBuilder(byId("_definition_modal"))).catch(() => {}); // opening says what failed
});
document.addEventListener("form:edited", (event) => {
  document.querySelector("[data-edited]").hidden = !(event.detail.edited && panel().dataset.job && FINISHED.includes(panel().dataset.state));
});
for (const name of ["start", "progress", "done", "failed", "cancelled"]) document.addEventListener(`upload:${name}`, onUpload);

document.body.addEventListener("htmx:beforeSwap", (event) => {
  // what is known of the video alone does not take the place of a run that is shown, or is being started
  const { target, requestConfig } = event.detail;
  if (target.id !== "_job_panel" || !requestConfig.path.startsWith("/?")) return;
  if (panel().dataset.panelUrl || byId("run-form").classList.contains("htmx-request")) event.detail.shouldSwap = false;
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  localise(document.body);
  runs.mark();
  if (event.target.id === "_job_panel" || event.detail.elt?.id === "_job_panel") {
    const ended = Boolean(progress) && !RUNNING.includes(panel().dataset.state);
    if (ended) tellEnd(panel());
    finishedHere = finishedHere || Boolean(progress);
    mountPanel();
  }
  if (event.detail.target?.id === "_video_card" || event.detail.elt?.id === "_video_card") cardDrawn();
  if (event.detail.target?.id === "_run_problems") focusProblem();
});
document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.id === "run-form" && performance.now() - startedAt < DOUBLE_PRESS_MS) event.preventDefault();
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt?.id !== "run-form") return;
  newKey();
  if (event.detail.xhr.status < 400) {
    startedAt = performance.now();
    byId("_run_problems").replaceChildren();
    document.querySelectorAll("[aria-invalid]").forEach((each) => each.removeAttribute("aria-invalid"));
    sheet.close();
    form.adopt();
    tabs.show("visual");
  } else if (!panel().dataset.job) refreshPanel();
});
document.body.addEventListener("htmx:sendError", (event) => {
  if (event.detail.elt?.id === "run-form") {
    const words = Object.assign(document.createElement("p"), { className: "error-text", textContent: "The server did not answer. Nothing was started. Press Segment again." });
    byId("_run_problems").replaceChildren(words);
  }
});
addEventListener("popstate", () => {
  const { task, video, view } = readState(location.search);
  if (task && task === panel().dataset.job) mountResult();
  else if (task) openTask(task, { push: false });
  else if (panel().dataset.job || video) location.reload();
  tabs.show(view ?? "visual");
});

mountMenus();
mountSplitter(document.querySelector("[data-splitter]"));
mountTheme(document.querySelector("[data-theme-switch]"));
const uploader = mountUploader(document.querySelector("[data-uploader]"));
document.querySelectorAll("[data-view-code], [data-open-saved]").forEach((each) => (each.hidden = false));
mountPageKeys({ tabs, editDefinitions, viewCode, submit: () => byId("run-form").requestSubmit() });
newKey();
mountPanel();
check(form.text.value, byId("_video_card").dataset.video);
const asked = readState(location.search);
if (asked.ignored.length) toast(`Parts of this address are not known here: ${asked.ignored.join(", ")}.`);
tabs.show(asked.view ?? byId("result").dataset.view);
