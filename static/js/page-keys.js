// Keys of the page itself; those of player and timeline are in keys.js.

const TABS = { v: "visual", j: "json", h: "history", x: "examples" };
const FIELDS = "input, select, textarea, [contenteditable], dialog, .cm-editor";
const STORE = "single-keys-off";
const AFTER_G_MS = 1500;

/** The action for a key: "submit", "edit", "code", "sheet", a tab as "tab:json", "prefix" after G, or "". */
export function pageAction({ key, ctrlKey, metaKey, altKey }, { inField, afterG, singleKeys }) {
  if (key === "Enter" && (ctrlKey || metaKey)) return "submit";
  if (inField || ctrlKey || metaKey || altKey || !singleKeys) return "";
  const low = key.toLowerCase();
  if (afterG && TABS[low]) return `tab:${TABS[low]}`;
  return { e: "edit", v: "code", "?": "sheet", g: "prefix" }[low] ?? "";
}

/** Whether single keys act; Ctrl+Enter and Esc always do. */
export const singleKeysOn = () => localStorage.getItem(STORE) !== "yes";

export function mountPageKeys({ tabs, editDefinitions, viewCode, submit }) {
  const sheet = document.getElementById("shortcuts");
  const box = sheet.querySelector("[data-single-keys]");
  box.checked = singleKeysOn();
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(STORE) : localStorage.setItem(STORE, "yes")));
  let pressedG = 0;

  document.addEventListener("keydown", (event) => {
    const inDialog = Boolean(document.querySelector("dialog[open]"));
    const context = { inField: inDialog || event.target.matches(FIELDS), afterG: Date.now() - pressedG < AFTER_G_MS, singleKeys: box.checked };
    const action = pageAction(event, context);
    pressedG = action === "prefix" ? Date.now() : 0;
    if (!action || (action === "submit" && inDialog)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (action === "submit") submit();
    if (action === "edit") editDefinitions();
    if (action === "code") viewCode();
    if (action === "sheet") sheet.showModal();
    if (action.startsWith("tab:")) tabs.show(action.slice(4), { focus: true });
  }, { capture: true });
}
