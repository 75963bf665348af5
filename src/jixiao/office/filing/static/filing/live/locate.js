// Which cell explains a broken sum: pointers of the cells that may be wrong, the evidence of the form weighed.
// The same as the server's locators; where the form itself clears a cell, that cell is not named.

import { last_place, minus, number, order, plus, size_of, sum, times, ZERO } from "./numbers.js";
import { value_at } from "./lookup.js";

const MOST = 4;
const AMOUNTS = ["initial", "adjusted", "executed"];
const HUNDRED = number("100");
const TWO = number("2");

export class Locators {
  constructor(texts, values, needed) {
    Object.assign(this, { texts, values, needed });
  }

  // Pointers by the name under which a check calls a locator.
  find(name, form, lines) {
    if (name.startsWith("funds_")) return this.funds(form, name.slice("funds_".length));
    if (name === "weights" || name === "scores") return this[name](form, lines);
    return this[name](form);
  }

  funds(form, column) {
    const whole = `/funds/total/${column}`;
    const total = number(form.funds.total[column]);
    const rows = fund_rows(form);
    if (total === null || rows.length === 0) return [whole];
    const verdict = column === "initial" ? null : rate_speaks(form);
    if (verdict === "parts") return [whole];
    const gap = minus(total, sum(rows.map(([, row]) => held(row[column]))));
    const may_be = ([, row]) => order(plus(held(row[column]), gap), ZERO) >= 0 && AMOUNTS.some((name) => filled(row[name]));
    const at_zero = ([, row]) => order(plus(held(row[column]), gap), ZERO) === 0;
    const first = [...rows.filter(at_zero), ...rows.filter((row) => !at_zero(row))];
    const suspects = first.filter(may_be).map(([pointer]) => `${pointer}/${column}`);
    const cleared = verdict === "total" && suspects.length > 0;
    return [...(cleared ? [] : [whole]), ...suspects].slice(0, MOST);
  }

  weights(form, lines) {
    const cells = column_cells(form, "weight");
    const printed = number(form.total.weight);
    if (printed === null) return ["/total/weight"];
    const gap = minus(printed, sum(cells.map(([, weight]) => weight)));
    const found = cells.filter(([row, weight]) => fits(weight, plus(weight, gap), lines.get(row)));
    const pointers = found.slice(0, MOST).map(([row]) => `${row}/weight`);
    return pointers.length ? pointers : ["/total/weight"];
  }

  scores(form, lines) {
    const cells = column_cells(form, "score");
    const printed = number(form.total.score);
    if (printed === null) return ["/total/score"];
    const gap = minus(printed, sum(cells.map(([, score]) => score)));
    const right = ([row, score]) => same(lines.get(row).computed, plus(score, gap));
    const sure = cells.filter(right).map(([row]) => `${row}/score`);
    if (sure.length) return sure.slice(0, MOST);
    const maybe = cells.filter(([row, score]) => {
      const line = lines.get(row);
      return (line.computed === null || line.low !== null) && same(number(value_at(form, `${row}/weight`)), plus(score, gap));
    });
    return ["/total/score", ...maybe.map(([row]) => `${row}/score`)].slice(0, MOST);
  }

  declared(form) {
    const weights = form.indicators.map((line) => held(line.weight));
    const all = plus(sum(weights), held(form.execution.weight));
    const gap = form.total.weight === null ? null : minus(number(form.total.weight), all);
    const is_wrong = ([label, points]) => {
      const below = form.indicators.filter((line) => line.level1 === label || line.level2 === label);
      if (below.length === 0 || below.some((line) => line.weight === null)) return false;
      const difference = minus(number(points), sum(below.map((line) => number(line.weight))));
      return order(difference, ZERO) !== 0 && !same(gap, difference);
    };
    return Object.entries(form.declared_weights).filter(is_wrong).map(([label]) => `/declared_weights/${label}`);
  }

  row_rates(form) {
    const rows = new Map(fund_rows(form));
    const is_wrong = ({ label, text, pointer }) => {
      const rate = label.includes("执行率") ? number(this.values.rate(text)) : null;
      return rate !== null && rows.has(pointer ?? "") && is_quotient(rate, rows.get(pointer)) === false;
    };
    return form.extras.filter(is_wrong).map(({ pointer }) => pointer);
  }

  negatives(form) {
    const rows = form.indicators.flatMap((_, at) => [`/indicators/${at}/weight`, `/indicators/${at}/score`]);
    const heads = ["/execution/weight", "/execution/rate", "/execution/score"];
    return below_zero(form, [...heads, ...rows, "/total/weight", "/total/score"]);
  }

  amounts_below_zero(form) {
    const rows = ["/funds/total", ...fund_rows(form).map(([pointer]) => pointer)];
    return below_zero(form, rows.flatMap((row) => AMOUNTS.map((name) => `${row}/${name}`)));
  }

  overspent(form) {
    const spent = ({ adjusted, executed }) => adjusted !== null && executed !== null && order(number(executed), number(adjusted)) > 0;
    const { total } = form.funds;
    if (total.adjusted === null || total.executed === null || spent(total)) return [];
    return fund_rows(form).filter(([, row]) => spent(row)).map(([pointer]) => `${pointer}/executed`);
  }

  blanks(form) {
    return this.needed.all.filter((pointer) => this.is_left_blank(form, pointer));
  }

  // Whether a cell is there and holds nothing, and that not because it could not be read.
  is_left_blank(form, pointer) {
    const value = value_at(form, pointer);
    const is_blank = typeof value === "string" ? this.texts.is_nothing(value) : value === null;
    const is_there = form.places.length ? form.places.includes(pointer) : this.needed.always.includes(pointer);
    return is_blank && is_there && !form.problems.some((problem) => problem.pointer === pointer);
  }
}

// The part rows of 项目资金 by pointer, those without an amount left out.
function fund_rows(form) {
  const named = ["current_year", "carryover", "other"].map((name) => [`/funds/${name}`, form.funds[name]]);
  const more = form.funds.more.map((row, at) => [`/funds/more/${at}`, row]);
  return [...named, ...more].filter(([, row]) => AMOUNTS.some((name) => row[name] !== null));
}

// Whether a rate in per cent is executed ÷ adjusted but for its last printed place; null without a quotient.
function is_quotient(rate, row) {
  if (row.executed === null || row.adjusted === null) return null;
  const [executed, adjusted] = [number(row.executed), number(row.adjusted)];
  if (order(adjusted, ZERO) === 0) {
    return order(executed, ZERO) !== 0 || same(rate, ZERO) || same(rate, HUNDRED) ? null : false;
  }
  const off = size_of(minus(times(rate, adjusted), times(HUNDRED, executed)));
  return order(off, times(last_place(rate), size_of(adjusted))) < 0;
}

function rate_speaks(form) {
  const rate = number(form.execution.rate);
  if (rate === null) return null;
  const rows = fund_rows(form).map(([, row]) => row);
  const digits = (name) => as_digits(sum(rows.map((row) => held(row[name]))));
  const by_total = is_quotient(rate, form.funds.total);
  const by_parts = is_quotient(rate, { adjusted: digits("adjusted"), executed: digits("executed") });
  return by_total === by_parts ? null : by_total ? "total" : "parts";
}

function as_digits({ n, p }) {
  const text = String(n < 0n ? -n : n).padStart(p + 1, "0");
  return `${n < 0n ? "-" : ""}${text.slice(0, text.length - p)}${p ? `.${text.slice(text.length - p)}` : ""}`;
}

function fits(weight, right, line) {
  if (line.claimed === null || order(right, ZERO) <= 0) return false;
  if (same(line.claimed, right)) return true;
  if (line.computed === null || line.agrees) return false;
  return order(weight, ZERO) !== 0 ? follows(line, weight, right) : order(line.claimed, right) <= 0;
}

function follows({ claimed, computed, low, high }, weight, right) {
  if (low !== null && high !== null) {
    const mended = times(claimed, weight);
    return order(times(low, right), mended) <= 0 && order(mended, times(high, right)) <= 0;
  }
  if (order(computed, weight) === 0) return false;
  const off = size_of(minus(times(claimed, weight), times(computed, right)));
  return order(times(off, TWO), times(last_place(claimed), plus(weight, right))) <= 0;
}

// Every printed weight or score with the row it stands in.
function column_cells(form, column) {
  const rows = ["/execution", ...form.indicators.map((_, at) => `/indicators/${at}`)];
  const cells = rows.map((row) => [row, number(value_at(form, `${row}/${column}`))]);
  return cells.filter(([, value]) => value !== null);
}

function below_zero(form, pointers) {
  return pointers.filter((pointer) => {
    const value = number(value_at(form, pointer));
    return value !== null && order(value, ZERO) < 0;
  });
}

function held(digits) {
  return digits === null ? ZERO : number(digits);
}

function filled(digits) {
  return digits !== null && order(number(digits), ZERO) !== 0;
}

function same(one, other) {
  return one !== null && other !== null && order(one, other) === 0;
}
