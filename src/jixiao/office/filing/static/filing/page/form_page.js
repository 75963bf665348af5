// The form page: the grid, what follows at once from each key, saving by itself. It begins with #filing-data (see
// pages/form.py); without this script the page is a form that is saved by its button.

import "../grid/sheet_grid.js";
import { SaveClient } from "../save/client.js";
import { Store } from "../save/store.js";
import { csrf_token, world } from "../save/world.js";
import { Faults } from "./faults.js";
import { Figures } from "./figures.js";
import { Findings } from "./findings.js";
import { LiveForm } from "./live_form.js";
import { Places } from "./places.js";
import { Saving } from "./saving.js";
import { element, say } from "./say.js";
import { Suggestions } from "./suggest.js";
import { row_tools } from "./tools.js";

const data = JSON.parse(document.getElementById("filing-data").textContent);
const root = document.getElementById("form");
const grid = root.querySelector("sheet-grid");

async function begin() {
  const [words, book, rules] = await Promise.all([
    read(data.addresses.words), read(data.addresses.book), import(data.addresses.rules),
  ]);
  const texts = Object.fromEntries([...root.querySelectorAll("[data-cell]")].map((control) => [control.dataset.cell, control.value]));
  const form = new LiveForm({ state: data.state, rows: data.rows, texts }, words, book, rules);
  const places = new Places(root, grid, book.words, data.anchors);
  const page = new FormPage(form, places, book);
  page.start();
  root.dataset.live = "yes";
}

async function read(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

class FormPage {
  constructor(form, places, book) {
    Object.assign(this, { form, places });
    this.figures = new Figures(root, places);
    this.findings = new Findings(document.getElementById("findings"), places, book.words);
    this.faults = new Faults(places);
    const conflicts = element("div", { id: "conflicts", hidden: true });
    root.before(conflicts);
    this.saving = new Saving(document.getElementById("saving"), conflicts, places, data.addresses.login);
    const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
    const store = new Store(localStorage, data.person, data.id);
    this.kept = store.read();
    this.client = new SaveClient(world(data.addresses.save, csrf_token(token)), store, data.version, (news) => this.told(news), this.kept);
  }

  start() {
    grid.addEventListener("sheet-change", ({ detail }) => this.changed(detail.changes, detail.rows));
    for (const control of root.querySelectorAll("[data-cell]")) {
      if (!grid.contains(control)) this._listen(control);
    }
    root.addEventListener("submit", (event) => this._submit(event));
    document.addEventListener("click", (event) => this._go(event)); // also from the note above the form
    addEventListener("online", () => this.client.now());
    addEventListener("pagehide", () => this.client.now());
    document.addEventListener("visibilitychange", () => document.hidden && this.client.now());
    new Suggestions(root, (cell, text) => this._suggested(cell, text), (control, text) => grid.contains(control) ? grid.apply([[control.dataset.cell, text]]) : put(control, text));
    row_tools(grid, root, data.addresses.cell);
    if (this.kept) this._restore(this.kept);
    this.show();
  }

  changed(changes, rows = null) {
    this.form.change(changes, rows);
    this.client.add(changes, rows);
    this.show(rows !== null);
  }

  show(rows = true) {
    const { result, findings } = this.form.review();
    if (rows) this.places.label_rows();
    this.figures.show(result, this.form.record);
    this.findings.show(findings);
    this.faults.show(this.form.faults);
  }

  told(news) {
    const { state, answer } = news;
    if (state === "busy") this.form.stale.send();
    if (["away", "conflict", "signed_out", "refused"].includes(state)) this.form.stale.back();
    if (state === "saved" && answer) this._saved(answer);
    this.saving?.show(news, { again: () => this.client.now(), settle: (mine) => this._settle(mine) });
  }

  // The server's answer counts: keys of new rows, texts that it or another has put, what it alone knows.
  _saved(answer) {
    grid.rename_rows(answer.keys);
    root.querySelector("[name=base]").value = answer.version;
    const untouched = ([cell]) => !this.client.outbox.waiting.has(cell) && document.activeElement?.dataset.cell !== cell;
    const others = Object.entries(answer.cells).filter(untouched);
    const rows = this.client.outbox.rows === null && answer.rows.join() !== grid.keys.join() ? answer.rows : null;
    if (rows !== null || others.length) {
      this.form.change(others.map(([cell, text]) => [cell, "", text]), rows);
      this._put(others, rows);
    }
    this.form.answered(answer);
    this.show();
  }

  _put(changes, rows) {
    grid.show(changes, rows);
    for (const [cell, text] of changes) {
      const control = grid.control(cell) ? null : root.querySelector(`[data-cell="${CSS.escape(cell)}"]`);
      if (control) control.value = text;
    }
  }

  async _settle(mine) {
    const taken = await this.client.settle(mine);
    const changes = taken.filter(({ cell }) => cell !== "rows").map(({ cell, theirs }) => [cell, theirs]);
    this.form.change(changes.map(([cell, text]) => [cell, "", text]), null);
    this._put(changes, null);
    this.show();
  }

  // What was typed and not saved the last time comes back into the page, and is sent.
  _restore({ changes, rows, unsure }) {
    const all = [...(unsure?.changes ?? []), ...changes].map(({ cell, now }) => [cell, now]);
    const order = rows ?? unsure?.rows ?? null;
    this._put(all, order);
    this.form.change(all.map(([cell, text]) => [cell, "", text]), order);
    this.client.now();
  }

  _listen(control) {
    let was = control.value;
    control.addEventListener("input", () => {
      this.changed([[control.dataset.cell, was, control.value]]);
      was = control.value;
    });
  }

  // The button saves by this script; an act (submit, recall) goes on once everything is saved.
  async _submit(event) {
    const act = event.submitter?.dataset.act;
    if (act && this.client.outbox.is_empty) return;
    event.preventDefault();
    await this.client.now();
    if (act && this.client.outbox.is_empty && this.client.state === "saved") event.submitter.click();
  }

  _go(event) {
    const cell = event.target.closest?.("[data-goto]")?.dataset.goto;
    const control = cell && root.querySelector(`[data-cell="${CSS.escape(cell)}"]`);
    if (!control) return;
    event.preventDefault();
    control.closest("details")?.setAttribute("open", "");
    control.focus();
    control.scrollIntoView({ block: "center" });
  }

  async _suggested(cell, text) {
    if (!data.addresses.suggest) return null;
    try {
      const address = `${data.addresses.suggest}?${new URLSearchParams({ cell, text })}`;
      const answer = await fetch(address, { credentials: "same-origin" });
      return answer.ok ? (await answer.json()).suggestions : null;
    } catch {
      return null; // no connection: no suggestions
    }
  }
}

function put(control, text) {
  control.value = text;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

if (data.editable) {
  begin().catch((fault) => {
    const place = document.getElementById("saving");
    place.textContent = say("即时计分未能启动，请用“保存”按钮。", "Live scores could not start; please use the Save button.");
    console.error(fault);
  });
}
