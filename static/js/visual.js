// The Visual tab: player, timeline, metadata and list of one result, tied together and to the address.

import { copyText } from "./copy.js";
import { mountVisualKeys } from "./keys.js";
import { MetadataPanel } from "./metadata-panel.js";
import { singleKeysOn } from "./page-keys.js";
import { Player } from "./player.js";
import { Filters } from "./segment-filters.js";
import { findMatches, matchWords, nextMatch } from "./segment-find.js";
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
    this.player = new Player(root.querySelector("[data-player]"), Number(root.dataset.frameRate));
    this.facts = new MetadataPanel(root.querySelector("[data-facts]"));
    this.list = new SegmentList(root.querySelector("[data-list]"));
    this.filters = new Filters(root.querySelector("[data-find-row]"));
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
    const on = (name, act) => this.root.addEventListener(name, (event) => act(event.detail, event), { signal });
    on("segment:select", (at) => this.select(at, { play: true }));
    on("segment:play", (at) => this.select(at, { play: true }));
    on("segment:step", ({ step }) => this.step(step));
    on("segment:link", (at) => copyText(this.link(at), at.button));
    on("player:time", ({ time, moving }) => this.moved(time, moving));
    on("player:buffered", () => this.timeline.setBuffered(this.player.buffered));
    on("player:rest", ({ time }) => this.rested(time));
    on("player:span", () => this.showMode());
    on("timeline:seek", ({ time }) => this.player.seek(time));
    on("window:change", (view) => this.keepZoom(view));
    on("change", (_, { target }) => target.name === "after-segment" && this.setMode(target.value));
    on("find:change", () => this.search());
    this.filters.box.addEventListener("keydown", (event) => this.findKey(event), { signal });
    document.addEventListener("click", (event) => this.clicked(event), { signal });
    document.addEventListener("video:playable", (event) => this.player.setSource(event.detail.url), { signal });
    addEventListener("beforeprint", () => this.list.forPrint(), { signal });
    mountVisualKeys({
      active: () => !this.root.closest("[role=tabpanel]")?.hidden,
      singleKeys: singleKeysOn,
      act: (verb, argument) => this.act(verb, argument),
      signal,
    });
    this.watchLeaving();
  }

  /** The section may be swapped away by the server's answer: then nothing of it may play or listen on. */
  watchLeaving() {
    const leaving = new MutationObserver(() => !this.root.isConnected && this.close());
    leaving.observe(document.body, { childList: true, subtree: true });
    this.gone.signal.addEventListener("abort", () => leaving.disconnect());
  }

  clicked(event) {
    const seek = event.target.closest("[data-visual] [data-seek], #_job_panel [data-seek]");
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
    this.filters.show(this.timeline.lanes);
    this.player.setSource(result.video.url);
    this.player.setCaptions(result.video.captions);
    performance.mark("timeline-data");
    this.openAddress();
    this.root.dataset.ready = "true";
  }

  /** Bring what the address says on the screen; without a segment in it the first one is shown, not played. */
  openAddress() {
    const state = readState(location.search);
    const mine = (state.task ?? "") === this.root.dataset.task ? state : {};
    const { duration } = this.timeline;
    const zoom = readSpan(mine.z ?? sessionStorage.getItem(this.zoomKey), duration);
    this.timeline.setView(zoom ?? { from: 0, to: duration }, { tell: !mine.z });
    this.filters.query = mine.q ?? "";
    const wanted = readSegment(mine.segment, this.timeline.lanes);
    if (mine.segment && !wanted) toast("The segment in this address is not in this result.");
    if (mine.z && !readSpan(mine.z, duration)) toast("The zoom in this address is not a part of this video: all of it is shown.");
    const first = this.timeline.lanes.findIndex((lane) => lane.count);
    if (wanted) {
      this.select(wanted, { push: false });
      this.player.stand(this.timeline.segment(wanted));
    } else if (first >= 0) this.mark({ lane: first, index: 0 });
    const time = Number(mine.t ?? Number.NaN);
    if (Number.isFinite(time)) this.player.seek(time);
    else if (mine.t) toast("The time in this address is not a number of seconds.");
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
    this.root.dataset.inSegment = String(this.player.inSegment);
  }

  /** Fade what has not these words and values in its fields; the list leaves it out. */
  search() {
    const { words, filters, query } = this.filters;
    this.matches = findMatches(this.timeline.lanes, words, filters);
    this.timeline.setMatches(this.matches);
    this.list.filter(this.matches);
    this.root.querySelector("[data-find-count]").textContent = matchWords(this.matches);
    if (query !== (readState(location.search).q ?? "")) changeAddress({ q: query || null });
  }

  get zoomKey() {
    return `zoom ${this.root.dataset.task}`;
  }

  /** The window is part of the link. While it moves, it is written four times a second: browsers refuse more for long. */
  keepZoom(view) {
    this.zoomed = view;
    if (this.zoomTimer) return;
    this.writeZoom();
    const { task } = readState(location.search);
    this.zoomTimer = setTimeout(() => {
      this.zoomTimer = 0;
      if (readState(location.search).task === task) this.writeZoom();
    }, 250);
  }

  /** Also kept for this result while the tab is open. */
  writeZoom() {
    if (!this.zoomed) return;
    const { from, to } = this.zoomed;
    this.zoomed = null;
    const z = from === null ? null : `${from.toFixed(2)}-${to.toFixed(2)}`;
    if (z) sessionStorage.setItem(this.zoomKey, z);
    else sessionStorage.removeItem(this.zoomKey);
    changeAddress({ z });
  }

  findKey(event) {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") this.select(this.matches && nextMatch(this.timeline.lanes, this.matches, this.selected), { play: true });
    else if (this.filters.query) this.filters.clear();
    else this.filters.box.blur();
  }

  moved(time, moving) {
    this.timeline.setTime(time, moving);
    if (!moving || !this.follow.checked || this.player.inSegment) return;
    const lane = this.selected?.lane ?? 0;
    const index = this.timeline.lanes[lane] ? segmentAt(this.timeline.lanes[lane], time) : -1;
    if (index >= 0 && index !== this.selected?.index) {
      this.mark({ lane, index });
      changeAddress({ segment: segmentKey(this.timeline.lanes, { lane, index }) });
    }
  }

  rested(time) {
    if (time > 0) changeAddress({ t: time.toFixed(2) });
  }

  link(at) {
    this.writeZoom();
    const address = new URL(location.href);
    if (this.root.dataset.task) {
      address.searchParams.set("task", this.root.dataset.task);
      address.searchParams.set("view", "visual");
    }
    address.searchParams.set("segment", segmentKey(this.timeline.lanes, at));
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
      captions: () => player.captions() || toast("There are no captions: what is said in this video is not known in words."),
      find: () => this.filters.box.focus(),
      leave: () => (player.inSegment ? player.leave() : this.filters.clear()),
      copy: () => this.selected && this.copy(argument),
    };
    verbs[verb]();
  }

  copy(what) {
    if (what === "link") this.facts.copyLink();
    else this.facts.copyJson();
  }

  close() {
    if (this.gone.signal.aborted) return;
    this.gone.abort();
    clearTimeout(this.zoomTimer);
    this.player.close();
  }
}

let current = null;

/** Bring a drawn result to life; the one before it ends. The same one again goes where the address says now. */
export function mountVisual(root) {
  if (current && current.root === root && !current.gone.signal.aborted) {
    if (current.result) current.openAddress();
    return current;
  }
  current?.close();
  current = root ? new Visual(root) : null;
  return current;
}
