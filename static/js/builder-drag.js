// Dragging rows of the Builder by their handle. The buttons Move up and Move down do the same without dragging.

/** Where a row lands when the pointer is at `y`: the number of other rows whose middle is above it. */
export function landing(middles, y) {
  return middles.filter((middle) => middle < y).length;
}

const middleOf = (element) => {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
};

class Drag {
  constructor(row, handle, pointer) {
    Object.assign(this, { row, handle, from: [...row.parentElement.children].indexOf(row), steps: 0 });
    this.others = [...row.parentElement.children].filter((each) => each !== row);
    row.dataset.dragged = "";
    handle.setPointerCapture(pointer);
  }

  to(y) {
    const place = landing(this.others.map(middleOf), y);
    this.steps = place - this.from;
    this.unmark();
    if (!this.steps) return;
    const last = place === this.others.length;
    this.others[last ? place - 1 : place].dataset.dropEdge = last ? "after" : "before";
  }

  unmark() {
    for (const each of this.others) delete each.dataset.dropEdge;
  }

  end() {
    this.unmark();
    delete this.row.dataset.dragged;
  }
}

/** `onMove(row, steps)` when a row inside `root` was dragged by its `[data-drag]`; Escape lets it be. */
export function mountDrag(root, onMove) {
  let drag = null;
  const stop = (moved) => {
    if (!drag) return;
    const { row, steps } = drag;
    drag.end();
    drag = null;
    if (moved && steps) onMove(row, steps);
  };
  root.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-drag]");
    if (!handle || event.button !== 0 || handle.closest("fieldset")?.disabled) return;
    event.preventDefault();
    drag = new Drag(handle.closest("li"), handle, event.pointerId);
  });
  root.addEventListener("pointermove", (event) => drag?.to(event.clientY));
  root.addEventListener("pointerup", () => stop(true));
  root.addEventListener("pointercancel", () => stop(false));
  root.addEventListener("lostpointercapture", () => stop(false));
  root.addEventListener("keydown", (event) => event.key === "Escape" && stop(false));
}
