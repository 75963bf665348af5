// A text where a number is expected: told at its cell as soon as it is typed.

import { say } from "./say.js";

export class Faults {
  constructor(places) {
    this.places = places;
    this.shown = new Set();
  }

  show(cells) {
    for (const cell of this.shown) if (!cells.has(cell)) this._tell(cell, null);
    for (const cell of cells) this._tell(cell, this.places.control(cell));
    this.shown = new Set(cells);
  }

  _tell(cell, wrong) {
    const control = wrong ?? this.places.control(cell);
    const message = this.places.root.querySelector(`[data-fault="${CSS.escape(cell)}"]`);
    const zh = `读到“${control?.value}”，应为数字（如 1234.50），未计入；请改正。`;
    const en = `“${control?.value}” was read where a number is expected (like 1234.50); it does not count. Please correct it.`;
    const text = wrong ? say(zh, en) : "";
    if (message && message.textContent !== text) message.textContent = text;
    if (wrong) control.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  }
}
