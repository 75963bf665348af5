// What has been typed and not been saved yet: one change a cell, its first `was` and its last `now`. Part of it may be
// on its way; what is typed meanwhile waits for the next save. A save that was sent and not answered may have arrived:
// it is sent again as it was, with its token, before anything else. All of it can be kept as text and read again.

export class Outbox {
  // `kept`: what `as_kept` gave, or null.
  constructor(base, kept = null) {
    this.base = kept?.base ?? base;
    this.waiting = read(kept?.changes ?? []);
    this.rows = kept?.rows ?? null;
    this.unsure = kept?.unsure ? { ...kept.unsure, changes: read(kept.unsure.changes) } : null;
    this.sent = null;
  }

  get is_empty() {
    return this.waiting.size === 0 && this.rows === null && this.sent === null && this.unsure === null;
  }

  // Cells were changed, [[cell, was, now]], and perhaps the rows.
  add(changes, rows = null) {
    for (const [cell, was, now] of changes) {
      const first = this.waiting.get(cell)?.was ?? was;
      if (first === now) this.waiting.delete(cell);
      else this.waiting.set(cell, { was: first, now });
    }
    if (rows === null) return;
    this.rows = [...rows];
    for (const cell of this.waiting.keys()) if (is_gone(cell, rows)) this.waiting.delete(cell);
  }

  // The save to send, or null where there is nothing; it stays here until it is answered.
  take(token) {
    if (this.sent !== null || this.is_empty) return null;
    if (this.unsure !== null) [this.sent, this.unsure] = [this.unsure, null];
    else {
      this.sent = { base: this.base, changes: this.waiting, rows: this.rows, token };
      [this.waiting, this.rows] = [new Map(), null];
    }
    return plain(this.sent);
  }

  // It was saved: as this version, with these keys for new rows.
  done(version, keys = {}) {
    this.base = version;
    this.sent = null;
    this.waiting = new Map([...this.waiting].map(([cell, change]) => [renamed(cell, keys), change]));
    if (this.rows !== null) this.rows = this.rows.map((key) => keys[key] ?? key);
  }

  // Nobody answered: perhaps it has arrived.
  lost() {
    [this.unsure, this.sent] = [this.sent, null];
  }

  // It was not taken: it goes before what was typed since.
  back() {
    if (this.sent === null) return;
    const later = [...this.waiting].map(([cell, { was, now }]) => [cell, was, now]);
    const rows = this.rows ?? this.sent.rows;
    [this.waiting, this.rows, this.sent] = [new Map(this.sent.changes), null, null];
    this.add(later, rows);
  }

  // A conflict was decided: the version that was met is the base now; `theirs` says what stands in the cells there.
  settle(version, theirs, mine) {
    this.base = version;
    for (const [cell, text] of Object.entries(theirs)) {
      const change = this.waiting.get(cell);
      if (!mine.includes(cell)) this.waiting.delete(cell);
      else if (change) this.waiting.set(cell, { was: text, now: change.now });
    }
  }

  as_kept() {
    if (this.is_empty) return null;
    const unsure = this.sent ?? this.unsure;
    return { base: this.base, changes: listed(this.waiting), rows: this.rows, unsure: unsure && plain(unsure) };
  }
}

function read(changes) {
  return new Map(changes.map(({ cell, was, now }) => [cell, { was, now }]));
}

function plain({ base, changes, rows, token }) {
  return { base, changes: listed(changes), ...(rows && { rows }), token };
}

function listed(changes) {
  return Array.from(changes, ([cell, { was, now }]) => ({ cell, was, now }));
}

function is_gone(cell, rows) {
  const row = cell.split("/")[0];
  return /^[kn][1-9][0-9]*$/.test(row) && !rows.includes(row);
}

function renamed(cell, keys) {
  const [row, ...rest] = cell.split("/");
  return Object.hasOwn(keys, row) ? [keys[row], ...rest].join("/") : cell;
}
