// On narrow windows the settings are a sheet over the page, opened from the line that sums them up.

export function mountSideSheet(sheet) {
  const opener = document.querySelector("[data-open-sheet]");
  const isOpen = () => document.body.classList.contains("sheet-open");

  function show(open) {
    document.body.classList.toggle("sheet-open", open);
    opener.setAttribute("aria-expanded", String(open));
  }

  function close() {
    if (!isOpen()) return;
    const within = sheet.contains(document.activeElement);
    show(false);
    if (within) opener.focus();
  }

  opener.addEventListener("click", (event) => {
    event.stopPropagation(); // this click is not one beside the sheet
    show(true);
    sheet.querySelector("[data-close-sheet]").focus();
  });
  sheet.querySelector("[data-close-sheet]").addEventListener("click", close);
  document.addEventListener("click", ({ target }) => {
    const beside = target.isConnected && !sheet.contains(target) && !target.closest("dialog, .toasts");
    if (beside) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    close();
  });
  return { close };
}
