// What can be undone: batches of changed cells and of changed rows, by name, so that they hold after rows were moved.
// A batch: {cells: [[name, was, now], …], rows: null or {was: keys, now: keys}}.

const MOST = 500;

export class History {
  constructor() {
    this.done = [];
    this.undone = [];
  }

  add(cells, rows = null) {
    const changed = cells.filter(([, was, now]) => was !== now);
    if (changed.length === 0 && rows === null) return;
    this.done = [...this.done, { cells: changed, rows }].slice(-MOST);
    this.undone = [];
  }

  // The batch to apply to go back one step, or null; `redo` the other way.
  undo() {
    const batch = this.done.pop();
    if (!batch) return null;
    this.undone.push(batch);
    return turned(batch);
  }

  redo() {
    const batch = this.undone.pop();
    if (!batch) return null;
    this.done.push(batch);
    return batch;
  }

  // Another name for a row: the server has given a new one its key.
  rename(keys) {
    for (const batch of [...this.done, ...this.undone]) {
      batch.cells = batch.cells.map(([name, was, now]) => [renamed(name, keys), was, now]);
      if (batch.rows) {
        const rows = (list) => list.map((key) => keys[key] ?? key);
        batch.rows = { was: rows(batch.rows.was), now: rows(batch.rows.now) };
      }
    }
  }
}

function turned({ cells, rows }) {
  const back = cells.map(([name, was, now]) => [name, now, was]).reverse();
  return { cells: back, rows: rows && { was: rows.now, now: rows.was } };
}

export function renamed(name, keys) {
  const [row, ...rest] = name.split("/");
  return Object.hasOwn(keys, row) ? [keys[row], ...rest].join("/") : name;
}
