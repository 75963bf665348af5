// What may stand in a cell, offered below it while it is typed in: fixed choices of the cell (data-choices, by blanks),
// or what the server suggests. Arrow keys are the grid's: a suggestion is taken by Alt+1 … Alt+9, or by the pointer.

import { element, say } from "./say.js";

const MOST = 9;
const PAUSE = 250;

export class Suggestions {
  // `ask(cell, text)`: a promise of [{text, note}], or null for cells without; `take(control, text)`: put it in.
  constructor(root, ask, take) {
    Object.assign(this, { root, ask, take, list: null, control: null, asked: 0 });
    root.addEventListener("focusin", ({ target }) => this._open(target));
    root.addEventListener("input", ({ target }) => this._open(target));
    root.addEventListener("focusout", () => this.close());
    addEventListener("scroll", () => this.close(), { capture: true, passive: true });
    root.addEventListener("keydown", (event) => this._key(event), true);
  }

  _open(control) {
    this.close();
    if (!control.dataset?.cell || control.readOnly) return;
    const choices = control.dataset.choices?.split(" ").filter(Boolean);
    if (choices?.length) this._show(control, choices.map((text) => ({ text, note: "" })));
    else this._ask(control);
  }

  _ask(control) {
    const number = ++this.asked;
    setTimeout(async () => {
      if (number !== this.asked || document.activeElement !== control) return;
      const found = await this.ask(control.dataset.cell, control.value);
      if (found?.length && number === this.asked && document.activeElement === control) this._show(control, found);
    }, PAUSE);
  }

  _show(control, found) {
    const items = found.slice(0, MOST).map(({ text, note }, at) => {
      const item = element("li", {}, element("kbd", {}, `Alt+${at + 1}`), ` ${text}`, ...(note ? [element("span", { class: "quiet" }, note)] : []));
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault(); // the cell keeps the focus
        this._take(text);
      });
      return item;
    });
    this.control = control;
    this.texts = found.map(({ text }) => text);
    this.list = element("ul", { class: "suggestions", "aria-label": say("可选", "Suggestions") }, ...items);
    document.body.append(this.list);
    this._place(control);
  }

  // Below the control, or above it where there is no room below.
  _place(control) {
    const [box, height] = [control.getBoundingClientRect(), this.list.offsetHeight];
    const below = box.bottom + height <= innerHeight || box.top < height;
    this.list.style.top = `${below ? box.bottom : box.top - height}px`;
    this.list.style.left = `${Math.max(0, Math.min(box.left, innerWidth - this.list.offsetWidth))}px`;
  }

  _key(event) {
    if (this.list === null || event.isComposing) return;
    if (event.key === "Escape") return this.close();
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (!event.altKey || !digit || !this.texts[Number(digit) - 1]) return;
    event.preventDefault();
    event.stopPropagation();
    this._take(this.texts[Number(digit) - 1]);
  }

  _take(text) {
    const { control } = this;
    this.close();
    this.take(control, text);
  }

  close() {
    this.asked++;
    this.list?.remove();
    this.list = this.control = null;
  }
}
