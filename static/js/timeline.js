// <segment-timeline>: all definitions of a result as lanes on one time axis. Its markup comes from _result_visual.html.

import { HoverCard } from "./hover-card.js";
import { clampWindow, followWindow, GLYPHS, makeLane, panWindow, segmentAt, shortestWindow, zoomWindow } from "./timeline-core.js";
import { Options, pickOptions, stepAnyLane, WIDE } from "./timeline-options.js";
import { context, laneBoxes, paintGround, paintLane, paintRuler, palette, rowBox } from "./timeline-paint.js";
import { hit, mountPointer } from "./timeline-pointer.js";
import { Ribbons } from "./timeline-ribbons.js";
import { Strip } from "./timeline-strip.js";

const ZOOM_STEP = 1.6;
const PAN_SHARE = 0.5;
const NARROW = matchMedia("(max-width: 699px)");

export class SegmentTimeline extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    const find = (name) => this.querySelector(`[data-${name}]`);
    Object.assign(this, { area: find("area"), canvas: find("canvas"), labels: find("labels") });
    Object.assign(this, { playhead: find("playhead"), outline: find("outline"), hoverLine: find("hover-line") });
    Object.assign(this, { slider: find("zoom-slider"), laneSelect: find("lane-select"), lanes: [], boxes: [], off: new Set(), matches: null });
    Object.assign(this, { view: { from: 0, to: 1 }, duration: 1, scale: 1, time: 0, selected: null, buffered: [] });
    this.card = new HoverCard(find("card"));
    this.options = new Options(find("options"), {
      onSelect: (at) => this.emit("segment:select", { ...at, play: true }),
      onPlay: (at) => this.emit("segment:play", at),
      onFocus: (at) => this.showCard(at),
      onLeave: () => this.card.hide(),
    });
    mountPointer(this, this.area);
    this.strip = new Strip(find("overview"), this);
    this.ribbons = new Ribbons(this);
    this.listen();
  }

  disconnectedCallback() {
    this.gone?.abort();
  }

  listen() {
    this.gone = new AbortController();
    const { signal } = this.gone;
    const repaint = () => {
      this.colours = null;
      this.renew();
    };
    document.addEventListener("theme:change", repaint, { signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint, { signal });
    NARROW.addEventListener("change", () => this.narrow(), { signal });
    const resized = new ResizeObserver(() => this.schedule());
    resized.observe(this.area);
    signal.addEventListener("abort", () => resized.disconnect());
    this.addEventListener("click", (event) => {
      const pan = event.target.closest("[data-pan]");
      if (pan) this.pan(Number(pan.dataset.pan) * PAN_SHARE * (this.view.to - this.view.from));
      const button = event.target.closest("[data-zoom]");
      if (button) this.zoomBy(button.dataset.zoom);
      const lane = event.target.closest("[data-lane-toggle], [data-lane-solo]");
      if (lane) this.toggleLane(Number(lane.dataset.laneIndex), lane.hasAttribute("data-lane-solo"));
    });
    this.slider.addEventListener("input", () => {
      const length = this.duration * (this.shortest / this.duration) ** (Number(this.slider.value) / 100);
      this.zoom((this.view.to - this.view.from) / length, this.centre());
    });
    this.laneSelect.addEventListener("change", () => this.toggleLane(Number(this.laneSelect.value), true));
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.card.hide({ now: true }));
  }

  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  /** Show a result as `visual.json` has it. */
  show({ lanes, video, window: span, unreadable }, frameRate) {
    this.lanes = lanes.map(makeLane);
    const last = Math.max(0, ...this.lanes.map((lane) => lane.maxEnd.at(-1) ?? 0));
    this.duration = Math.max(video.duration || 0, last, 0.1);
    Object.assign(this, { span, unreadable, sprite: video.sprite, frameRate, view: { from: 0, to: this.duration } });
    this.options.setLanes(this.lanes);
    const count = `${this.lanes.length} definition${this.lanes.length === 1 ? "" : "s"}`;
    this.setAttribute("aria-label", `Segment timeline, ${count}`);
    this.ribbons.show();
    this.paintLabels();
    this.narrow();
  }

  /** A narrow screen shows one lane, a wide one all. */
  narrow() {
    this.off = NARROW.matches ? this.othersThan(this.selected?.lane ?? 0) : new Set();
    this.renew();
  }

  othersThan(lane) {
    return new Set(this.lanes.map((_, index) => index).filter((index) => index !== lane));
  }

  paintLabels() {
    const template = this.querySelector("template[data-label]");
    const several = this.lanes.length > 1;
    this.labels.replaceChildren(...this.lanes.map((lane, index) => {
      const label = template.content.firstElementChild.cloneNode(true);
      label.querySelector("[data-label-glyph]").textContent = GLYPHS[index % GLYPHS.length];
      label.querySelector("[data-label-glyph]").style.color = `var(--lane-${(index % 10) + 1})`;
      label.querySelector("[data-label-name]").textContent = lane.id;
      label.title = lane.description ?? lane.id;
      label.querySelector("[data-label-count]").textContent = lane.overflow ? `${lane.count} (+${lane.overflow})` : lane.count;
      for (const button of label.querySelectorAll("button")) {
        button.dataset.laneIndex = index;
        button.hidden = !several;
        button.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: lane.id }));
      }
      return label;
    }));
    this.laneSelect.replaceChildren(...this.lanes.map((lane, index) => new Option(`${GLYPHS[index % GLYPHS.length]} ${lane.id}`, index)));
    this.laneSelect.hidden = !several;
  }

  toggleLane(index, solo) {
    const others = this.othersThan(index);
    const alone = !this.off.has(index) && [...others].every((each) => this.off.has(each));
    if (solo) this.off = alone && !NARROW.matches ? new Set() : others;
    else if (this.off.has(index)) this.off.delete(index);
    else if (this.off.size < this.lanes.length - 1) this.off.add(index);
    this.renew();
  }

  timeAt(x) {
    return Math.min(this.duration, Math.max(0, this.view.from + x / this.scale));
  }

  centre() {
    const at = this.selected ? this.segment(this.selected).start : this.time;
    return at >= this.view.from && at <= this.view.to ? at : (this.view.from + this.view.to) / 2;
  }

  get shortest() {
    return Math.min(this.duration, shortestWindow(this.width || this.area.clientWidth || 600, this.frameRate));
  }

  segment({ lane, index }) {
    return this.lanes[lane].segments[index];
  }

  setView(view, { tell = true } = {}) {
    if (view.from === this.view.from && view.to === this.view.to) return;
    this.view = view;
    this.card.hide({ now: true });
    this.schedule();
    if (tell) this.emit("window:change", this.fits ? { from: null, to: null } : view);
  }

  get fits() {
    return this.view.to - this.view.from > this.duration - 1e-6;
  }

  zoom(factor, about) {
    this.setView(zoomWindow(this.view, factor, about, this.duration, this.shortest));
  }

  pan(seconds) {
    this.setView(panWindow(this.view, seconds, this.duration));
  }

  zoomBy(kind) {
    if (kind === "fit") this.setView({ from: 0, to: this.duration });
    else if (kind === "segment" && this.selected) this.zoomToSelected();
    else if (kind === "in" || kind === "out") this.zoom(kind === "in" ? ZOOM_STEP : 1 / ZOOM_STEP, this.centre());
  }

  zoomToSelected() {
    const { start, end } = this.segment(this.selected);
    const margin = (end - start) * 0.15;
    this.setView(clampWindow({ from: start - margin, to: end + margin }, this.duration, this.shortest));
  }

  /** Fade what does not match; null shows all. One array of 0 and 1 for each lane. */
  setMatches(matches) {
    this.matches = matches;
    this.renew();
  }

  /** Mark a segment as selected and bring it into the window. */
  select(at) {
    this.selected = at;
    if (at) {
      this.showLane(at.lane);
      this.laneSelect.value = String(at.lane);
      const { start, end } = this.segment(at);
      const middle = (start + end) / 2;
      if (end < this.view.from || start > this.view.to) this.setView(followWindow(this.view, middle, this.duration));
    }
    this.schedule();
  }

  showLane(lane) {
    if (!this.off.has(lane)) return;
    if (NARROW.matches) this.off = this.othersThan(lane);
    this.off.delete(lane);
    this.renew();
  }

  /** The neighbour in the lane, or in any lane; null at the ends. */
  neighbour(step, anyLane = false) {
    if (!this.selected) return this.firstFrom(step);
    const { lane, index } = this.selected;
    if (anyLane) return stepAnyLane(this.lanes, lane, index, step);
    const next = index + step;
    return next >= 0 && next < this.lanes[lane].count ? { lane, index: next } : null;
  }

  firstFrom(step) {
    const lane = this.lanes.findIndex((each, index) => each.count && !this.off.has(index));
    if (lane < 0) return null;
    const inside = segmentAt(this.lanes[lane], this.time);
    const after = this.lanes[lane].segments.findIndex((each) => each.start > this.time);
    if (inside >= 0 && step > 0) return { lane, index: inside };
    return { lane, index: step > 0 ? Math.max(0, after) : Math.max(0, (after < 0 ? this.lanes[lane].count : after) - 1) };
  }

  /** The window follows a playhead that leaves it, not one that was left behind by panning. */
  setTime(time, moving) {
    const inside = this.time >= this.view.from && this.time <= this.view.to;
    this.time = time;
    if (moving && inside) this.setView(followWindow(this.view, time, this.duration), { tell: false });
    this.movePlayhead();
  }

  setBuffered(ranges) {
    this.buffered = ranges;
    this.strip.paintBuffered();
  }

  movePlayhead() {
    const x = (this.time - this.view.from) * this.scale;
    this.playhead.hidden = x < -1 || x > this.width + 1;
    this.playhead.style.transform = `translateX(${x}px)`;
  }

  hover(x, y) {
    this.hoverLine.hidden = false;
    this.hoverLine.style.transform = `translateX(${x}px)`;
    this.ribbons.hover(x);
    const found = hit(this, x, y);
    if (found) this.showCard(found);
    else this.card.hide();
  }

  leave() {
    this.hoverLine.hidden = true;
    this.ribbons.hover(null);
    this.card.hide();
  }

  block({ lane, index }) {
    const { start, end } = this.segment({ lane, index });
    const x = Math.max(0, (start - this.view.from) * this.scale);
    const right = Math.min(this.width, (end - this.view.from) * this.scale);
    return { x, width: Math.max(2, right - x), ...rowBox(this.lanes[lane], this.boxes[lane], this.lanes[lane].rows[index]) };
  }

  showCard(at) {
    const block = this.block(at);
    const [outer, inner] = [this.getBoundingClientRect(), this.area.getBoundingClientRect()];
    const moved = { ...block, x: block.x + inner.left - outer.left, top: block.top + inner.top - outer.top };
    this.card.show(this.lanes[at.lane], at.index, this.sprite, moved);
  }

  /** Lanes, colours or matches changed: all is painted anew, not only the window. */
  renew() {
    this.fresh = false;
    this.strip.forget();
    this.schedule();
  }

  schedule() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.lanes.length && this.isConnected) this.paint();
    });
  }

  paint() {
    this.width = this.area.clientWidth;
    this.strip.measure(); // read before anything is written: asking later would lay the page out once more
    if (!this.width) return;
    this.colours ??= palette(this);
    this.scale = this.width / (this.view.to - this.view.from);
    if (!this.fresh) this.layOut();
    const ctx = context(this.canvas, this.width, this.height);
    const wide = this.lanes.map((lane, at) => {
      if (this.off.has(at)) return [];
      const matching = this.matches?.[at];
      return paintLane(ctx, this.colours, lane, { at, box: this.boxes[at], view: this.view, width: this.width, scale: this.scale, matching, wide: WIDE });
    });
    paintGround(ctx, this.colours, this);
    paintRuler(ctx, this.colours, this.view, this.width, this.scale);
    this.updateOptions(wide);
    this.paintOutline();
    this.movePlayhead();
    this.strip.paint();
    this.showZoom();
  }

  /** Heights of lanes and labels. */
  layOut() {
    const { coverage } = this.ribbons.shown;
    Object.assign(this, laneBoxes(this.lanes, this.off, { coverage, ...(NARROW.matches && { offHeight: 0 }) }));
    this.ribbons.label.hidden = !coverage;
    this.area.style.height = `${this.height}px`;
    [...this.labels.children].forEach((label, index) => {
      label.style.height = `${this.boxes[index].height}px`;
      label.dataset.off = this.off.has(index);
      label.querySelector("[data-lane-toggle]").setAttribute("aria-pressed", String(!this.off.has(index)));
    });
    this.fresh = true;
  }

  updateOptions(wide) {
    const at = this.selected;
    if (at && !this.off.has(at.lane) && !wide[at.lane].some((each) => each.index === at.index)) {
      const { start, end } = this.segment(at);
      if (end > this.view.from && start < this.view.to) wide[at.lane].push({ index: at.index, ...this.block(at) });
    }
    this.options.update(pickOptions(wide, at), at, this.off, this.matches);
  }

  paintOutline() {
    const shown = this.selected && !this.off.has(this.selected.lane);
    this.outline.hidden = !shown;
    if (!shown) return;
    const block = this.block(this.selected);
    this.outline.hidden = block.x + block.width < 0 || block.x > this.width;
    this.outline.style.transform = `translate(${block.x}px, ${block.top}px)`;
    this.outline.style.width = `${block.width}px`;
    this.outline.style.height = `${block.height}px`;
  }

  showZoom() {
    const share = Math.log((this.view.to - this.view.from) / this.duration) / Math.log(this.shortest / this.duration || 0.5);
    this.slider.value = String(Math.round(100 * (Number.isFinite(share) ? share : 0)));
    for (const button of this.querySelectorAll("[data-pan]")) button.disabled = this.fits;
  }
}

customElements.define("segment-timeline", SegmentTimeline);
