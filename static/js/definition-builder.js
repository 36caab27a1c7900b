// The Segment Definition Builder: one JSON text, seen as a form and as an editor. A view ignores its own echo.

import { BuilderForm } from "./builder-form.js";
import { CodeEditor, PlainEditor } from "./builder-editor.js";
import { copyText } from "./copy.js";
import { delayedCheck } from "./definition-check.js";
import { problemsMeanwhile, quickProblems } from "./definition-problems.js";
import { applyEdits, pathOf, placeOf, readText } from "./definition-text.js";
import { EditHistory } from "./edit-history.js";
import { mountSaveForm } from "./saved-definitions.js";

const QUIET_MS = 120;

class Builder {
  constructor(dialog, { lib, schema, limits }) {
    Object.assign(this, { dialog, lib, schema, limits });
    this.form = new BuilderForm(dialog.querySelector("[data-builder-form]"), {
      limits,
      onEdit: (name, edits, more) => this.edited(name, edits, more),
      context: () => this.context(),
    });
    this.check = delayedCheck(dialog.dataset.checkUrl, (answer) => this.judged(answer));
    this.listen();
  }

  find(name) {
    return this.dialog.querySelector(`[data-builder-${name}]`);
  }

  listen() {
    const on = (name, act) => this.find(name).addEventListener("click", act);
    on("undo", () => this.undo());
    on("undo-said", () => this.undoSaid());
    on("redo", () => this.redo());
    on("format", () => this.format());
    on("copy", () => copyText(this.text, this.find("copy")));
    on("use", () => this.use());
    on("last-good", () => this.take(this.good.text, "Back to the last good version"));
    on("keep", () => this.keep());
    on("discard", () => this.dialog.close());
    on("save-as", () => this.showSave(true));
    on("save-cancel", () => this.showSave(false));
    this.saving = mountSaveForm(this.find("save"), {
      text: () => this.text,
      onSaved: ({ name }) => {
        this.showSave(false);
        this.find("saved").textContent = `Saved as ${name}, under Mine.`;
      },
    });
    for (const button of this.dialog.querySelectorAll("[data-builder-cancel]")) button.addEventListener("click", () => this.leave());
    this.find("summary").addEventListener("click", (event) => {
      const jump = event.target.closest("[data-jump]");
      if (jump) this.jump(Number(jump.dataset.jump));
    });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.leave();
    });
    this.dialog.addEventListener("keydown", (event) => this.key(event), { capture: true });
  }

  /** The shared history answers Ctrl+Z everywhere in the dialog, and Escape never closes over changes. */
  key(event) {
    if (event.key === "Escape") this.escape(event);
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    event.stopPropagation();
    if (key === "y" || event.shiftKey) this.redo();
    else this.undo();
  }

  /** Browsers close a dialog at the second Escape whatever `cancel` says, so the key itself is taken. */
  escape(event) {
    if (this.dialog.querySelector(".cm-tooltip-autocomplete")) return;
    event.preventDefault();
    if (this.find("asking").hidden) this.leave();
    else this.keep();
  }

  open(text, { video, duration, path }) {
    Object.assign(this, { text, start: text, video, duration, problems: [], serverProblems: [], warnings: [] });
    this.history = new EditHistory(text);
    this.good = { text: "[]", value: [] };
    this.find("asking").hidden = true;
    this.say("");
    this.form.forget();
    this.makeEditor();
    this.read({ origin: "outside" });
    this.dialog.showModal();
    if (path) this.form.reveal(path);
    else this.focusFirst();
  }

  focusFirst() {
    const empty = [...this.dialog.querySelectorAll("[data-part=description]")].find((each) => !each.value);
    (empty ?? this.dialog.querySelector("[data-part=description]") ?? this.find("use")).focus();
  }

  makeEditor() {
    this.editor?.destroy();
    const host = this.find("editor");
    const options = {
      text: this.text,
      schema: this.schema,
      onChange: (text) => this.typed(text),
      onUndo: () => this.undo(),
      onRedo: () => this.redo(),
    };
    host.replaceChildren();
    try {
      this.editor = new CodeEditor(this.lib, host, options);
    } catch (error) {
      console.error("The code editor could not start.", error);
      this.editor = new PlainEditor(host, options);
    }
  }

  context() {
    const player = document.querySelector("[data-player] video");
    return { time: player && player.readyState > 0 ? player.currentTime : null, duration: this.duration };
  }

  /** An edit from the form; `said` tells what went away from `path`, with Undo beside it. */
  edited(name, edits, { typing = false, group = "", said = "", path = [] } = {}) {
    this.change(applyEdits(this.lib, this.text, edits), name, "form", { typing, group });
    if (said) this.say(said, path);
  }

  /** Said until the next change. */
  say(words, path = []) {
    this.find("said").hidden = !words;
    this.find("said-words").textContent = words;
    this.saidPath = path;
  }

  undoSaid() {
    const path = this.saidPath;
    this.undo();
    this.form.reveal(path);
  }

  /** Typing in the editor: the form follows when it is quiet. */
  typed(text) {
    this.text = text;
    this.history.push(text, "Typing", performance.now(), { typing: true });
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.read({ origin: "editor" }), QUIET_MS);
  }

  /** A whole text from a button. */
  take(text, name) {
    this.change(text, name, "outside");
  }

  change(text, name, origin, more) {
    clearTimeout(this.quiet);
    this.text = text;
    this.history.push(text, name, performance.now(), more);
    this.read({ origin });
  }

  read({ origin }) {
    const { value, tree, error } = readText(this.lib, this.text);
    Object.assign(this, { error, tree });
    this.say("");
    if (origin !== "editor") this.editor.setText(this.text);
    if (value) {
      this.problems = problemsMeanwhile(quickProblems(value, this.limits), this.serverProblems, this.good.value, value);
      this.good = { text: this.text, value };
      this.form.update(value, { fromForm: origin === "form" });
      this.check(this.text, this.video);
    } else this.problems = [];
    this.show();
  }

  /** The server's answer: paths become places in text and form. */
  judged({ problems, warnings }) {
    if (this.error) return;
    this.serverProblems = problems.map(({ path, message }) => ({ path: pathOf(path), message }));
    this.problems = this.serverProblems;
    this.warnings = warnings;
    this.show();
  }

  show() {
    const { error, problems } = this;
    this.form.freeze(Boolean(error));
    this.find("mistake").hidden = !error;
    this.find("mistake-words").textContent = error ? `The text has a mistake in line ${error.line}. Fix it there, or go back to the last good version.` : "";
    this.find("use").disabled = Boolean(error);
    this.find("use").title = error ? this.find("mistake-words").textContent : "";
    this.form.showProblems(problems);
    const marks = problems.map(({ path, message }) => ({ ...placeOf(this.lib, this.tree, path), message, severity: "error" }));
    this.editor.setProblems(error ? [{ ...error, severity: "error" }] : marks);
    this.showSummary();
    this.showSteps();
  }

  /** Undo and Redo tell what they would undo and redo. */
  showSteps() {
    for (const [name, step] of Object.entries(this.history.names)) {
      const button = this.find(name);
      button.disabled = !step;
      button.title = step;
    }
  }

  showSummary() {
    const { error, problems } = this;
    const notes = error ? [] : (this.warnings ?? []);
    this.find("warnings").replaceChildren(...notes.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
    const count = error ? 1 : problems.length;
    const state = this.find("state");
    state.textContent = count ? `▲ ${count} problem${count === 1 ? "" : "s"}` : "✓ valid";
    state.classList.toggle("error-text", count > 0);
    const shown = error ? [error] : problems;
    this.find("summary").replaceChildren(...shown.map(({ message }, index) => {
      const item = document.createElement("li");
      const jump = Object.assign(document.createElement("button"), { type: "button", className: "link-button", textContent: message });
      jump.dataset.jump = index;
      item.append(jump);
      return item;
    }));
  }

  jump(index) {
    if (this.error) this.editor.reveal(this.error);
    else {
      const { path } = this.problems[index];
      if (!this.form.reveal(path)) this.editor.reveal(placeOf(this.lib, this.tree, path));
    }
  }

  step(found) {
    if (!found) return;
    this.text = found.text;
    clearTimeout(this.quiet);
    this.read({ origin: "outside" });
  }

  undo() {
    this.step(this.history.undo());
  }

  redo() {
    this.step(this.history.redo());
  }

  format() {
    if (this.error) return;
    const edits = this.lib.format(this.text, undefined, { tabSize: 2, insertSpaces: true });
    this.take(this.lib.applyEdits(this.text, edits), "Format");
  }

  keep() {
    this.askToClose(false);
    (this.asked?.isConnected ? this.asked : this.find("use")).focus();
  }

  leave() {
    if (this.text === this.start) this.dialog.close();
    else this.askToClose(true);
  }

  askToClose(asking) {
    this.find("asking").hidden = !asking;
    if (!asking) return;
    if (document.activeElement !== this.find("keep")) this.asked = document.activeElement;
    this.find("keep").focus();
  }

  /** Instead of the buttons of the foot a name to type. */
  showSave(shown) {
    this.saving.clear();
    this.find("saved").textContent = "";
    this.find("save").hidden = !shown;
    this.find("save-as").hidden = shown;
    (shown ? this.find("save").querySelector("input") : this.find("save-as")).focus();
  }

  use() {
    clearTimeout(this.quiet);
    this.read({ origin: "editor" });
    if (this.error) return;
    document.dispatchEvent(new CustomEvent("definitions:use", { detail: { text: this.text } }));
    this.dialog.close();
  }
}

let ready = null;

/** The bundle and the schema, fetched once; also called ahead of need. */
export function loadBuilder(dialog) {
  ready ??= Promise.all([
    import(new URL(dialog.dataset.src, location.href).href),
    fetch(dialog.dataset.schemaUrl).then((answer) => answer.json()),
  ]).then(([lib, { schema, limits }]) => new Builder(dialog, { lib, schema, limits }));
  ready.catch(() => (ready = null));
  return ready;
}

/** Open the Builder over `text`; "Use these" fires `definitions:use` with the new text. */
export async function openBuilder(dialog, text, options) {
  const builder = await loadBuilder(dialog);
  if (!dialog.open) builder.open(text, options);
}
