// <sheet-grid>: a spreadsheet over a table that the server wrote. Every value stands in a <textarea> of its own, so
// input methods, screen readers, zoom and a page without JavaScript work as they do anywhere; this adds the keyboard,
// ranges, the clipboard, rows, undo. It tells "sheet-change" {changes: [[cell, was, now]], rows: keys in order or null}.
//
// The table: <textarea data-cell="k1/name"> in cells; <tr data-row="k1"> for indicators, <tr data-after-rows> behind
// them; data-level on level cells; data-beside on cells that span all indicator rows; <template data-row-template>
// holds a row whose names say {key}. The attribute `locked` makes it read-only.

import { ACTS } from "./acts.js";
import { control_in, fit, GROWS, seen, together } from "./controls.js";
import { History } from "./history.js";
import { layout_of, rightwards } from "./matrix.js";
import { arrange, made, moved, new_key, rename } from "./rows.js";
import { Selection } from "./selection.js";
import { merge } from "./spans.js";

export class SheetGrid extends HTMLElement {
  connectedCallback() {
    this.table = this.querySelector("table");
    this.template = this.querySelector("template[data-row-template]");
    this.history = new History();
    this.selection = new Selection(this.table);
    this.entered = new Map(); // control → its text when it was entered
    this.told = new Map(); // control → the text that was last told of
    this.used = new Set(this.keys);
    for (const control of this.table.querySelectorAll("[data-cell]")) this.told.set(control, control.value);
    for (const [name, act] of Object.entries(ACTS)) this.addEventListener(name, (event) => act(this, event));
    this.refresh();
  }

  get locked() {
    return this.hasAttribute("locked");
  }

  get keys() {
    return [...this.table.querySelectorAll("tr[data-row]")].map((row) => row.dataset.row);
  }

  get current_row() {
    const focused = this.contains(document.activeElement) ? document.activeElement : control_in(this.selection.focus);
    return focused?.closest?.("tr[data-row]")?.dataset.row ?? null;
  }

  control(cell) {
    return this.table.querySelector(`[data-cell="${CSS.escape(cell)}"]`);
  }

  value(cell) {
    return this.control(cell)?.value ?? "";
  }

  // --- changes that can be undone ---

  // Set cells, and rows, as one step. `changes`: [[cell, text]], or what gives them once the rows are there.
  apply(changes, keys = null) {
    const was = this.keys;
    const gone = keys === null ? [] : was.filter((key) => !keys.includes(key));
    const lost = gone.flatMap((key) => this._cells_of(key).map(([cell, text]) => [cell, text, ""]));
    if (keys !== null) this._arrange(keys);
    const asked = typeof changes === "function" ? changes() : changes;
    const cells = asked.filter(([cell]) => this._is_open(cell)).map(([cell, now]) => [cell, this.value(cell), now]);
    cells.forEach(([cell, , now]) => this._put(cell, now));
    this.history.add([...lost, ...cells], keys === null ? null : { was, now: keys });
    this._tell(cells, keys);
  }

  undo() {
    this._replay(this.history.undo());
  }

  redo() {
    this._replay(this.history.redo());
  }

  _replay(batch) {
    if (batch === null) return;
    if (batch.rows) this._arrange(batch.rows.now);
    const cells = batch.cells.filter(([cell]) => this.control(cell));
    cells.forEach(([cell, , now]) => this._put(cell, now));
    this._tell(cells, batch.rows?.now ?? null);
    if (cells.length) this._enter(cells[0][0]);
  }

  add_row(below = this.current_row) {
    if (!this.template || this.locked) return;
    const [keys, key] = [this.keys, this._new_key()];
    const at = below ? keys.indexOf(below) + 1 : keys.length;
    const levels = below ? this._cells_of(below).filter(([cell]) => /\/level[12]$/.test(cell)) : [];
    const order = [...keys.slice(0, at), key, ...keys.slice(at)];
    this.apply(levels.map(([cell, text]) => [`${key}/${cell.split("/")[1]}`, text]), order);
    this._enter(`${key}/name`);
  }

  remove_row(key = this.current_row) {
    if (!key || this.locked) return;
    const keys = this.keys;
    const at = keys.indexOf(key);
    this.apply([], keys.filter((each) => each !== key));
    const next = keys[at + 1] ?? keys[at - 1];
    if (next) this._enter(`${next}/name`);
  }

  move_row(step, key = this.current_row) {
    const [was, cell] = [this.keys, document.activeElement?.dataset?.cell];
    const keys = key && !this.locked ? moved(was, key, step) : was;
    if (keys === was) return;
    this.apply([], keys);
    if (cell) this._enter(cell);
  }

  fill_down() {
    const [first, ...rest] = this._selected();
    const below = rest.flatMap((row) => row.map((control, at) => [control, first[at]]));
    this.apply(below.filter(([control, above]) => control && above).map(([control, above]) => [control.dataset.cell, above.value]));
  }

  fill(text) {
    this.apply(this._selected().flat().filter(Boolean).map((control) => [control.dataset.cell, text.trim()]));
  }

  clear() {
    this.fill("");
  }

  // Rows of texts into the table from the selection's corner; indicator rows that are missing are added.
  paste(rows) {
    const { where } = layout_of(this.table);
    const { top, left } = this.selection.rectangle({ where });
    this.apply(() => {
      const { grid } = layout_of(this.table);
      return rows.flatMap((texts, down) => {
        const controls = rightwards(grid, top + down, left).map(control_in);
        const fits = texts.map((_, at) => at).filter((at) => controls[at]);
        return fits.map((at) => [controls[at].dataset.cell, text_for(rows, down, at, controls[at])]);
      });
    }, this._with_room(this.table.rows[top], rows.length));
  }

  _with_room(row, count) {
    if (!row?.dataset.row || !this.template) return null;
    const keys = this.keys;
    const missing = keys.indexOf(row.dataset.row) + count - keys.length;
    return missing > 0 ? [...keys, ...Array.from({ length: missing }, () => this._new_key())] : null;
  }

  // --- changes that cannot: the server's ---

  // Keys that the server has given to new rows.
  rename_rows(keys) {
    for (const [from, to] of Object.entries(keys)) {
      const row = this.table.querySelector(`tr[data-row="${from}"]`);
      if (row) rename(row, from, to);
      this.used.add(to);
    }
    this.history.rename(keys);
  }

  // Texts and rows from elsewhere, such as another's change: shown, not told.
  show(changes, keys = null) {
    if (keys !== null) this._arrange(keys);
    changes.forEach(([cell, text]) => this._put(cell, text));
    this.refresh();
  }

  // --- typing ---

  // A text typed into a control; of merged levels into all of them.
  typed(control, text) {
    const all = together(control);
    const changes = all.map((each) => [each.dataset.cell, this.told.get(each) ?? "", text]);
    all.forEach((each) => {
      if (each.value !== text) each.value = text;
      this.told.set(each, text);
    });
    if (!GROWS) fit(control);
    this._dispatch(changes.filter(([, was, now]) => was !== now), null);
  }

  // A control is left: what was typed in it is one step.
  commit(control) {
    const all = together(control);
    this.history.add(all.map((each) => [each.dataset.cell, this.entered.get(each) ?? each.value, each.value]));
    all.forEach((each) => this.entered.set(each, each.value));
    if (control.closest("[data-level]")) this.refresh();
  }

  // --- inside ---

  _selected() {
    return this.selection.rows().map((cells) => cells.map(control_in));
  }

  _cells_of(key) {
    const controls = this.table.querySelectorAll(`tr[data-row="${key}"] [data-cell]`);
    return [...controls].map((control) => [control.dataset.cell, control.value]);
  }

  _is_open(cell) {
    const control = this.control(cell);
    return control !== null && !control.readOnly && !control.disabled;
  }

  _new_key() {
    const key = new_key(this.used);
    this.used.add(key);
    return key;
  }

  _put(cell, text) {
    const control = this.control(cell);
    if (!control) return;
    control.value = text;
    this.entered.set(control, text);
    this.told.set(control, text);
  }

  _arrange(keys) {
    const cell = this.contains(document.activeElement) ? document.activeElement.dataset.cell : null;
    arrange(this.table, keys, (key) => made(this.template, key));
    if (cell && !this.contains(document.activeElement)) this._enter(cell); // a row that was moved has lost the focus
  }

  _tell(changes, rows) {
    this.refresh();
    this._dispatch(changes.filter(([, was, now]) => was !== now), rows);
  }

  _dispatch(changes, rows) {
    if (changes.length === 0 && rows === null) return;
    this.dispatchEvent(new CustomEvent("sheet-change", { bubbles: true, detail: { changes, rows } }));
  }

  refresh() {
    merge([...this.table.querySelectorAll("tr[data-row]")]);
    this.selection.paint();
    if (!GROWS) this.querySelectorAll("textarea").forEach(fit);
  }

  _enter(cell) {
    const control = this.control(cell);
    if (control) seen(control).focus();
  }
}

// What is put into a control: a level left empty below another was merged with it where it was copied.
function text_for(rows, down, at, control) {
  const text = rows[down][at].trim();
  if (text || !control.closest("[data-level]")) return text;
  for (let above = down - 1; above >= 0; above--) if (rows[above][at]?.trim()) return rows[above][at].trim();
  return text;
}

customElements.define("sheet-grid", SheetGrid);
