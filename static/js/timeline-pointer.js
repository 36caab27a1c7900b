// Mouse, wheel and touch on the timeline. A plain wheel always scrolls the page.

import { visible } from "./timeline-core.js";
import { rowBox, RULER } from "./timeline-paint.js";

const NEAR_PX = 6;
const WHEEL_ZOOM = 1.0015;

/** The segment under a point, within six pixels: {lane, index} or null. */
export function hit({ lanes, boxes, off, view, scale }, x, y) {
  const at = boxes.findIndex((box, index) => !off.has(index) && y >= box.top - 2 && y <= box.top + box.height + 2);
  if (at < 0) return null;
  const lane = lanes[at];
  const near = NEAR_PX / scale;
  const time = view.from + x / scale;
  const [first, end] = visible(lane, time - near, time + near);
  let best = null;
  for (let index = first; index < end; index += 1) {
    const row = rowBox(lane, boxes[at], lane.rows[index]);
    const aside = Math.max(0, lane.starts[index] - time, time - lane.ends[index]) * scale;
    const off = y < row.top - 1 || y > row.top + row.height + 1 ? NEAR_PX : 0;
    if (aside <= NEAR_PX && (!best || aside + off < best.distance)) best = { lane: at, index, distance: aside + off };
  }
  return best && { lane: best.lane, index: best.index };
}

/** Two fingers: the new window from where they were to where they are, in pixels. */
export function pinch(view, scale, before, now) {
  const middle = (pair) => (pair[0] + pair[1]) / 2;
  const apart = (pair) => Math.max(8, Math.abs(pair[0] - pair[1]));
  const about = view.from + middle(before) / scale;
  return { factor: apart(now) / apart(before), about, moved: (middle(before) - middle(now)) / scale };
}

/** Attach to the timeline element `host`; `area` is the element with the canvas. */
export function mountPointer(host, area) {
  const fingers = new Map();
  let scrubbing = false;
  const place = (event) => {
    const box = area.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const seek = (x) => host.emit("timeline:seek", { time: host.timeAt(x) });

  area.addEventListener("pointerdown", (event) => {
    const { x, y } = place(event);
    fingers.set(event.pointerId, x);
    if (y > RULER || event.button !== 0 || fingers.size > 1) return;
    scrubbing = true;
    area.setPointerCapture(event.pointerId);
    seek(x);
  });
  area.addEventListener("pointermove", (event) => {
    const { x, y } = place(event);
    if (fingers.size === 2 && fingers.has(event.pointerId)) {
      const before = [...fingers.values()];
      fingers.set(event.pointerId, x);
      const { factor, about, moved } = pinch(host.view, host.scale, before, [...fingers.values()]);
      host.zoom(factor, about);
      host.pan(moved);
    } else if (scrubbing) seek(x);
    else if (event.pointerType === "mouse") host.hover(x, y);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    area.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      scrubbing = false;
    });
  }
  area.addEventListener("pointerleave", (event) => {
    fingers.delete(event.pointerId);
    host.leave();
  });
  area.addEventListener("click", (event) => {
    const { x, y } = place(event);
    if (y <= RULER || event.target.closest("[role=option]")) return;
    const found = hit(host, x, y);
    if (found) host.emit("segment:select", { ...found, play: true });
    else seek(x);
  });
  area.addEventListener("wheel", (event) => {
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0;
    if (!event.ctrlKey && !event.metaKey && !sideways) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) host.zoom(WHEEL_ZOOM ** -event.deltaY, host.timeAt(place(event).x));
    else host.pan(sideways / host.scale);
  }, { passive: false });
}
