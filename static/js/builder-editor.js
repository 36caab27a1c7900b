// The Editor pane: CodeMirror, or a textarea when it cannot be loaded. Both take and give text.

import { difference } from "./definition-text.js";
import { longTexts } from "./long-texts.js";
import { keyOptions, valueOptions } from "./schema-completion.js";

/** A plain editor with the same methods. */
export class PlainEditor {
  constructor(host, { text, onChange }) {
    this.area = Object.assign(document.createElement("textarea"), { value: text, className: "editor-plain", spellcheck: false });
    this.area.setAttribute("aria-label", "Definitions as JSON");
    this.area.addEventListener("input", () => onChange(this.area.value));
    host.replaceChildren(this.area);
  }

  setText(text) {
    if (this.area.value !== text) this.area.value = text;
  }

  setProblems() {}

  reveal({ offset, length }) {
    this.area.focus();
    this.area.setSelectionRange(offset, offset + length);
  }

  destroy() {
    this.area.remove();
  }
}

function completionSource(lib, schema) {
  return (context) => {
    const text = context.state.doc.toString();
    const { path, isAtPropertyKey } = lib.getLocation(text, context.pos);
    const word = context.matchBefore(/"?[\w-]*/);
    if (!context.explicit && (!word || word.from === word.to)) return null;
    const tree = lib.parseTree(text);
    const parent = tree && lib.findNodeAtLocation(tree, path.slice(0, -1));
    const present = (parent?.children ?? []).map((each) => each.children?.[0]?.value);
    const quoted = text[context.pos] === '"' ? 1 : 0;
    const options = isAtPropertyKey
      ? keyOptions(schema, path.slice(0, -1), present).map(({ label, detail }) => ({ label: `"${label}"`, info: detail, type: "property", apply: quoted ? `"${label}` : `"${label}": ` }))
      : valueOptions(schema, path).map((label) => ({ label, type: "enum", apply: quoted && label.endsWith('"') ? label.slice(0, -1) : label }));
    return options.length ? { from: word?.from ?? context.pos, options, validFor: /^"?[\w-]*"?$/ } : null;
  };
}

/**
 * Typing over a selection: browsers would build styled elements for it, which the page's policy refuses.
 * Bracket closing and its like are asked first, as for other typing.
 */
function replaceSelected(lib, event, view) {
  const { main } = view.state.selection;
  const plain = event.inputType === "insertText" && event.data && !view.composing && !main.empty;
  if (!plain) return false;
  event.preventDefault();
  const insert = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  const handled = view.state.facet(lib.EditorView.inputHandler).some((handle) => handle(view, main.from, main.to, event.data, insert));
  if (!handled) view.dispatch(insert());
  return true;
}

export class CodeEditor {
  constructor(lib, host, { text, schema, onChange, onUndo, onRedo }) {
    Object.assign(this, { lib, onChange });
    this.ours = lib.Annotation.define();
    const { EditorView, EditorState, keymap } = lib;
    const keys = [
      { key: "Mod-z", run: () => onUndo() ?? true },
      { key: "Mod-Shift-z", run: () => onRedo() ?? true },
      { key: "Mod-y", run: () => onRedo() ?? true },
      { key: "Mod-]", run: lib.indentMore },
      { key: "Mod-[", run: lib.indentLess },
      { key: "Mod-Enter", run: () => true },
    ];
    const nonce = document.querySelector("meta[name=csp-nonce]")?.content;
    const extensions = [
      nonce ? EditorView.cspNonce.of(nonce) : [],
      keymap.of([...keys, ...lib.closeBracketsKeymap, ...lib.completionKeymap, ...lib.foldKeymap, ...lib.defaultKeymap]),
      lib.lineNumbers(), lib.foldGutter(), lib.lintGutter(), lib.drawSelection(), lib.highlightActiveLine(), lib.highlightActiveLineGutter(),
      lib.json(), lib.bracketMatching(), lib.closeBrackets(), lib.indentOnInput(), lib.indentUnit.of("  "),
      lib.autocompletion({ override: [completionSource(lib, schema)], icons: false }),
      lib.syntaxHighlighting(highlight(lib)),
      EditorView.lineWrapping,
      longTexts(lib),
      EditorView.domEventHandlers({ beforeinput: (event, view) => replaceSelected(lib, event, view) }),
      EditorView.contentAttributes.of({ "aria-label": "Definitions as JSON", tabindex: "0" }),
      EditorView.updateListener.of((update) => this.updated(update)),
    ];
    this.view = new EditorView({ parent: host, state: EditorState.create({ doc: text, extensions }) });
  }

  updated(update) {
    if (!update.docChanged || update.transactions.some((each) => each.annotation(this.ours))) return;
    this.onChange(update.state.doc.toString());
  }

  /** Bring in a change from the other side as one small replacement: caret and folds elsewhere stay. */
  setText(text) {
    const changes = difference(this.view.state.doc.toString(), text);
    if (changes) this.view.dispatch({ changes, annotations: this.ours.of(true) });
  }

  /** `problems`: [{offset, length, message, severity}] */
  setProblems(problems) {
    if (!problems.length && !this.marked) return;
    this.marked = problems.length > 0;
    const end = this.view.state.doc.length;
    const list = problems.map(({ offset, length, message, severity }) => {
      const from = Math.min(offset, end);
      return { from, to: Math.min(from + Math.max(length, 1), end), message, severity };
    });
    this.view.dispatch(this.lib.setDiagnostics(this.view.state, list));
  }

  reveal({ offset, length }) {
    const selection = { anchor: offset, head: offset + length };
    this.view.dispatch({ selection, scrollIntoView: true });
    this.view.focus();
  }

  destroy() {
    this.view.destroy();
  }
}

function highlight({ HighlightStyle, tags }) {
  return HighlightStyle.define([
    { tag: tags.propertyName, class: "json-key" },
    { tag: tags.string, class: "json-text" },
    { tag: [tags.number, tags.bool, tags.null], class: "json-value" },
    { tag: [tags.bracket, tags.separator], class: "json-sign" },
  ]);
}
