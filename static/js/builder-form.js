// The Builder pane: a form over the definitions. It never holds them: every event becomes edits of the text.

import { mountDrag } from "./builder-drag.js";
import { ImageRows } from "./builder-images.js";
import { RangeRows } from "./builder-ranges.js";
import { appendEdit, duplicate, KINDS, kindEdits, kindOf, newDefinition, newField, suggestId } from "./definition-model.js";

/** Make `list` have one child for every item, and bring each up to date. */
function reconcile(list, items, create, patch) {
  while (list.children.length > items.length) list.lastElementChild.remove();
  while (list.children.length < items.length) list.append(create());
  items.forEach((item, index) => patch(list.children[index], item, index));
}

/** A text to show for any value: people may write anything into the Editor. */
const words = (value) => (value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value));

const pathText = (path) => JSON.stringify(path);
const pathFrom = (element) => JSON.parse(element.closest("[data-path]").dataset.path);

export class BuilderForm {
  /** `onEdit(name, edits)`; `limits` from the API; `context()` gives {time, duration} of the player and video. */
  constructor(root, { limits, onEdit, context }) {
    Object.assign(this, { root, limits, onEdit, context, value: [], drawn: new WeakMap() });
    this.list = root.querySelector("[data-definitions-list]");
    root.addEventListener("input", (event) => this.typed(event.target));
    root.addEventListener("change", (event) => this.changed(event.target));
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) this.act(button);
    });
    this.ranges = new RangeRows(this);
    this.images = new ImageRows(this);
    mountDrag(this.list, (row, steps) => this.move(pathFrom(row), steps));
  }

  template(name) {
    return this.root.querySelector(`template[data-template=${name}]`).content.firstElementChild.cloneNode(true);
  }

  /** What stands at a path of the definitions. */
  at(path) {
    return path.reduce((now, step) => now?.[step], this.value);
  }

  update(value, { fromForm = false } = {}) {
    this.value = value;
    this.keep = fromForm ? document.activeElement : null;
    this.root.querySelector("[data-definition-counter]").textContent = `${value.length}/${this.limits.definitions}`;
    const { time, duration } = this.context();
    const around = `${value.length} ${duration} ${time === null}`;
    reconcile(this.list, value, () => this.template("definition"), (card, definition, index) => {
      if (this.stale(card, definition, `${index} ${around}`)) this.patchCard(card, definition ?? {}, [index]);
    });
    this.root.querySelector('[data-do="add-definition"]').disabled = value.length >= this.limits.definitions;
  }

  /** Whether an element shows something else than before; what did not change is not touched. */
  stale(element, item, around) {
    const key = `${around} ${JSON.stringify(item)}`;
    if (this.drawn.get(element) === key) return false;
    this.drawn.set(element, key);
    return true;
  }

  /** Draw everything anew next time: what was typed and never used is gone. */
  forget() {
    this.drawn = new WeakMap();
    this.list.replaceChildren();
  }

  /** Readable only, while the text has a mistake. */
  freeze(frozen) {
    this.root.querySelector("fieldset").disabled = frozen;
  }

  set(element, value, path) {
    element.dataset.path = pathText(path);
    const text = words(value);
    if (element !== this.keep && element.value !== text) element.value = text;
  }

  patchCard(card, definition, path) {
    card.dataset.path = pathText(path);
    const find = (name) => card.querySelector(`[data-part=${name}]`);
    const description = words(definition.description);
    const id = words(definition.id);
    find("title").textContent = id || "no id yet";
    this.set(find("id"), definition.id, [...path, "id"]);
    this.set(find("description"), definition.description, [...path, "description"]);
    this.count(find("description-count"), description, this.limits.description_characters);
    const wanted = suggestId(description);
    find("suggest").hidden = !/^segment(_\d+)?$|^$/.test(id) || !wanted || wanted === id;
    find("suggest").textContent = `Use “${wanted}”`;
    find("suggest").dataset.id = wanted;
    find("up").disabled = path[0] === 0;
    find("down").disabled = path[0] === this.value.length - 1;
    this.patchFields(card, definition, path, find);
    this.ranges.patch(find, definition, path, reconcile);
    this.images.patch(find, definition, path, reconcile);
  }

  patchFields(_card, definition, path, find) {
    const fields = Array.isArray(definition.fields) ? definition.fields : [];
    find("field-counter").textContent = `${fields.length}/${this.limits.fields}`;
    find("add-field").disabled = fields.length >= this.limits.fields;
    reconcile(find("fields"), fields, () => this.template("field"), (row, field, index) => {
      if (this.stale(row, field, `${path[0]} ${index} ${fields.length}`)) this.patchField(row, field ?? {}, [...path, "fields", index], fields.length);
    });
  }

  patchField(row, field, path, count) {
    row.dataset.path = pathText(path);
    const find = (name) => row.querySelector(`[data-part=${name}]`);
    const kind = kindOf(field);
    this.set(find("name"), field.name, [...path, "name"]);
    this.set(find("field-description"), field.description, [...path, "description"]);
    const options = Object.entries(KINDS).filter(([name]) => name !== "time_array" || kind === "time_array");
    if (find("kind").options.length !== options.length) find("kind").replaceChildren(...options.map(([name, words]) => new Option(words, name)));
    this.set(find("kind"), kind, [...path, "type"]);
    find("field-up").disabled = path.at(-1) === 0;
    find("field-down").disabled = path.at(-1) === count - 1;
    const chosen = kind === "choice" || (kind === "array" && (field.items?.type ?? "string") === "string");
    find("choices").hidden = !chosen;
    if (chosen) this.patchChoices(find, field, path, kind);
    find("item-type-field").hidden = kind !== "array";
    this.set(find("item-type"), field.items?.type ?? "string", [...path, "items", "type"]);
    find("format-field").hidden = kind !== "timestamp";
    this.set(find("format"), field.format ?? "hh:mm:ss", [...path, "format"]);
  }

  patchChoices(find, field, path, kind) {
    const values = Array.isArray(field.enum) ? field.enum : [];
    find("choices").dataset.path = pathText([...path, "enum"]);
    reconcile(find("chips"), values, () => this.template("chip"), (chip, value, index) => {
      chip.querySelector("[data-part=choice]").textContent = words(value);
      chip.querySelector("[data-part=choice-name]").textContent = `Remove ${words(value)}`;
      chip.dataset.path = pathText([...path, "enum", index]);
    });
    find("choice-hint").textContent = kind === "choice" && values.length && !values.includes("other") ? "Consider adding “other”: a value outside the list cannot be given." : "";
    find("choice-counter").textContent = `${values.length}/${this.limits.enum_values}`;
    find("choice-label").textContent = kind === "choice" ? "Choices" : "Allowed values (optional)";
  }

  count(element, text, most) {
    const { length } = [...text];
    element.textContent = `${length}/${most}`;
    element.classList.toggle("error-text", length > most);
  }

  typed(element) {
    const { part } = element.dataset;
    if (part === "start" || part === "end") return this.ranges.typed(element);
    if (part === "image-name") return this.images.rename(element);
    const names = { id: "Rename definition", description: "Edit description", name: "Rename field", "field-description": "Edit field description" };
    if (names[part]) this.onEdit(names[part], [{ path: pathFrom(element), value: element.value }], { typing: true, group: element.dataset.path });
  }

  changed(element) {
    const run = {
      kind: () => this.changeKind(pathFrom(element).slice(0, -1), element.value),
      "item-type": () => this.onEdit("Change kind of list", this.itemEdits(pathFrom(element).slice(0, -2), element.value)),
      format: () => this.onEdit("Change time format", [{ path: pathFrom(element), value: element.value }]),
      start: () => this.ranges.changed(element),
      end: () => this.ranges.changed(element),
      "image-file": () => this.images.addFiles(element),
      "image-place": () => this.images.place(element),
    };
    run[element.dataset.part]?.();
  }

  changeKind(path, kind) {
    this.onEdit("Change kind of field", kindEdits(path, this.at(path), kind));
  }

  itemEdits(path, type) {
    const edits = [{ path: [...path, "items"], value: { type } }];
    if (type !== "string" && this.at(path).enum) edits.push({ path: [...path, "enum"], value: undefined });
    return edits;
  }

  key(event) {
    if (event.target.dataset.part !== "choice-input" || event.key !== "Enter") return;
    event.preventDefault();
    this.addChoice(event.target);
  }

  addChoice(input) {
    const path = pathFrom(input);
    const values = this.at(path) ?? [];
    const fresh = input.value.split(",").map((each) => each.trim()).filter((each, index, all) => each && !values.includes(each) && all.indexOf(each) === index);
    input.value = "";
    if (fresh.length) this.onEdit("Add choice", [{ path, value: [...values, ...fresh] }]);
  }

  act(button) {
    const what = button.dataset.do;
    if (what === "add-definition") return this.addDefinition(newDefinition(this.value));
    if (what === "fold") return this.fold(button.closest(".definition"));
    const path = pathFrom(button);
    const here = this.at(path);
    if (what === "up" || what === "down") return this.moveBy(path, what);
    const run = {
      duplicate: () => this.addDefinition(duplicate(here, this.value)),
      remove: () => this.remove(path, here),
      suggest: () => this.onEdit("Rename definition", [{ path: [...path, "id"], value: button.dataset.id }]),
      "add-field": () => this.addField(path, here),
      "add-range": () => this.ranges.add(path, here, 0),
      "add-playhead": () => this.ranges.add(path, here, this.context().time ?? 0),
      "add-image-place": () => this.images.addPlace(path, here),
      mention: () => this.images.insert(path),
      "add-choice": () => this.addChoice(button.parentElement.querySelector("input")),
    };
    return run[what]?.();
  }

  /** The element of a list's item: it goes with its item, and what is open in it stays open. */
  item(path) {
    return this.root.querySelector(`li[data-path=${CSS.escape(pathText(path))}]`);
  }

  /** Fold a definition to its title, or unfold it. */
  fold(card, folded = card.querySelector("[data-part=fold]").getAttribute("aria-expanded") === "true") {
    card.querySelector("[data-part=fold]").setAttribute("aria-expanded", String(!folded));
    card.querySelector("[data-part=body]").hidden = folded;
  }

  /** Move an item of a list by any number of places. */
  move(path, steps) {
    if (!steps) return;
    const row = this.item(path);
    const list = row.parentElement;
    const [from, step] = [path.at(-1), Math.sign(steps)];
    const edits = Array.from({ length: Math.abs(steps) }, (_, n) => ({ path: [...path.slice(0, -1), from + n * step], move: step }));
    row.remove();
    list.insertBefore(row, list.children[from + steps] ?? null);
    this.onEdit("Move", edits);
  }

  /** The focus goes with the moved item, so that pressing again moves it further. */
  moveBy(path, what) {
    const step = what === "up" ? -1 : 1;
    this.move(path, step);
    const row = this.item([...path.slice(0, -1), path.at(-1) + step]);
    const button = (name) => row.querySelector(`[data-do=${name}]`);
    (button(what).disabled ? button(step < 0 ? "down" : "up") : button(what)).focus();
    row.scrollIntoView({ block: "nearest" });
  }

  remove(path, thing) {
    const name = words(thing?.id ?? thing?.name ?? (typeof thing === "string" ? thing : ""));
    const said = path.at(-2) === "time_ranges" ? "Removed a time range." : `Deleted ${name || "it"}.`;
    const home = this.item(path).parentElement.closest("li") ?? this.root;
    const edits = this.removal(path);
    this.item(path).remove();
    this.onEdit(path.length === 1 ? "Delete definition" : "Remove", edits, { said, path });
    this.focusAfter(path, home);
  }

  /** The focus goes to the neighbour of what was removed, else to the button that adds one. */
  focusAfter(path, home) {
    const near = [0, -1].map((step) => this.item([...path.slice(0, -1), path.at(-1) + step])).find(Boolean);
    const add = { fields: "add-field", time_ranges: "add-range", enum: "add-choice", media_sources: "add-image-place" }[path.at(-2)] ?? "add-definition";
    (near?.querySelector("[data-do=remove]") ?? home.querySelector(`[data-do=${add}]`)).focus();
  }

  /** Lists that would be empty go as a whole where the contract wants at least one entry. */
  removal(path) {
    const list = this.at(path.slice(0, -1));
    const lonely = Array.isArray(list) && list.length === 1 && ["enum", "time_ranges", "media_sources"].includes(path.at(-2));
    const field = lonely && path.at(-2) === "enum" ? this.at(path.slice(0, -2)) : null;
    if (field?.type === "string") return [{ path: path.slice(0, -1), value: [] }];
    return [{ path: lonely ? path.slice(0, -1) : path, value: undefined }];
  }

  addDefinition(definition) {
    this.onEdit("Add definition", [{ path: [this.value.length], value: definition, insert: true }]);
    this.list.lastElementChild.querySelector("[data-part=description]").focus();
  }

  addField(path, definition) {
    this.onEdit("Add field", [appendEdit([...path, "fields"], definition.fields, newField(definition.fields))]);
    this.list.children[path[0]].querySelector("[data-part=fields]").lastElementChild.querySelector("[data-part=name]").select();
  }

  /** Show messages under their controls; a path without a control of its own goes to the nearest one above it. */
  showProblems(problems) {
    for (const slot of this.root.querySelectorAll("[data-problem]")) slot.remove();
    for (const each of this.root.querySelectorAll("[aria-invalid]")) {
      each.removeAttribute("aria-invalid");
      each.removeAttribute("aria-describedby");
    }
    problems.forEach(({ path, message }, index) => {
      const control = this.control(path);
      if (!control) return;
      const slot = Object.assign(document.createElement("p"), { className: "error-text", textContent: message, id: `builder-problem-${index}` });
      slot.dataset.problem = "";
      const field = control.closest(".field") ?? control;
      if (control.matches("input, select, textarea")) {
        control.setAttribute("aria-invalid", "true");
        control.setAttribute("aria-describedby", slot.id);
        field.append(slot);
      } else (control.querySelector("[data-part=body]") ?? control).prepend(slot);
    });
  }

  /** The control of a path, or of the nearest path above it. */
  control(path) {
    for (let length = path.length; length > 0; length -= 1) {
      const wanted = CSS.escape(pathText(path.slice(0, length)));
      const found = this.root.querySelector(`:is(input, select, textarea)[data-path=${wanted}]`) ?? this.root.querySelector(`[data-path=${wanted}]`);
      if (found) return found;
    }
    return null;
  }

  /** Show the place of a path and put the focus there; false when the form has no such place. */
  reveal(path) {
    const control = this.control(path);
    if (!control) return false;
    this.fold(control.closest(".definition"), false);
    control.scrollIntoView({ block: "center" });
    (control.matches("input, select, textarea") ? control : control.querySelector("textarea, input, button"))?.focus();
    return true;
  }
}
