// What was typed and not saved, kept in this browser until it is: written at once, so that closing the page, a crash or
// a dead battery loses nothing. One entry a person and form; gone as soon as the server has it.

export class Store {
  constructor(storage, person, filing) {
    this.storage = storage;
    this.name = `jixiao.filing.${filing}.${person}`;
  }

  read() {
    try {
      const kept = JSON.parse(this.storage.getItem(this.name) ?? "null");
      return kept && Number.isInteger(kept.base) && Array.isArray(kept.changes) ? kept : null;
    } catch {
      return null; // not what was written here, or a browser that keeps nothing
    }
  }

  // Whether it is kept; false where the browser refuses (full, or private).
  write(kept) {
    try {
      if (kept === null) this.storage.removeItem(this.name);
      else this.storage.setItem(this.name, JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  }
}
