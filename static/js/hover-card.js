// The card beside a block: times, lane, counter, first fields, a picture from the sprite sheet.

import { fieldTitle, valueWords } from "./field-values.js";
import { spriteTile } from "./timeline-core.js";
import { stamp } from "./times.js";

const SHOW_MS = 80;
const HIDE_MS = 180;

export class HoverCard {
  constructor(card) {
    this.card = card;
    card.addEventListener("pointerenter", () => clearTimeout(this.timer));
    card.addEventListener("pointerleave", () => this.hide());
  }

  find(name) {
    return this.card.querySelector(`[data-card-${name}]`);
  }

  /** `block` is {x, width, top, height} relative to the card's parent. */
  show(lane, index, sprite, block) {
    clearTimeout(this.timer);
    const key = `${lane.id}:${index}`;
    if (this.key === key && !this.card.hidden) return;
    this.timer = setTimeout(() => {
      this.key = key;
      this.fill(lane, index, sprite);
      this.place(block);
    }, SHOW_MS);
  }

  fill(lane, index, sprite) {
    const { start, end, metadata } = lane.segments[index];
    this.find("times").textContent = `${stamp(start)} – ${stamp(end)} · ${(end - start).toFixed(1)} s`;
    this.find("lane").textContent = lane.id;
    this.find("counter").textContent = `${index + 1}/${lane.count}`;
    const rows = lane.fields.slice(0, 2).flatMap((field) => {
      const name = Object.assign(document.createElement("dt"), { textContent: fieldTitle(field.name) });
      const value = Object.assign(document.createElement("dd"), { textContent: valueWords(field, metadata?.[field.name]) });
      return [name, value];
    });
    this.find("fields").replaceChildren(...rows);
    this.picture(sprite, start + Math.min(1, (end - start) / 2));
  }

  picture(sprite, time) {
    const tile = this.find("picture");
    tile.hidden = !sprite;
    if (!sprite) return;
    const { x, y } = spriteTile(sprite, time);
    Object.assign(tile.style, {
      width: `${sprite.tile_width}px`,
      height: `${sprite.tile_height}px`,
      backgroundImage: `url("${sprite.url}")`,
      backgroundPosition: `-${x}px -${y}px`,
    });
  }

  /** Under the block, or above it when there is no room; never on it. */
  place({ x, width, top, height }) {
    this.card.hidden = false;
    const frame = this.card.offsetParent.getBoundingClientRect();
    const left = Math.min(Math.max(0, x + width / 2 - this.card.offsetWidth / 2), frame.width - this.card.offsetWidth);
    const below = frame.top + top + height + this.card.offsetHeight + 8 < innerHeight;
    const y = below ? top + height + 6 : top - this.card.offsetHeight - 6;
    this.card.style.transform = `translate(${Math.max(0, left)}px, ${y}px)`;
  }

  hide({ now = false } = {}) {
    clearTimeout(this.timer);
    const close = () => {
      if (!this.card.hidden) this.card.hidden = true; // even without a change, writing costs a layout
      this.key = "";
    };
    if (now) close();
    else this.timer = setTimeout(close, HIDE_MS);
  }
}
