// The panel beside the player: the selected segment with its fields, and why it is there.

import { copyText } from "./copy.js";
import { eventWords, fieldTitle, UNKNOWN, valueWords } from "./field-values.js";
import { GLYPHS } from "./timeline-core.js";
import { stamp } from "./times.js";
import { overallWords, whyRows } from "./why-here.js";

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

function seekLink(seconds) {
  const link = make("button", "link-button", stamp(seconds));
  link.type = "button";
  link.dataset.seek = seconds;
  link.title = "Go to this time";
  return link;
}

function chips(values) {
  const list = make("ul", "facts__chips");
  list.append(...values.map((value) => {
    const item = make("li", "chip");
    const start = value?.start_time;
    if (typeof start === "number") item.append(seekLink(start), make("span", "", eventWords({ ...value, start_time: null })));
    else item.textContent = eventWords(value);
    return item;
  }));
  return list;
}

/** A node that shows the value of a field. */
export function valueNode(field, value) {
  const words = valueWords(field, value);
  if (words === UNKNOWN) {
    const unknown = make("span", "muted", UNKNOWN);
    unknown.title = "not determined";
    unknown.append(make("span", "visually-hidden", " not determined"));
    return unknown;
  }
  if (Array.isArray(value)) return chips(value);
  if (field.type === "timestamp" && typeof value === "number") return seekLink(value);
  const text = make("span", "facts__text", words);
  text.dataset.clamp = "";
  return text;
}

export class MetadataPanel {
  /** Tells by events: segment:step {step}, segment:play and segment:link {lane, index}. */
  constructor(root) {
    Object.assign(this, { root, seconds: false });
    this.find("previous").addEventListener("click", () => this.emit("step", { step: -1 }));
    this.find("next").addEventListener("click", () => this.emit("step", { step: 1 }));
    this.find("play").addEventListener("click", () => this.emit("play", this.place));
    this.find("copy-json").addEventListener("click", () => this.copyJson());
    this.find("copy-link").addEventListener("click", () => this.copyLink());
    this.find("time").addEventListener("click", () => copyText(this.timeText(), this.find("time")));
    this.find("time-format").addEventListener("click", () => {
      this.seconds = !this.seconds;
      this.showTime();
    });
    root.addEventListener("click", (event) => {
      const more = event.target.closest("[data-more]");
      if (!more) return;
      const open = more.previousElementSibling.classList.toggle("facts__text--open");
      more.textContent = open ? "Less" : "More";
    });
  }

  emit(name, detail) {
    this.root.dispatchEvent(new CustomEvent(`segment:${name}`, { detail, bubbles: true }));
  }

  find(name) {
    return this.root.querySelector(`[data-facts-${name}]`);
  }

  get segment() {
    return this.lane.segments[this.index];
  }

  show(lane, at, index) {
    Object.assign(this, { lane, index, place: { lane: at, index } });
    this.find("none").hidden = true;
    this.find("body").hidden = false;
    this.find("glyph").textContent = GLYPHS[at % GLYPHS.length];
    this.find("glyph").style.color = `var(--lane-${(at % 10) + 1})`;
    this.find("name").textContent = lane.id;
    this.find("counter").textContent = `${index + 1}/${lane.count}`;
    this.find("previous").disabled = index === 0;
    this.find("next").disabled = index === lane.count - 1;
    this.showTime();
    this.showFields();
    this.showWhy();
  }

  timeText() {
    const { start, end } = this.segment;
    return this.seconds ? `${start.toFixed(2)} – ${end.toFixed(2)} s` : `${stamp(start)} – ${stamp(end)}`;
  }

  showTime() {
    this.find("time").textContent = this.timeText();
    this.find("length").textContent = `${(this.segment.end - this.segment.start).toFixed(1)} s`;
    this.find("time-format").textContent = this.seconds ? "Clock" : "Seconds";
  }

  showFields() {
    const rows = this.lane.fields.map((field) => {
      const row = make("div", "facts__row");
      const title = make("dt", "", fieldTitle(field.name));
      title.title = field.description ?? field.name;
      const value = make("dd");
      value.append(valueNode(field, this.segment.metadata?.[field.name]));
      row.append(title, value);
      return row;
    });
    this.find("fields").replaceChildren(...rows);
    for (const text of this.root.querySelectorAll("[data-clamp]")) {
      if (text.scrollHeight <= text.clientHeight + 2) continue;
      const more = make("button", "link-button", "More");
      more.type = "button";
      more.dataset.more = "";
      text.after(more);
    }
  }

  showWhy() {
    this.find("understood").textContent = overallWords(this.segment);
    this.find("reasons").replaceChildren(...whyRows(this.segment.reasons, this.lane.fields).flatMap(({ name, because, sure, notes }) => {
      const value = make("dd", "", because);
      if (sure) value.append(make("span", "muted", ` (${sure})`));
      if (notes.length) value.append(make("p", "help", notes.join(" · ")));
      return [make("dt", "", name), value];
    }));
  }

  copyJson() {
    const { start, end, metadata } = this.segment;
    const text = JSON.stringify({ start_time: start, end_time: end, metadata }, null, 2);
    return copyText(text, this.find("copy-json"));
  }

  /** Whoever knows the address puts it on the clipboard; the button shows that it is done. */
  copyLink() {
    this.emit("link", { ...this.place, button: this.find("copy-link") });
  }
}
