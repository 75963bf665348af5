// The form as it is typed, with what follows from it at once: scores, sums, findings. No page, no connection.

import { Record } from "../live/record.js";
import { Live } from "../live/review.js";
import { Stale } from "../live/stale.js";

export class LiveForm {
  // `state`: {form, features, evidence} as live/state.py makes them; `rows`: the keys of the rows; `texts`: what the
  // cells show, by name; the rest as for `Live`.
  constructor({ state, rows, texts }, words, book, rules) {
    this.live = new Live(words, book, rules);
    this.book = book;
    this.record = new Record(this.live.typed, state.form, rows, new Map(Object.entries(texts)));
    this.stale = new Stale(book.depends);
    this.faults = new Set(state.form.problems.map(({ pointer }) => this.record.cell(pointer)));
    this.learn(state, rows);
  }

  // What only the server knows: features of words, and which rows have evidence; both kept by key.
  learn({ features, evidence }, rows) {
    const key = (pointer) => (pointer.startsWith("/indicators/") ? rows[Number(pointer.split("/")[2])] : pointer.slice(1));
    this.known = { form: features.form, rows: Object.fromEntries(rows.map((row, at) => [row, features.rows[at]])) };
    this.evidence = evidence === null ? null : new Set(evidence.map(key));
  }

  change(changes, rows) {
    if (rows !== null) this.record.order(rows);
    for (const [cell, , text] of changes) {
      if (this.record.set(cell, text)) this.faults.delete(cell);
      else this.faults.add(cell);
    }
    this.stale.add(changes.map(([cell]) => cell), rows !== null);
  }

  // The server has saved: its features count, new rows have their keys.
  answered({ keys, rows, state }) {
    this.record.keys = this.record.keys.map((key) => keys[key] ?? key);
    this.stale.answered();
    this.stale.rename(keys);
    this.learn(state, rows);
  }

  // {result, findings, waiting}; every finding with the name of its cell.
  review() {
    const { keys, read } = this.record;
    const rows = keys.map((key) => this.known.rows[key] ?? this.book.blank);
    const changed = this.stale.test();
    const is_new = (key) => key !== null && !Object.hasOwn(this.known.rows, key);
    const stale = (namespace, name, row) => {
      const key = row === null ? null : keys[row];
      return (namespace === "i" && is_new(key)) || changed(namespace, name, key);
    };
    const found = this.live.review(read, { form: this.known.form, rows }, this._attached(), stale);
    const findings = found.findings.map((finding) => ({ ...finding, cell: this.record.cell(finding.pointer) }));
    return { ...found, findings: ranked(findings) };
  }

  _attached() {
    if (this.evidence === null) return null;
    const rows = this.record.keys.flatMap((key, at) => (this.evidence.has(key) ? [`/indicators/${at}`] : []));
    return new Set(this.evidence.has("execution") ? ["/execution", ...rows] : rows);
  }
}

const RANK = { arithmetic: 0, clause: 1, doubt: 2 };

function ranked(findings) {
  return [...findings].sort((one, other) => RANK[one.family] - RANK[other.family]);
}
