// The dialog behind the video area: grid, uploads, and what "Use it" does.

import { drawAgain } from "./partials.js";

const LOOK_AGAIN_MS = 1500;

/** A public address: the server fetches the film, and its tile shows how far that is. */
function mountAddress(form, load) {
  const problem = form.querySelector("[data-address-problem]");
  const input = form.elements.url;
  const tell = (words) => {
    problem.textContent = words;
    input.setAttribute("aria-invalid", String(Boolean(words)));
    if (words) input.focus();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!input.value.trim()) return tell("Paste the address of a video first.");
    const headers = { Accept: "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content };
    try {
      const answer = await fetch(form.dataset.address, { method: "POST", headers, body: new FormData(form) });
      const told = await answer.json();
      if (!answer.ok) return tell(told.message);
      form.reset();
      tell("");
      await load(told.video);
    } catch {
      tell("The server did not answer. Press Add again.");
    }
  });
}

export function mountPicker(dialog, { useVideo }) {
  const use = dialog.querySelector("[data-use-video]");
  const chosen = () => dialog.querySelector("input[name=picked-video]:checked");

  const renaming = () => dialog.querySelector("[data-tile] form:not([hidden])");

  let again = 0;

  function refresh() {
    use.disabled = !chosen();
  }

  /** While a video is on its way its tile changes by itself. */
  function lookAgain() {
    clearTimeout(again);
    if (dialog.open && dialog.querySelector("[data-busy]")) again = setTimeout(() => (renaming() ? lookAgain() : load()), LOOK_AGAIN_MS);
  }

  /** Fetch the grid anew, keeping what is picked. */
  function load(pick) {
    const wanted = pick ?? chosen()?.value ?? document.getElementById("_video_card").dataset.video;
    const url = `${dialog.dataset.gridUrl}?chosen=${encodeURIComponent(wanted ?? "")}`;
    const held = document.activeElement?.name === "picked-video" && document.activeElement.value;
    return drawAgain("#_video_grid", url).then(() => {
      if (held) dialog.querySelector(`input[value="${held}"]`)?.focus();
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

  mountAddress(dialog.querySelector("[data-address]"), load);
  dialog.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-rename-open]");
    if (!opener) return;
    const form = opener.closest("[data-tile]").querySelector("form");
    form.hidden = !form.hidden;
    opener.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) form.elements.name.select();
  });

  return { load };
}
