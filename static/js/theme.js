// System, light, dark: kept in a cookie so that the server draws the first frame right.

const NEXT = { system: "light", light: "dark", dark: "system" };

export function mountTheme(button) {
  const words = button.querySelector("[data-theme-words]");
  const now = () => document.documentElement.dataset.theme ?? "system";

  function show() {
    button.title = words.textContent = `Theme: ${now()}`;
  }

  button.addEventListener("click", () => {
    const next = NEXT[now()];
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    const age = next === "system" ? 0 : 31536000;
    document.cookie = `theme=${next}; path=/; max-age=${age}; samesite=lax`;
    document.dispatchEvent(new CustomEvent("theme:change"));
    show();
  });
  show();
}
