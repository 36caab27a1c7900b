// A shared report: times play the film from there, and are told in the zone of the reader.

import { localise } from "./local-times.js";
import { mountTheme } from "./theme.js";

const film = document.querySelector("[data-film]");

mountTheme(document.querySelector("[data-theme-switch]"));
localise(document);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-seek]");
  if (!button || !film) return;
  film.currentTime = Number(button.dataset.seek);
  film.scrollIntoView({ block: "nearest" });
  film.play().catch(() => film.focus()); // a browser may refuse to play by itself; the film stands at the moment
});
