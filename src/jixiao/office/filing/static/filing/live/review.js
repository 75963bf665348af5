// One form scored and questioned in the page: what the server says of the same form, with no connection.

import { Columns } from "./columns.js";
import { Deadlines } from "./deadlines.js";
import { Features } from "./features.js";
import { Labels } from "./labels.js";
import { Locators } from "./locate.js";
import { Lookup, row_of } from "./lookup.js";
import { Messages } from "./message.js";
import { number } from "./numbers.js";
import { Targets } from "./targets.js";
import { Texts } from "./texts.js";
import { Typed } from "./typed.js";
import { Values } from "./values.js";

export class Live {
  // `words`: how texts are read, of the program; `book`: checks and labels of a rulebook; `rules`: its compiled source.
  constructor(words, book, rules) {
    this.book = book;
    this.rules = rules;
    this.texts = new Texts(words);
    this.values = new Values(this.texts);
    this.deadlines = new Deadlines(this.texts);
    this.targets = new Targets(this.texts, this.values, this.deadlines);
    this.typed = new Typed(this.texts, this.values, this.targets);
    this.columns = new Columns(this.values, this.deadlines, new Labels(this.texts, book.labels), words.declared);
    this.locators = new Locators(this.texts, this.values, words.needed);
    this.features = new Features(this.texts, this.locators, words.lexicons);
    this.lookup = new Lookup(words.lookup);
    this.messages = new Messages(this.values, this.lookup, words.lookup, book);
  }

  // The rows that the rules read. `known`: the server's last features, {form, rows}; `evidence`: pointers or null.
  rows(form, known, evidence = null) {
    const own = this.features.rows(form);
    const rows = form.indicators.map((line, at) => ({
      ...known.rows[at],
      ...own[at],
      ...this.columns.indicator(line, form.fiscal_year, evidence && evidence.has(`/indicators/${at}`)),
    }));
    return [{ ...known.form, ...this.features.form(form), ...this.columns.form(form, evidence) }, rows];
  }

  // Scores and findings. `stale`: a test of the features (namespace, name, row) that a changed text may have changed.
  review(form, known, evidence = null, stale = () => false) {
    const [row, rows] = this.rows(form, known, evidence);
    const result = this.rules.run(row, rows);
    const subject = { form, result, lines: lines_of(form, result), features: { form: row, rows } };
    const fired = this.book.checks.flatMap((check) => this._fired(check, subject));
    const findings = without_doubles(fired).map((one) => this._finding(one, subject, stale));
    return { result, findings, waiting: this._waiting(stale, rows.length) };
  }

  _fired(check, { form, result, lines }) {
    const [fires, applies] = [result.verdict(check.code), check.applies ? result.verdict(`${check.code}.applies`) : true];
    const each = Array.isArray(fires) ? fires : [fires];
    const rows = each.map((_, row) => row).filter((row) => each[row] && (Array.isArray(applies) ? applies[row] : applies));
    return rows.flatMap((row) => {
      const pointers = check.locate ? this.locators.find(check.locate, form, lines) : [];
      const own = check.pointer.replace("{k}", String(row));
      return (pointers.length ? pointers : [own]).map((pointer) => ({ check, row: Array.isArray(fires) ? row : null, pointer }));
    });
  }

  _finding({ check, row, pointer }, { form, result, features }, stale) {
    const lets = (name) => result.value(check.lets[name] ?? name, this._level(check.lets[name] ?? name, row));
    const facts = { form, pointer, row, features, lets };
    const [read, expected, ask] = ["read", "expected", "ask"].map((part) => this.messages.fill(check[part], facts));
    const { code, family, severity, clause, title } = check;
    return { code, family, severity, pointer, read, expected, ask, clause, title, row, pending: is_pending(check, row, stale) };
  }

  _level(name, row) {
    return this.rules.LETS[name].level === "form" ? undefined : row;
  }

  // Checks that a changed text may answer otherwise, silent or not: the page says so until the server answers.
  _waiting(stale, count) {
    const rows = [null, ...Array(count).keys()];
    return this.book.checks.filter((check) => rows.some((row) => is_pending(check, row, stale))).map(({ code }) => code);
  }
}

function is_pending(check, row, stale) {
  return check.features.some(([namespace, name]) => stale(namespace, name, row));
}

// Score, band and agreement of every line, as the locators weigh them.
function lines_of(form, result) {
  const value = (name, row) => decimal(result.value(name, row));
  const head = {
    claimed: number(form.execution.score), computed: value("execution_score"), low: null, high: null,
    agrees: result.value("execution_agrees"),
  };
  const rows = form.indicators.map((line, at) => [`/indicators/${at}`, {
    claimed: number(line.score), computed: value("score", at), low: value("low", at), high: value("high", at),
    agrees: result.value("agrees", at),
  }]);
  return new Map([["/execution", head], ...rows]);
}

function decimal(value) {
  return typeof value === "string" && !value.includes("/") ? number(value) : null;
}

// All but those that yield to another one in the same row of the form: one fault, one question.
function without_doubles(fired) {
  const asked = new Set(fired.map(({ check, pointer }) => `${check.code} ${row_of(pointer)}`));
  return fired.filter(({ check, pointer }) => !check.yields.some((code) => asked.has(`${code} ${row_of(pointer)}`)));
}
