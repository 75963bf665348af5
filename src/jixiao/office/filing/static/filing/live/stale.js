// Which features of words may have changed since the server last answered: by the cells that were typed in since.
// The table comes from the server (live/depends.py): "name" a cell of the row, "*name" of any row, "goal.expected" of
// the form.

export class Stale {
  constructor(depends) {
    this.depends = depends;
    this.now = empty();
    this.sent = empty();
  }

  // Cells were typed in; `rows`: whether rows were added, removed or moved.
  add(cells, rows = false) {
    for (const cell of cells) put(this.now, cell);
    this.now.rows ||= rows;
  }

  // A save is on its way; the server has answered; or it has not been taken.
  send() {
    this.sent = joined(this.sent, this.now);
    this.now = empty();
  }

  answered() {
    this.sent = empty();
  }

  back() {
    this.now = joined(this.sent, this.now);
    this.sent = empty();
  }

  // The server has given new rows their keys.
  rename(keys) {
    const named = (cell) => cell.replace(/^[kn][1-9][0-9]*(?=\/)/, (key) => keys[key] ?? key);
    this.now = { cells: new Set([...this.now.cells].map(named)), rows: this.now.rows };
  }

  // A test of features (namespace, name, key of the row or null for any) as things stand.
  test() {
    const all = joined(this.sent, this.now);
    if (all.cells.size === 0 && !all.rows) return () => false;
    return (namespace, name, key) => (this.depends[namespace][name] ?? []).some((place) => touches(all, place, key));
  }
}

function empty() {
  return { cells: new Set(), rows: false };
}

function joined(one, other) {
  return { cells: new Set([...one.cells, ...other.cells]), rows: one.rows || other.rows };
}

const ROW = /^[kn][1-9][0-9]*$/;

function put(found, cell) {
  const [head, ...rest] = cell.split("/");
  if (cell.includes("/+") || head === "extras") found.cells.add("extras.");
  else if (ROW.test(head)) {
    const field = rest[0].split(".")[0];
    found.cells.add(`${head}/${field}`).add(`*${field}`);
  } else found.cells.add(head === "goal" || head === "project" ? `${head}.${rest[0]}` : `${head}.`);
}

function touches(all, place, key) {
  if (place.startsWith("*")) return all.rows || all.cells.has(place);
  if (place.includes(".")) return all.cells.has(place);
  return key === null ? all.cells.has(`*${place}`) : all.cells.has(`${key}/${place}`);
}
