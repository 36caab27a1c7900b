// Menus that are <details>: they close by Esc, by a choice and by a press elsewhere; the focus returns to their button.

export function mountMenus() {
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-menu] a[download]");
    for (const menu of document.querySelectorAll("[data-menu][open]")) {
      if (!menu.contains(event.target) || chosen) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.("[data-menu][open]");
    if (!menu) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
