// All segments as a table: the equal of the timeline, in slices of 200 rows.

import { fieldTitle, valueWords } from "./field-values.js";
import { stamp } from "./times.js";

const SLICE = 200;

/** Rows of all lanes: [{lane, index, segment, cells}], cells after the order of `fieldNames`. */
export function listRows(lanes, fieldNames) {
  return lanes.flatMap((lane, at) => lane.segments.map((segment, index) => {
    const cells = fieldNames.map((name) => {
      const field = lane.fields.find((each) => each.name === name);
      return field ? valueWords(field, segment.metadata?.[name]) : "";
    });
    return { lane: at, index, id: lane.id, segment, cells };
  }));
}

/** Sorted by a column: "lane", "start", "end", "length" or the name of a field. */
export function sortRows(rows, { column, descending }, fieldNames) {
  const at = fieldNames.indexOf(column);
  const key = {
    lane: (row) => row.lane * 1e6 + row.index,
    start: (row) => row.segment.start,
    end: (row) => row.segment.end,
    length: (row) => row.segment.end - row.segment.start,
  }[column] ?? ((row) => row.cells[at].toLowerCase());
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => (key(a) < key(b) ? -sign : key(a) > key(b) ? sign : 0));
}

export class SegmentList {
  /** Rows are drawn once the list is opened or printed. Tells by segment:select {lane, index}. */
  constructor(root) {
    Object.assign(this, { root, shown: SLICE, matches: null, sort: { column: "lane", descending: false } });
    this.table = root.querySelector("table");
    this.more = root.querySelector("[data-list-more]");
    this.more.addEventListener("click", () => {
      this.shown += SLICE;
      this.paint();
    });
    this.table.addEventListener("click", (event) => {
      const column = event.target.closest("[data-sort]")?.dataset.sort;
      if (column) this.sortBy(column);
      const row = event.target.closest("[data-lane]");
      const detail = row && { lane: Number(row.dataset.lane), index: Number(row.dataset.index) };
      if (detail) root.dispatchEvent(new CustomEvent("segment:select", { detail, bubbles: true }));
    });
    root.addEventListener("toggle", () => this.paint());
  }

  /** Print what a closed list would hide. */
  forPrint() {
    this.root.open = true;
    this.paint();
  }

  show(lanes) {
    this.names = [...new Set(lanes.flatMap((lane) => lane.fields.map((field) => field.name)))];
    this.rows = listRows(lanes, this.names);
    this.count();
    this.head();
    this.paint();
  }

  /** Only what matches is listed; null lists all. */
  filter(matches) {
    this.matches = matches;
    this.count();
    this.paint();
  }

  get listed() {
    return this.matches ? this.rows.filter(({ lane, index }) => this.matches[lane][index]) : this.rows;
  }

  count() {
    const [listed, all] = [this.listed.length, this.rows.length];
    this.root.querySelector("[data-list-count]").textContent = listed === all ? all : `${listed} of ${all}`;
  }

  head() {
    const columns = [["lane", "Definition"], ["", "#"], ["start", "Start"], ["end", "End"], ["length", "Length"], ...this.names.map((name) => [name, fieldTitle(name)])];
    this.table.tHead.rows[0].replaceChildren(...columns.map(([column, title]) => {
      const cell = document.createElement("th");
      cell.scope = "col";
      if (!column) cell.textContent = title;
      else {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "link-button", textContent: title });
        button.dataset.sort = column;
        cell.append(button);
      }
      return cell;
    }));
  }

  sortBy(column) {
    this.sort = { column, descending: this.sort.column === column && !this.sort.descending };
    this.paint();
  }

  paint() {
    if (!this.root.open || !this.rows) return;
    const rows = sortRows(this.listed, this.sort, this.names);
    for (const cell of this.table.tHead.rows[0].cells) {
      const mine = cell.firstElementChild?.dataset.sort === this.sort.column;
      if (mine) cell.setAttribute("aria-sort", this.sort.descending ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    }
    this.table.tBodies[0].replaceChildren(...rows.slice(0, this.shown).map((row) => this.row(row)));
    const left = rows.length - this.shown;
    this.more.hidden = left <= 0;
    this.more.textContent = `Show next ${Math.min(SLICE, left)}`;
    this.mark(this.selected);
  }

  row({ lane, index, id, segment, cells }) {
    const row = document.createElement("tr");
    row.dataset.lane = lane;
    row.dataset.index = index;
    const times = [stamp(segment.start), stamp(segment.end), `${(segment.end - segment.start).toFixed(1)} s`];
    const select = Object.assign(document.createElement("button"), { type: "button", className: "link-button", textContent: index + 1 });
    select.setAttribute("aria-label", `Select ${id} ${index + 1}`);
    const nodes = [id, select, ...times, ...cells].map((content) => {
      const cell = document.createElement("td");
      cell.append(content);
      return cell;
    });
    row.append(...nodes);
    return row;
  }

  /** Show which row is selected. */
  mark(at) {
    this.selected = at;
    this.table.querySelector("tr[aria-current]")?.removeAttribute("aria-current");
    if (at) this.table.querySelector(`tr[data-lane="${at.lane}"][data-index="${at.index}"]`)?.setAttribute("aria-current", "true");
  }
}
