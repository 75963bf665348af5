// Findings beside the table and at their cells. The three families never mix: each has its own word, colour and place.

import { element, ENGLISH, say, told } from "./say.js";

const FAMILIES = ["arithmetic", "clause", "doubt"];

export class Findings {
  // `panel`: the section that lists them; `words`: names of families and the like, of the book.
  constructor(panel, places, words) {
    Object.assign(this, { panel, places, words, shown: "" });
  }

  show(findings) {
    const seen = JSON.stringify(findings.map(({ code, cell, ask, read, expected, pending }) => [code, cell, ask, read, expected, pending]));
    if (seen === this.shown) return;
    this.shown = seen;
    const named = findings.map((finding, at) => this._named(finding, at));
    for (const old of this.panel.querySelectorAll(".finding, .family-head, .quiet.none")) old.remove();
    this.panel.append(...FAMILIES.flatMap((family) => this._family(named.filter((finding) => finding.family === family))));
    if (findings.length === 0) this.panel.append(element("p", { class: "quiet none" }, say("没有疑点。", "No findings.")));
    const count = this.panel.querySelector("[data-count]");
    if (count) count.textContent = String(findings.length);
    this._mark(named);
  }

  _named(finding, at) {
    const pick = (text) => (ENGLISH ? text.en : text.zh);
    const [read, expected, ask, title] = [finding.read, finding.expected, finding.ask, finding.title].map(pick);
    return { ...finding, read, expected, ask, title, id: `finding-${at + 1}`, control: this.places.control(finding.cell) };
  }

  _family(findings) {
    if (findings.length === 0) return [];
    const [{ family }] = findings;
    const means = element("span", { class: "quiet" }, ` ${told(this.words.means[family])} · ${findings.length}`);
    return [element("h3", { class: "family-head" }, told(this.words.family[family]), means), ...findings.map((finding) => this._item(finding))];
  }

  _item({ id, code, family, severity, cell, control, read, expected, ask, title, pending, source, clause }) {
    const name = this.places.name(cell);
    const where = control ? element("a", { href: `#${anchor(control)}`, "data-goto": control.dataset.cell }, name) : name;
    const kind = element("span", { class: "family" }, told(this.words.family[family]));
    const quiet = (text) => element("p", { class: "quiet" }, text);
    const item = element(
      "article", { class: `finding ${family}${pending ? " waiting" : ""}`, id },
      element("p", {}, kind, " ", where),
      element("p", {}, ask),
      quiet(`${say("读到：", "Read: ")}${read}`),
      quiet(`${say("应为：", "Expected: ")}${expected}`),
    );
    if (source) item.append(element("p", { class: "clause" }, `${source} · ${told(this.words.evidence[clause.evidence])}`));
    if (pending) item.append(quiet(say("文字已改，待保存后核对", "The text was changed: checked when saved")));
    item.append(quiet(`${code} ${title} · ${told(this.words.severity[severity])}`));
    return item;
  }

  // One mark a cell and family, with the number of findings; it leads to the first of them.
  _mark(findings) {
    for (const old of this.places.root.querySelectorAll("a.mark[href^='#finding-']")) old.remove();
    const cells = new Map();
    for (const finding of findings) {
      if (finding.control) cells.set(finding.control, [...(cells.get(finding.control) ?? []), finding]);
    }
    const marked = new Set([...(this.marked ?? []), ...cells.keys()]);
    this.marked = [...cells.keys()];
    for (const control of marked) this._mark_cell(control, cells.get(control) ?? []);
  }

  _mark_cell(control, findings) {
    const cell = control.closest("td, th, .field") ?? control.parentElement;
    let place = cell.querySelector(".marks");
    if (!place && findings.length) cell.append((place = element("span", { class: "marks" })));
    const groups = FAMILIES.map((family) => findings.filter((finding) => finding.family === family));
    place?.prepend(...groups.filter((group) => group.length).map((group) => this._link(group)));
    const fault = cell.querySelector(".fault")?.id;
    control.setAttribute("aria-describedby", [fault, ...findings.map(({ id }) => id)].filter(Boolean).join(" "));
  }

  _link(findings) {
    const [{ family, id }] = findings;
    const label = `${told(this.words.family[family])}${say("：", ": ")}${findings.map(({ title }) => title).join(say("；", "; "))}`;
    const text = told(this.words.mark[family]) + (findings.length > 1 ? findings.length : "");
    return element("a", { class: `mark ${family}`, href: `#${id}`, "aria-label": label, title: label }, text);
  }
}

// Where a link to a control leads.
function anchor(control) {
  return control.id || control.closest("[id]")?.id || "";
}
