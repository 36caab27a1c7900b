// The upload of the chosen video in the right panel: the same numbers as its row in the picker.

import { paintUpload } from "./upload-row.js";

export function mountUploadCard() {
  const card = () => document.querySelector("[data-upload-card]");
  let latest = null;

  function paint(detail) {
    const root = card();
    if (root && detail && root.dataset.video === detail.video) paintUpload(root, detail);
  }

  for (const kind of ["start", "progress", "failed"]) {
    document.addEventListener(`upload:${kind}`, (event) => {
      if (event.detail.video) latest = event.detail;
      paint(event.detail);
    });
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-upload-card] [data-upload-do]");
    if (!button) return;
    const detail = { video: card().dataset.video, command: button.dataset.uploadDo };
    document.dispatchEvent(new CustomEvent("upload:command", { detail }));
  });

  return {
    /** A panel was drawn anew: show what is known, else that the bytes come from somewhere else. */
    refresh() {
      const root = card();
      if (!root) return;
      const { video, name, percent, size } = root.dataset;
      const known = latest?.video === video ? latest : null;
      paint(known ?? { video, name, state: "away", percent: Number(percent), sent: 0, size: Number(size), speed: null });
    },
  };
}
