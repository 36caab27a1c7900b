// The dialog behind the video area: grid, uploads, and what "Use it" does.

import { drawAgain } from "./partials.js";

const LOOK_AGAIN_MS = 1500;

export function mountPicker(dialog, { useVideo }) {
  const use = dialog.querySelector("[data-use-video]");
  const chosen = () => dialog.querySelector("input[name=picked-video]:checked");

  let again = 0;

  function refresh() {
    use.disabled = !chosen();
  }

  /** While a video is on its way its tile changes by itself. */
  function lookAgain() {
    clearTimeout(again);
    if (dialog.open && dialog.querySelector("[data-busy]")) again = setTimeout(() => load(), LOOK_AGAIN_MS);
  }

  /** Fetch the grid anew, keeping what is picked. */
  function load(pick) {
    const wanted = pick ?? chosen()?.value ?? document.getElementById("_video_card").dataset.video;
    const url = `${dialog.dataset.gridUrl}?chosen=${encodeURIComponent(wanted ?? "")}`;
    return drawAgain("#_video_grid", url).then(() => {
      refresh();
      lookAgain();
    });
  }

  dialog.addEventListener("change", refresh);
  dialog.addEventListener("htmx:afterSettle", refresh);
  dialog.addEventListener("dblclick", (event) => event.target.closest("[data-tile]") && chosen() && use.click());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.name === "picked-video") {
      event.preventDefault();
      use.click();
    }
  });
  use.addEventListener("click", () => {
    useVideo(chosen().value);
    dialog.close();
  });
  document.addEventListener("upload:start", (event) => dialog.open && event.detail.video && load(event.detail.video));
  document.addEventListener("upload:done", (event) => dialog.open && load(event.detail.video));
  document.addEventListener("upload:cancelled", () => dialog.open && load());

  return { load };
}
