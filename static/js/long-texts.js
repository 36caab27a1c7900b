// Pictures inside of a JSON text are hundred thousands of letters: the editor shows how much there is instead.

import { base64Bytes } from "./reference-images.js";

const LONG = /(?<=")(?:data:[\w/+;-]+,)?[A-Za-z0-9+/=]{400,}(?=")/g;

/** An extension of CodeMirror; the text itself stays as it is, also for copying. */
export function longTexts({ Decoration, EditorView, StateField, WidgetType }) {
  class Shown extends WidgetType {
    constructor(bytes) {
      super();
      this.bytes = bytes;
    }

    eq(other) {
      return other.bytes === this.bytes;
    }

    toDOM() {
      const words = `… ${Math.max(1, Math.round(this.bytes / 1024))} KB …`;
      return Object.assign(document.createElement("span"), { className: "cm-long-text", textContent: words });
    }
  }
  const find = (state) => {
    const found = [...state.doc.toString().matchAll(LONG)];
    return Decoration.set(found.map(({ 0: text, index }) => Decoration.replace({ widget: new Shown(base64Bytes(text)) }).range(index, index + text.length)));
  };
  return StateField.define({
    create: find,
    update: (now, change) => (change.docChanged ? find(change.state) : now),
    provide: (field) => [EditorView.decorations.from(field), EditorView.atomicRanges.of((view) => view.state.field(field))],
  });
}
