// The timeline for keyboards and screen readers: one listbox a lane, one option for each block that is wide enough.

import { nearestSegment, segmentName, stepAnyLane } from "./timeline-core.js";

export const WIDE = 24;
export const MOST = 300;

/** Which blocks become options: the widest, at most 300 in all, and always the selected one. */
export function pickOptions(blocksByLane, selected) {
  const all = blocksByLane.flatMap((blocks, lane) => blocks.map((block) => ({ ...block, lane })));
  if (all.length <= MOST) return all;
  const isSelected = (each) => each.lane === selected?.lane && each.index === selected?.index;
  const widest = all.toSorted((a, b) => isSelected(b) - isSelected(a) || b.width - a.width).slice(0, MOST);
  return widest.sort((a, b) => a.lane - b.lane || a.index - b.index);
}

const ALONG = { ArrowRight: ["after", 1], ArrowLeft: ["before", -1], Home: ["first", 1], End: ["last", -1] };

/** The next index in the direction of a key that is not faded; the same one when there is none. */
function along(key, index, count, matching) {
  const [from, step] = ALONG[key];
  let at = { after: index + 1, before: index - 1, first: 0, last: count - 1 }[from];
  while (at >= 0 && at < count && matching?.[at] === 0) at += step;
  return at >= 0 && at < count ? at : index;
}

/** What a key does in the timeline: the lane and index to go to, or null. What does not match is passed over. */
export function keyTarget(key, { lane, index }, lanes, shown, matches = null) {
  if (ALONG[key]) return { lane, index: along(key, index, lanes[lane].count, matches?.[lane]) };
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (!step) return null;
  const others = shown.filter((each) => (matches ? matches[each].includes(1) || each === lane : lanes[each].count));
  const next = others[others.indexOf(lane) + step];
  if (next === undefined) return null;
  return { lane: next, index: nearestMatch(lanes[next], lanes[lane].starts[index], matches?.[next]) };
}

/** The segment nearest to a time among those that match. */
function nearestMatch(lane, time, matching) {
  if (!matching) return nearestSegment(lane, time);
  const away = (index) => Math.max(0, lane.starts[index] - time, time - lane.ends[index]);
  return [...matching.keys()].filter((index) => matching[index]).reduce((best, index) => (away(index) < away(best) ? index : best));
}

export { stepAnyLane };

/** Keeps the option buttons in step with what is painted. */
export class Options {
  constructor(root, { onSelect, onPlay, onFocus, onLeave }) {
    Object.assign(this, { root, onSelect, onPlay, onFocus, onLeave, boxes: [], pool: new Map() });
    root.addEventListener("click", (event) => this.act(event, (at) => onSelect(at)));
    root.addEventListener("keydown", (event) => this.keydown(event));
    root.addEventListener("focusin", (event) => this.act(event, (at, option) => onFocus(at, option)));
    root.addEventListener("focusout", () => onLeave());
  }

  act(event, run) {
    const option = event.target.closest("[role=option]");
    if (option) run({ lane: Number(option.dataset.lane), index: Number(option.dataset.index) }, option);
  }

  keydown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    this.act(event, (at) => {
      if (event.key === "Enter") {
        event.preventDefault();
        event.stopPropagation();
        this.onPlay(at);
        return;
      }
      const target = keyTarget(event.key, at, this.lanes, this.shown, this.matches);
      if (!target) return;
      event.preventDefault();
      event.stopPropagation();
      this.wantFocus = true;
      this.onSelect(target);
    });
  }

  /** New data: one listbox for every lane. */
  setLanes(lanes) {
    this.lanes = lanes;
    this.pool.clear();
    this.boxes = lanes.map((lane) => {
      const box = document.createElement("div");
      box.setAttribute("role", "listbox");
      box.setAttribute("aria-orientation", "horizontal");
      box.setAttribute("aria-label", `${lane.id}, ${lane.count} segment${lane.count === 1 ? "" : "s"}`);
      return box;
    });
    this.root.replaceChildren(...this.boxes);
  }

  /** `picked` comes from `pickOptions`; the others lose their buttons. */
  update(picked, selected, hidden, matches = null) {
    this.matches = matches;
    this.shown = this.lanes.map((_, index) => index).filter((index) => !hidden.has(index));
    const keys = new Set(picked.map((each) => `${each.lane}:${each.index}`));
    for (const [key, option] of this.pool) {
      if (!keys.has(key)) {
        option.remove();
        this.pool.delete(key);
      }
    }
    for (const block of picked) this.place(block, selected);
    this.boxes.forEach((box) => (box.hidden = !box.childElementCount));
    this.rove(picked, selected);
  }

  place(block, selected) {
    const key = `${block.lane}:${block.index}`;
    const option = this.pool.get(key) ?? this.create(block, key);
    const width = Math.max(WIDE, block.width);
    const height = Math.max(WIDE, block.height);
    option.style.transform = `translate(${block.x - (width - block.width) / 2}px, ${block.top - (height - block.height) / 2}px)`;
    option.style.width = `${width}px`;
    option.style.height = `${height}px`;
    option.setAttribute("aria-selected", String(block.lane === selected?.lane && block.index === selected?.index));
  }

  create({ lane, index }, key) {
    const option = document.createElement("button");
    option.type = "button";
    option.className = "timeline__option";
    option.dataset.lane = lane;
    option.dataset.index = index;
    option.tabIndex = -1;
    option.setAttribute("role", "option");
    option.setAttribute("aria-posinset", index + 1);
    option.setAttribute("aria-setsize", this.lanes[lane].count);
    option.setAttribute("aria-label", segmentName(this.lanes[lane], index));
    const later = [...this.boxes[lane].children].find((each) => Number(each.dataset.index) > index);
    this.boxes[lane].insertBefore(option, later ?? null);
    this.pool.set(key, option);
    return option;
  }

  /** One stop for Tab in the whole timeline: the selected option, or the first. */
  rove(picked, selected) {
    const first = picked.length ? `${picked[0].lane}:${picked[0].index}` : "";
    const at = selected && this.pool.has(`${selected.lane}:${selected.index}`) ? `${selected.lane}:${selected.index}` : first;
    for (const [key, option] of this.pool) option.tabIndex = key === at ? 0 : -1;
    if (this.wantFocus && selected) {
      this.pool.get(at)?.focus({ preventScroll: true });
      this.wantFocus = false;
    }
  }
}
