// While a run is on: a cancel that takes long says so, and who asked for it is told of the end.

import { toast } from "./toasts.js";

const PATIENCE_MS = 10000;
const STORE = "tell-when-done";

/** The words of the notification, "" when nobody is to be told. */
export function endWords({ state, count, name }, { hidden, wanted }) {
  if (!hidden || !wanted) return "";
  const found = `${count} segment${count === "1" ? "" : "s"}`;
  return { done: `Done: ${found} in ${name}`, partial: `Done: ${found} in ${name}, parts could not be read`, "none-found": `Done: nothing found in ${name}`, failed: `The run of ${name} failed` }[state] ?? "";
}

const possible = () => "Notification" in window && window.isSecureContext;
const wanted = () => possible() && Notification.permission === "granted" && localStorage.getItem(STORE) === "yes";

async function choose(box) {
  const granted = box.checked && (await Notification.requestPermission()) === "granted";
  if (box.checked && !granted) toast("This browser does not allow notifications of this page. Allow them in its settings.");
  box.checked = granted;
  localStorage.setItem(STORE, granted ? "yes" : "no");
}

/** Attach to a freshly drawn panel of a run; the returned function ends it. */
export function watchRun(panel) {
  const box = panel.querySelector("[data-notify]");
  if (box && possible()) {
    box.checked = wanted();
    box.closest("label").hidden = false;
    box.addEventListener("change", () => choose(box));
  }
  const cancel = panel.querySelector("[data-cancel]");
  if (!cancel?.disabled) return () => {};
  const timer = setTimeout(() => (cancel.nextElementSibling.textContent = "Still stopping, the worker has not answered."), PATIENCE_MS);
  return () => clearTimeout(timer);
}

/** The run that was watched is over. */
export function tellEnd(panel) {
  const words = endWords(panel.dataset, { hidden: document.hidden, wanted: wanted() });
  if (words) new Notification(words, { tag: panel.dataset.job });
}
