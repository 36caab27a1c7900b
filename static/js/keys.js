// Keys of player and timeline; those of the page itself are in page-keys.js.

const NOT_TYPED = ["range", "checkbox", "radio", "button", "submit"].map((type) => `[type=${type}]`).join(", ");
const TYPING = `input:not(${NOT_TYPED}), select, textarea, [contenteditable], .cm-editor`;
// these do something of their own with arrows
const ARROWS = "input, [role=tab], [role=slider], [role=separator], [role=menuitem]";
const PRESSED = "button, summary, a[href]";

const PLAIN = {
  " ": "toggle", k: "toggle", j: "seek:-10", l: "seek:10", ArrowLeft: "seek:-1", ArrowRight: "seek:1",
  ",": "frame:-1", ".": "frame:1", "<": "speed:-1", ">": "speed:1", m: "mute", c: "captions", f: "full",
  "[": "step:-1", "]": "step:1", "{": "any:-1", "}": "any:1", Enter: "play",
  r: "mode:loop", o: "mode:go-on", z: "zoom:segment", "+": "zoom:in", "=": "zoom:in", "-": "zoom:out", "−": "zoom:out",
  y: "copy:link", u: "copy:json", "/": "find", Escape: "leave",
};
const SHIFTED = { ArrowLeft: "seek:-5", ArrowRight: "seek:5", Home: "edge:start", End: "edge:end", "[": "any:-1", "]": "any:1" };
const OWN = {
  typing: () => true,
  arrows: (key) => key === " " || key === "Enter" || key === "Home" || key === "End" || key.startsWith("Arrow"),
  pressed: (key) => key === " " || key === "Enter",
};

/** The action for a key as "verb:argument", "" for none. `on` says what has the focus: "typing", "arrows", "pressed" or "". */
export function visualAction({ key, code, shiftKey, ctrlKey, metaKey, altKey }, on) {
  if (ctrlKey || metaKey || altKey || OWN[on]?.(key)) return "";
  if (shiftKey && code === "Digit0") return "zoom:fit";
  if (!shiftKey && /^[0-9]$/.test(key)) return `share:${Number(key) / 10}`;
  if (shiftKey && SHIFTED[key]) return SHIFTED[key];
  return PLAIN[key.length === 1 ? key.toLowerCase() : key] ?? "";
}

export function focusKind(element) {
  const kinds = [["typing", TYPING], ["arrows", ARROWS], ["pressed", PRESSED]];
  return kinds.find(([, selector]) => element.matches?.(selector))?.[0] ?? "";
}

/** `act(verb, argument)` is called while `active()`. */
export function mountVisualKeys({ active, singleKeys, act, signal }) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !active() || document.querySelector("dialog[open]")) return;
    const action = visualAction(event, focusKind(event.target));
    if (!action || (!singleKeys() && event.key !== "Escape")) return;
    event.preventDefault();
    const [verb, argument] = action.split(/:(.*)/);
    act(verb, argument);
  }, { signal });
}
