// "● live": how fresh what the page shows of a run is, in a word, and in how long ago there was news.

import { lengthWords } from "./times.js";

const WORDS = { idle: "idle", live: "live", reconnecting: "Reconnecting…", polling: "checking every 2 s" };

/** The tooltip: since when there was no news, "" when there never was any. */
export function ageWords(heardAt, now) {
  return heardAt === null ? "" : `Last news ${lengthWords(Math.max(0, (now - heardAt) / 1000))} ago`;
}

export function mountLiveBadge(badge) {
  let heardAt = null;
  const age = () => (badge.title = ageWords(heardAt, Date.now()));
  badge.addEventListener("pointerenter", age);

  return {
    show(state) {
      badge.dataset.state = state;
      badge.querySelector("[data-live-words]").textContent = WORDS[state];
      document.body.dataset.news = state;
      if (state === "idle") heardAt = null;
      age();
    },
    heard() {
      heardAt = Date.now();
      age();
    },
  };
}
