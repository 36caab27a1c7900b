// The History tab: rows, their menus, and the dot for runs that finished while nobody looked.

import { copyText } from "./copy.js";
import { toast } from "./toasts.js";

const STORE = "history-seen";

/** Whether a run ended at `completed` (ISO text, "" for none) after `seen`, and before `now` when somebody looks on. */
export function unseen(completed, seen, now = "9999-01-01") {
  const at = Date.parse(completed);
  return Boolean(completed && seen) && at > Date.parse(seen) && at <= Date.parse(now);
}

/** `fill({video, definitions, settings})` puts the settings of a run into the form. */
export function mountHistory({ tab, panel, fill }) {
  const seen = () => localStorage.getItem(STORE);
  const look = () => localStorage.setItem(STORE, new Date().toISOString());
  const list = () => panel.querySelector("#_history_list");
  let watched = false;
  let before = seen();
  let shownAt = null;
  const shownRuns = new Set();
  if (!before) look();
  tab.querySelector("[data-unread]").hidden = !unseen(tab.dataset.finished, before);

  async function duplicate(url) {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (!answer.ok) return toast("The settings of this run could not be fetched. Try again.");
    fill(await answer.json());
    return toast("The settings of this run are in the form");
  }

  panel.addEventListener("click", (event) => {
    const row = event.target.closest("[data-run]");
    const copied = event.target.closest("[data-duplicate]");
    if (copied) duplicate(copied.dataset.duplicate);
    const link = event.target.closest("[data-copy-run]");
    if (link) copyText(new URL(row.querySelector("a[data-task]").href).href, link);
    else if (event.target.closest(".menu__list button")) event.target.closest("[data-menu]").open = false;
  });

  /** Dots for what was not seen before this visit. */
  function mark() {
    for (const row of panel.querySelectorAll("[data-completed]")) {
      const dot = row.querySelector("[data-unread]");
      if (dot) dot.hidden = shownRuns.has(row.dataset.run) || !unseen(row.dataset.completed, before, shownAt);
    }
  }

  function show() {
    if (!watched) {
      before = seen() ?? before;
      shownAt = new Date().toISOString();
    }
    watched = true;
    tab.querySelector("[data-unread]").hidden = true;
    const only = panel.querySelector("[data-this-video]");
    only.value = document.getElementById("_video_card").dataset.video ?? "";
    htmx.ajax("GET", panel.dataset.lazy, { source: "#_history form", target: "#_history_list", swap: "outerHTML" });
  }

  /** Rows of running runs ask how far they are: not while nobody sees them. */
  function leave() {
    if (watched) look();
    watched = false;
    list()?.replaceChildren();
  }

  return {
    show,
    leave,
    mark,
    /** The result of this run was on the screen. */
    saw: (uid) => shownRuns.add(uid),
  };
}
