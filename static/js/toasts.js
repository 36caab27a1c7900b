// Short messages with one action. They stay at least ten seconds, longer while somebody points at them.

const STAY_MS = 10000;

export function toast(words, action, onAction) {
  const box = document.querySelector("[data-toasts]");
  const note = Object.assign(document.createElement("div"), { className: "toast" });
  note.append(Object.assign(document.createElement("span"), { textContent: words }));
  if (action) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: action });
    button.addEventListener("click", () => {
      onAction();
      note.remove();
    });
    note.append(button);
  }
  box.append(note);
  const leave = () => (note.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : note.remove());
  setTimeout(leave, STAY_MS);
}
