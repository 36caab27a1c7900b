// The processing panel: only numbers change here; a change of state fetches the panel anew.

import { clock } from "./times.js";

const QUARTERS = [25, 50, 75];

/** "about 3 min left", "under 1 min left" or "" when nothing can be said. */
export function etaWords(seconds) {
  if (seconds === null || seconds === undefined) return "";
  return seconds < 60 ? "under 1 min left" : `about ${Math.round(seconds / 60)} min left`;
}

/** The sentence to speak when going from one payload to the next, "" for silence: stages and quarters only. */
export function spoken(before, now) {
  if (now.words && now.words !== before?.words) return now.words;
  const passed = QUARTERS.filter((q) => (before?.percent ?? 0) < q && (now.percent ?? 0) >= q);
  return passed.length ? `${passed.at(-1)} percent done` : "";
}

function paintStages(list, stages) {
  const rows = new Map([...list.children].map((row) => [row.dataset.stage, row]));
  for (const stage of stages) {
    let row = rows.get(stage.key);
    if (!row) {
      row = document.createElement("li");
      row.dataset.stage = stage.key;
      const mark = Object.assign(document.createElement("span"), { className: "stages__mark", ariaHidden: "true" });
      const words = document.createElement("span");
      words.dataset.stageWords = "";
      const note = Object.assign(document.createElement("span"), { className: "muted number" });
      note.dataset.stageNote = "";
      row.append(mark, " ", words, " ", note);
      list.append(row);
    }
    row.dataset.stageState = stage.state;
    row.querySelector("[data-stage-words]").textContent = stage.words;
    const note = { running: `${stage.percent} %`, done: `${stage.seconds} s` }[stage.state] ?? "";
    row.querySelector("[data-stage-note]").textContent = note;
  }
}

function paintCoverage(bar, payload) {
  const pieces = payload.covered.map(([start, end]) => {
    const piece = document.createElement("span");
    piece.style.left = `${(100 * start) / payload.total}%`;
    piece.style.width = `${(100 * (end - start)) / payload.total}%`;
    return piece;
  });
  const cuts = payload.cuts.map((cut) => {
    const tick = document.createElement("i");
    tick.style.left = `${(100 * cut) / payload.total}%`;
    return tick;
  });
  bar.replaceChildren(...pieces, ...cuts);
}

/** Attach to a panel in state "processing"; returns `update(payload)` and `stop()`. */
export function mountProgress(panel) {
  const find = (name) => panel.querySelector(`[data-${name}]`);
  let last = JSON.parse(document.getElementById("progress-data")?.textContent || "null");
  const started = Date.parse(find("elapsed").dataset.started);
  const tick = () => {
    find("elapsed").textContent = Number.isNaN(started) ? "" : `running for ${clock((Date.now() - started) / 1000)}`;
  };
  const timer = setInterval(tick, 1000);

  function update(payload) {
    const words = spoken(last, payload);
    if (words) find("spoken").textContent = words;
    last = payload;
    find("words").textContent = payload.words;
    find("percent").textContent = payload.percent === null ? "" : `${Math.round(payload.percent)} %`;
    find("bar").value = payload.percent ?? 0;
    find("coverage-words").textContent = `looked at ${clock(payload.done)} of ${clock(payload.total)}`;
    find("eta").textContent = etaWords(payload.eta_seconds);
    paintStages(find("stages"), payload.stages);
    paintCoverage(find("coverage"), payload);
    const percent = payload.percent === null ? "" : `${Math.round(payload.percent)} % · `;
    document.title = `${percent}${panel.dataset.name}`;
  }

  tick();
  if (last) update(last);
  return { update, stop: () => clearInterval(timer) };
}
