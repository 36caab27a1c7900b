// One history of the Builder for form and text: named steps, typing within half a second is one step.

const GROUP_MS = 500;

export class EditHistory {
  constructor(text) {
    this.past = [];
    this.future = [];
    this.now = { text, name: "", group: "", at: -Infinity };
  }

  /** Remember `text`; typing under the same name in the same `group` within half a second joins the step before. */
  push(text, name, at, { typing = false, group = "" } = {}) {
    if (text === this.now.text) return;
    const joins = typing && this.past.length && name === this.now.name && group === this.now.group && at - this.now.at < GROUP_MS;
    if (!joins) this.past.push(this.now);
    this.now = { text, name, group, at };
    this.future = [];
  }

  /** What Undo and Redo would do, "" when there is nothing. */
  get names() {
    return { undo: this.past.length ? this.now.name : "", redo: this.future.at(-1)?.name ?? "" };
  }

  /** {text, name} one step back, null at the start; `name` is what was undone. */
  undo() {
    if (!this.past.length) return null;
    const { name } = this.now;
    this.future.push(this.now);
    this.now = { ...this.past.pop(), at: -Infinity };
    return { text: this.now.text, name };
  }

  redo() {
    if (!this.future.length) return null;
    this.past.push(this.now);
    this.now = { ...this.future.pop(), at: -Infinity };
    return { text: this.now.text, name: this.now.name };
  }
}
