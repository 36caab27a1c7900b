// One upload as people see it: in the picker's list and, larger, in the right panel.

import { sizeWords, uploadActions, uploadWords } from "./uploads.js";

const ASIDE = ["stopped", "refused"];

/** Show `view` ({name, state, percent, sent, size, speed, message}) in an element made from `_upload_row.html`. */
export function paintUpload(root, view) {
  const find = (name) => root.querySelector(`[data-upload-${name}]`);
  const left = view.size - view.sent;
  root.dataset.uploadState = view.state;
  find("name").textContent = view.name;
  find("percent").textContent = view.state === "refused" ? "" : `${Math.floor(view.percent)} %`;
  find("bar").value = view.percent;
  find("bar").hidden = view.state === "refused";
  find("bar").setAttribute("aria-label", `Upload of ${view.name}`);
  find("size").textContent = view.state === "sending" ? `${sizeWords(view.sent)} / ${sizeWords(view.size)}` : "";
  const words = find("words");
  const text = uploadWords({ ...view, left });
  if (words.textContent !== text) words.textContent = text;
  words.classList.toggle("error-text", ASIDE.includes(view.state));
  const shown = uploadActions(view.state);
  for (const button of root.querySelectorAll("[data-upload-do]")) button.hidden = !shown.includes(button.dataset.uploadDo);
}
