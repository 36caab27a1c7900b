// ARIA tabs with automatic activation; a tab without content to show is disabled and says why.

/** `onShow(view)` is called whenever another panel comes to the front. */
export function mountTabs(root, onShow) {
  const tabs = [...root.querySelectorAll("[data-tab]")];
  const panelOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
  const usable = () => tabs.filter((tab) => tab.getAttribute("aria-disabled") !== "true");

  function show(view, { focus = false } = {}) {
    const tab = usable().find((each) => each.dataset.tab === view) ?? tabs[0];
    for (const each of tabs) {
      const active = each === tab;
      each.setAttribute("aria-selected", String(active));
      each.tabIndex = active ? 0 : -1;
      panelOf(each).hidden = !active;
    }
    root.dataset.view = tab.dataset.tab;
    if (focus) tab.focus();
    onShow(tab.dataset.tab);
  }

  root.querySelector("[role=tablist]").addEventListener("click", (event) => {
    const tab = event.target.closest("[data-tab]");
    if (tab && tab.getAttribute("aria-disabled") !== "true") show(tab.dataset.tab);
  });
  root.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowLeft: -1 };
    const list = usable();
    const at = list.findIndex((tab) => tab.tabIndex === 0);
    const target = event.key === "Home" ? 0 : event.key === "End" ? list.length - 1 : steps[event.key] ? (at + steps[event.key] + list.length) % list.length : -1;
    if (target < 0) return;
    event.preventDefault();
    show(list[target].dataset.tab, { focus: true });
  });

  return {
    show,
    /** `reason` in words disables a tab, "" enables it. */
    disable(view, reason) {
      const tab = tabs.find((each) => each.dataset.tab === view);
      tab.setAttribute("aria-disabled", String(Boolean(reason)));
      tab.title = reason;
    },
  };
}
