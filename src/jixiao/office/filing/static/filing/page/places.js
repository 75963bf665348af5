// Where a cell is in words, and its control: "指标 3「组织活动」 · 实际完成值".

import { say, told } from "./say.js";

const ROW = /^[kn][1-9][0-9]*$/;

export class Places {
  // `anchors`: rows and parts of the form → the cell at which something about them is shown.
  // `words`: names of columns and fields, of the book.
  constructor(root, grid, words, anchors) {
    Object.assign(this, { root, grid, anchors, columns: words.columns, fields: words.fields });
  }

  // The control that a finding at a cell, a row or a part is shown at.
  control(cell) {
    const find = (name) => this.root.querySelector(`[data-cell="${CSS.escape(name)}"]`);
    if (ROW.test(cell)) return find(`${cell}/name`);
    return find(this.anchors[cell] ?? cell) ?? find(`${cell}.value`) ?? this._heading(cell);
  }

  // Points declared for a heading: its first row.
  _heading(cell) {
    if (!cell.startsWith("declared/")) return null;
    const levels = [...this.root.querySelectorAll("[data-level] [data-cell]")];
    return levels.find((control) => control.value.trim() === cell.slice("declared/".length)) ?? null;
  }

  name(cell) {
    const [head, ...rest] = cell.split("/");
    if (!ROW.test(head)) return this._field(cell);
    const number = this.grid.keys.indexOf(head) + 1;
    const title = this.grid.value(`${head}/name`).trim();
    const row = say(`指标 ${number}「${title}」`, `Indicator ${number} “${title}”`);
    if (rest.length === 0) return row;
    const field = rest.join("/").split(".")[0];
    const column = this.columns[field] ? told(this.columns[field]) : field.replace(/^\+/, "");
    return `${row} · ${column}`;
  }

  _field(cell) {
    const control = this.control(cell);
    if (control?.dataset.cell === cell) return control.getAttribute("aria-label") ?? cell;
    const field = this.fields[cell ? `/${cell}` : ""];
    return field ? told(field) : (control?.getAttribute("aria-label") ?? cell);
  }

  // The labels of a row's cells say where the row is now and what it is called.
  label_rows() {
    for (const control of this.grid.table.querySelectorAll("tr[data-row] [data-cell]")) {
      control.setAttribute("aria-label", this.name(control.dataset.cell));
    }
  }
}
