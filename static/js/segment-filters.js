// The row under the timeline: a box for words and a list of values for each field that has few. Tells by find:change.

import { fieldTitle } from "./field-values.js";
import { filterFields, readQuery, writeQuery } from "./segment-find.js";

const LONGEST = 40;

export class Filters {
  constructor(root) {
    Object.assign(this, { root, fields: [], filters: {} });
    this.box = root.querySelector("[data-find]");
    this.places = root.querySelector("[data-filters]");
    this.clearing = root.querySelector("[data-find-clear]");
    this.box.addEventListener("input", () => this.tell());
    this.clearing.addEventListener("click", () => {
      this.clear();
      this.box.focus();
    });
    this.places.addEventListener("change", ({ target }) => {
      if (target.value) this.filters[target.name] = target.value;
      else delete this.filters[target.name];
      this.tell();
    });
  }

  /** One list of values for each field of a result that can be filtered. */
  show(lanes) {
    this.fields = filterFields(lanes);
    this.places.replaceChildren(...this.fields.map(({ name, values }) => {
      const filter = Object.assign(document.createElement("span"), { className: "find__filter" });
      const select = Object.assign(document.createElement("select"), { name, id: `filter-${name}` });
      select.add(new Option("all", ""));
      for (const value of values) select.add(new Option(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value, value));
      filter.append(Object.assign(document.createElement("label"), { htmlFor: select.id, textContent: fieldTitle(name) }), select);
      return filter;
    }));
  }

  /** Words and filters as one line, as the address has it. */
  get query() {
    return writeQuery({ words: this.words, filters: this.filters });
  }

  set query(text) {
    const { words, filters } = readQuery(text, this.fields);
    this.box.value = words;
    this.filters = filters;
    for (const select of this.places.querySelectorAll("select")) select.value = filters[select.name] ?? "";
    this.tell();
  }

  get words() {
    return this.box.value;
  }

  clear() {
    this.query = "";
  }

  tell() {
    this.clearing.hidden = !this.query;
    this.root.dispatchEvent(new CustomEvent("find:change", { bubbles: true }));
  }
}
