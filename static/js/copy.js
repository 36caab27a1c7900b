// Copying with words: where the clipboard is not available the text is selected instead.

/** Copy `text`; `button` says "Copied" for two seconds, or the text of `source` is selected for Ctrl+C. */
export async function copyText(text, button, source) {
  const label = button.textContent;
  let words = "Copied";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    words = "Press Ctrl+C: the text is selected";
    if (source) getSelection().selectAllChildren(source);
  }
  button.textContent = words;
  button.setAttribute("aria-live", "polite");
  setTimeout(() => {
    button.textContent = label;
  }, 2000);
}
