// Copying with words: where the clipboard is not available the text is selected instead.

const SAY_MS = 2000;

/** Plain http has no clipboard API, but may copy a selection. */
function copySelection(text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "visually-hidden";
  document.body.append(box);
  const before = document.activeElement;
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  before?.focus();
  return done;
}

async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(text);
  }
}

/** Copy `text`; `button` says "Copied" for two seconds, or the text of `source` is selected for Ctrl+C. */
export async function copyText(text, button, source) {
  const place = button.querySelector("[data-words]") ?? button;
  const label = place.textContent;
  const done = await put(text);
  if (!done && source) getSelection().selectAllChildren(source);
  const words = done ? "Copied" : source ? "Press Ctrl+C: the text is selected" : "This browser does not allow copying";
  place.setAttribute("aria-live", "polite");
  place.textContent = words;
  setTimeout(() => {
    if (place.textContent === words) place.textContent = label;
  }, SAY_MS);
}
