// The Videos pages work without this script as lists and forms; it adds the player with its tracks, local times and the theme.

import { localise } from "./local-times.js";
import { mountTheme } from "./theme.js";

const tracks = document.querySelector("#_result_visual");
const version = () => document.querySelector("#_modules")?.dataset.version;
let shown = version();
let visual = null;

async function mountTracks() {
  const { mountVisual } = await import("./visual.js");
  visual = mountVisual(tracks);
}

mountTheme(document.querySelector("[data-theme-switch]"));
localise(document);
if (tracks) mountTracks();
document.body.addEventListener("htmx:afterSwap", () => {
  localise(document.body);
  if (version() === shown) return;
  shown = version(); // a module ended, or was cleared
  visual?.load();
});
