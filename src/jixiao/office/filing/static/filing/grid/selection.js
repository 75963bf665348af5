// The range that is selected: from where it began to where it has come; shown on the cells, told to screen readers.

import { layout_of, rectangle, within } from "./matrix.js";

export class Selection {
  constructor(table) {
    this.table = table;
    this.anchor = this.focus = null;
  }

  begin(cell) {
    this.anchor = this.focus = cell;
    this.paint();
  }

  extend(cell) {
    this.focus = cell;
    this.anchor ??= cell;
    this.paint();
  }

  get many() {
    return this.anchor !== null && this.anchor !== this.focus;
  }

  // The places of the selection, or of one cell.
  rectangle({ where } = layout_of(this.table)) {
    return rectangle(where.get(this.anchor), where.get(this.focus));
  }

  // The cells row by row, each once.
  rows() {
    const places = layout_of(this.table);
    if (!places.where.has(this.anchor) || !places.where.has(this.focus)) return [];
    return within(places.grid, this.rectangle(places));
  }

  paint() {
    for (const cell of this.table.querySelectorAll(".selected")) cell.classList.remove("selected");
    if (this.many) this.rows().flat().forEach((cell) => cell.classList.add("selected"));
  }
}
