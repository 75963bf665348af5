// The controls in a table's cells: one <textarea data-cell="name"> a cell.

import { layout_of } from "./matrix.js";
import { covered, level_cells } from "./spans.js";

// Whether this browser lets a textarea grow with its text by itself.
export const GROWS = globalThis.CSS?.supports?.("field-sizing", "content") ?? false;

export function cell_of(control) {
  return control.closest("td, th");
}

export function control_in(cell) {
  return cell?.querySelector("[data-cell]") ?? null;
}

// The controls that say what this one says: those of all rows under a merged level; else itself.
export function together(control) {
  const cell = control.closest("[data-level]");
  return cell ? covered(cell).map(control_in) : [control];
}

// The control that is seen for this one: of merged levels the first.
export function seen(control) {
  let cell = cell_of(control);
  const at = level_cells(cell.parentElement).indexOf(cell);
  while (cell.hidden) cell = level_cells(cell.parentElement.previousElementSibling)[at];
  return control_in(cell);
}

// The next control that can be entered in a direction; null at the edge.
export function next(table, control, down, across) {
  const { grid, where } = layout_of(table);
  const start = cell_of(control);
  const { row, column, across: width } = where.get(start);
  const below = start.dataset.level ? start.rowSpan : 1;
  let [r, c] = [row + (down > 0 ? below : down), across > 0 ? column + width : column + across];
  for (; grid[r] && c >= 0 && c < grid[r].length; r += down, c += across) {
    const found = control_in(grid[r][c]);
    const open = found && seen(found);
    if (open && open !== control && !open.disabled) return open;
  }
  return null;
}

export function fit(control) {
  control.style.height = "auto";
  control.style.height = `${control.scrollHeight}px`;
}
