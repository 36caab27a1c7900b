// The API page works without this script; it adds copying, local times and the theme switch.

import { copyText } from "./copy.js";
import { localise } from "./local-times.js";
import { mountTheme } from "./theme.js";

mountTheme(document.querySelector("[data-theme-switch]"));
localise(document);
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  button.addEventListener("click", () => copyText(source.textContent, button, source));
}
