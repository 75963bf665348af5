// What the grid does on events: keys, typing, the pointer, the clipboard.

import { format_tsv, parse_tsv } from "./clipboard.js";
import { parse_table } from "./clipboard_html.js";
import { cell_of, control_in, next, together } from "./controls.js";
import { command } from "./keys.js";
import { layout_of } from "./matrix.js";

const COMMANDS = {
  move: (grid, control, down, across) => next(grid.table, control, down, across)?.focus(),
  extend: (grid, control, down, across) => {
    const { grid: places, where } = layout_of(grid.table);
    const { row, column, across: width } = where.get(grid.selection.focus ?? cell_of(control));
    const cell = places[row + down]?.[across > 0 ? column + width : column + across];
    if (control_in(cell)) grid.selection.extend(cell);
  },
  restore: (grid, control) => {
    grid.typed(control, grid.entered.get(control) ?? control.value);
    grid.selection.begin(cell_of(control));
    control.select();
  },
  edit: (_, control) => control.setSelectionRange(control.value.length, control.value.length),
  break: (grid, control) => {
    control.setRangeText("\n", control.selectionStart, control.selectionEnd, "end");
    grid.typed(control, control.value);
  },
  clear: (grid) => grid.clear(),
  undo: (grid) => grid.undo(),
  redo: (grid) => grid.redo(),
  fill_down: (grid) => grid.fill_down(),
  add_row: (grid) => grid.add_row(),
  remove_row: (grid) => grid.remove_row(),
  move_row: (grid, _, step) => grid.move_row(step),
};
const WRITING = new Set(["break", "clear", "fill_down", "add_row", "remove_row", "move_row", "undo", "redo"]);
const LEAVING = new Set(["move", "fill_down", "add_row", "remove_row", "move_row"]);

function pressed(grid, event) {
  const control = event.target;
  if (!control.dataset?.cell) return;
  const [start, end, length] = [control.selectionStart, control.selectionEnd, control.value.length];
  const [name, ...more] = command(event, {
    whole: start === 0 && end === length,
    at_start: end === 0,
    at_end: start === length,
    many: grid.selection.many,
    changed: control.value !== (grid.entered.get(control) ?? control.value),
  }) ?? [null];
  if (name === null) return;
  event.preventDefault();
  if (WRITING.has(name) && grid.locked) return;
  if (LEAVING.has(name)) grid.commit(control);
  COMMANDS[name](grid, control, ...more);
}

function pasted(grid, event) {
  const { clipboardData: data, target } = event;
  if (!target.dataset?.cell) return;
  const rows = parse_table(data.getData("text/html")) ?? parse_tsv(data.getData("text/plain"));
  const single = rows.length === 1 && rows[0].length === 1;
  if (single && !grid.selection.many) return; // a text like any other
  event.preventDefault();
  if (grid.locked) return;
  grid.commit(target);
  if (single) grid.fill(rows[0][0]);
  else grid.paste(rows);
}

function copied(grid, event) {
  if (!grid.selection.many) return false;
  event.preventDefault();
  const text = (cell) => control_in(cell)?.value ?? cell.innerText.trim();
  event.clipboardData.setData("text/plain", format_tsv(grid.selection.rows().map((cells) => cells.map(text))));
  return true;
}

export const ACTS = {
  keydown: pressed,
  paste: pasted,
  copy: copied,
  cut: (grid, event) => copied(grid, event) && !grid.locked && grid.clear(),
  input: (grid, { target }) => target.dataset?.cell && grid.typed(target, target.value),
  focusin: (grid, { target }) => {
    if (!target.dataset?.cell) return;
    together(target).forEach((control) => grid.entered.set(control, control.value));
    if (grid.from) return;
    grid.selection.begin(cell_of(target));
    target.select?.();
  },
  focusout: (grid, { target }) => target.dataset?.cell && grid.commit(target),
  pointerdown: (grid, event) => {
    const cell = event.target.closest("td, th");
    if (!control_in(cell) || event.button !== 0) return;
    if (event.shiftKey && grid.selection.anchor) {
      event.preventDefault();
      grid.selection.extend(cell);
    } else {
      grid.from = cell;
      grid.fresh = document.activeElement !== control_in(cell);
      grid.selection.begin(cell);
    }
  },
  pointerover: (grid, event) => {
    const cell = event.target.closest("td, th");
    if (!grid.from || event.buttons !== 1 || !control_in(cell) || cell === grid.selection.focus) return;
    document.getSelection().removeAllRanges();
    grid.selection.extend(cell);
  },
  pointerup: (grid, event) => {
    const control = control_in(event.target.closest("td, th"));
    if (grid.fresh && !grid.selection.many && document.activeElement === control) control?.select();
    grid.from = null;
    grid.fresh = false;
  },
};
