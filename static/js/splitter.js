// The line between the two panels: dragged, or moved by arrows; its place is remembered.

const STORE = "left-width";
const STEP = 16;

/** A width the left panel may have, in pixels. */
export function fitWidth(width, { least, most }) {
  return Math.round(Math.min(most, Math.max(least, width)));
}

/** The width after a key, null for other keys. */
export function keyWidth(key, width, { least, most }) {
  const wanted = { ArrowLeft: width - STEP, ArrowRight: width + STEP, Home: least, End: most }[key];
  return wanted === undefined ? null : fitWidth(wanted, { least, most });
}

export function mountSplitter(bar) {
  const limits = { least: Number(bar.ariaValueMin), most: Number(bar.ariaValueMax) };
  const panels = bar.closest(".panels");
  let width = Number(bar.ariaValueNow);

  function move(wanted, { keep = true } = {}) {
    width = fitWidth(wanted, limits);
    panels.style.setProperty("--left", `${width}px`);
    bar.ariaValueNow = String(width);
    bar.ariaValueText = `${width} pixels`;
    if (keep) localStorage.setItem(STORE, String(width));
  }

  bar.addEventListener("keydown", (event) => {
    const next = event.ctrlKey || event.metaKey || event.altKey ? null : keyWidth(event.key, width, limits);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    move(next);
  });
  bar.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    bar.setPointerCapture(event.pointerId);
  });
  bar.addEventListener("pointermove", (event) => {
    if (bar.hasPointerCapture(event.pointerId)) move(event.clientX - panels.querySelector("#run-form").getBoundingClientRect().left - bar.offsetWidth / 2);
  });
  const kept = Number(localStorage.getItem(STORE));
  if (kept) move(kept, { keep: false });
}
