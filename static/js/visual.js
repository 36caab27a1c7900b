// The Visual tab: player, timeline, metadata and list of one result, tied together and to the address.

import { mountVisualKeys } from "./keys.js";
import { MetadataPanel } from "./metadata-panel.js";
import { singleKeysOn } from "./page-keys.js";
import { Player } from "./player.js";
import { SegmentList } from "./segment-list.js";
import "./timeline.js";
import { segmentAt } from "./timeline-core.js";
import { toast } from "./toasts.js";
import { changeAddress, readSegment, readSpan, readState, segmentKey } from "./url-state.js";

class Visual {
  constructor(root) {
    this.root = root;
    this.gone = new AbortController();
    this.timeline = root.querySelector("segment-timeline");
    const player = root.querySelector("[data-player]");
    this.player = new Player(player, {
      frameRate: Number(root.dataset.frameRate),
      onTime: (time, moving) => this.moved(time, moving),
      onState: () => this.stateChanged(),
      onLeave: () => this.showMode(),
    });
    this.facts = new MetadataPanel(root.querySelector("[data-facts]"), {
      onStep: (step) => this.step(step),
      onPlay: () => this.playSelected(),
      link: () => this.link(),
    });
    this.list = new SegmentList(root.querySelector("[data-list]"), { onSelect: (at) => this.select(at, { play: true }) });
    this.listen();
    this.load();
  }

  get selected() {
    return this.timeline.selected;
  }

  get mode() {
    return this.root.querySelector("input[name=after-segment]:checked").value;
  }

  get follow() {
    return this.root.querySelector("[data-follow]");
  }

  listen() {
    const { signal } = this.gone;
    const on = (name, act) => this.root.addEventListener(name, (event) => act(event.detail ?? event), { signal });
    on("segment:select", ({ lane, index }) => this.select({ lane, index }, { play: true }));
    on("segment:play", (at) => this.select(at, { play: true }));
    on("timeline:seek", ({ time }) => this.player.seek(time));
    on("window:change", ({ from, to }) => changeAddress({ z: from === null ? null : `${from.toFixed(2)}-${to.toFixed(2)}` }));
    this.root.addEventListener("change", (event) => event.target.name === "after-segment" && this.setMode(event.target.value), { signal });
    document.addEventListener("click", (event) => this.clicked(event), { signal });
    document.addEventListener("video:playable", (event) => this.player.setSource(event.detail.url), { signal });
    mountVisualKeys({
      active: () => !this.root.closest("[role=tabpanel]").hidden,
      singleKeys: singleKeysOn,
      act: (verb, argument) => this.act(verb, argument),
      signal,
    });
  }

  clicked(event) {
    const seek = event.target.closest("#_job_panel [data-seek]");
    if (seek) {
      event.preventDefault();
      this.player.seek(Number(seek.dataset.seek));
    }
    const step = event.target.closest("[data-player-step]");
    if (step) this.step(Number(step.dataset.playerStep));
    if (event.target.closest("[data-visual-retry]")) this.load();
  }

  async load() {
    const trouble = this.root.querySelector("[data-visual-trouble]");
    trouble.hidden = true;
    try {
      const answer = await fetch(this.root.dataset.src, { headers: { Accept: "application/json" }, signal: this.gone.signal });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      this.show(await answer.json());
    } catch (error) {
      if (error.name === "AbortError") return;
      console.error("The segments could not be shown.", error);
      trouble.hidden = false;
    }
  }

  show(result) {
    this.result = result;
    this.timeline.show(result, Number(this.root.dataset.frameRate));
    this.list.show(this.timeline.lanes);
    this.player.setSource(result.video.url);
    performance.mark("timeline-data");
    this.openAddress();
    this.root.dataset.ready = "true";
  }

  /** Bring what the address says on the screen; without a segment in it the first one is shown, not played. */
  openAddress() {
    const state = readState(location.search);
    const mine = state.task === this.root.dataset.task ? state : {};
    const span = readSpan(mine.z, this.timeline.duration);
    if (span) this.timeline.setView(span, { tell: false });
    const wanted = readSegment(mine.segment, this.timeline.lanes);
    if (mine.segment && !wanted) toast("The segment in this address is not in this result.");
    const first = this.timeline.lanes.findIndex((lane) => lane.count);
    if (wanted) {
      this.select(wanted, { push: false });
      this.player.stand(this.timeline.segment(wanted));
      this.player.active = null;
    } else if (first >= 0) this.mark({ lane: first, index: 0 });
    const time = Number.parseFloat(mine.t);
    if (Number.isFinite(time)) this.player.seek(time);
  }

  /** Show a segment as the selected one, everywhere. */
  mark(at) {
    this.timeline.select(at);
    this.facts.show(this.timeline.lanes[at.lane], at.lane, at.index);
    this.list.mark(at);
  }

  select(at, { play = false, push = true } = {}) {
    if (!at) return;
    this.mark(at);
    if (push) changeAddress({ segment: segmentKey(this.timeline.lanes, at), t: null }, { push: true });
    if (play) this.playSelected();
  }

  playSelected() {
    if (this.selected) this.player.playSpan(this.timeline.segment(this.selected));
  }

  step(step, anyLane = false) {
    this.select(this.timeline.neighbour(step, anyLane), { play: true });
  }

  setMode(mode) {
    this.player.mode = mode;
    this.follow.checked = mode === "go-on";
    const radio = this.root.querySelector(`input[name=after-segment][value="${mode}"]`);
    radio.checked = true;
  }

  showMode() {
    this.root.dataset.inSegment = String(Boolean(this.player.active));
  }

  moved(time, moving) {
    this.timeline.setTime(time, moving);
    this.showMode();
    if (!moving || !this.follow.checked || this.player.active) return;
    const lane = this.selected?.lane ?? 0;
    const index = this.timeline.lanes[lane] ? segmentAt(this.timeline.lanes[lane], time) : -1;
    if (index >= 0 && index !== this.selected?.index) {
      this.mark({ lane, index });
      changeAddress({ segment: segmentKey(this.timeline.lanes, { lane, index }) });
    }
  }

  stateChanged() {
    this.timeline.setBuffered(this.player.buffered);
    if (this.player.video.paused && this.player.time > 0) changeAddress({ t: this.player.time.toFixed(2) });
  }

  link() {
    const address = new URL(location.href);
    address.searchParams.set("task", this.root.dataset.task);
    address.searchParams.set("view", "visual");
    address.searchParams.set("segment", segmentKey(this.timeline.lanes, this.selected));
    address.searchParams.delete("t");
    return address.href.replaceAll("%3A", ":");
  }

  act(verb, argument) {
    const { player, timeline } = this;
    const number = Number(argument);
    const verbs = {
      toggle: () => player.toggle(),
      seek: () => player.seek(player.time + number),
      share: () => player.seek(player.duration * number),
      frame: () => player.frame(number),
      speed: () => player.speed(number),
      mute: () => player.mute(),
      full: () => player.fullscreen(),
      step: () => this.step(number),
      any: () => this.step(number, true),
      play: () => this.playSelected(),
      mode: () => this.setMode(this.mode === argument ? "stop" : argument),
      zoom: () => timeline.zoomBy(argument),
      edge: () => this.selected && player.seek(timeline.segment(this.selected)[argument]),
      leave: () => player.leave(),
      copy: () => this.selected && this.copy(argument),
    };
    verbs[verb]();
  }

  copy(what) {
    if (what === "link") this.facts.copyLink();
    else this.facts.copyJson();
  }

  close() {
    this.gone.abort();
    this.player.video.pause();
  }
}

let current = null;

/** Bring a freshly drawn result to life; the one before it ends. */
export function mountVisual(root) {
  current?.close();
  current = root ? new Visual(root) : null;
  return current;
}

