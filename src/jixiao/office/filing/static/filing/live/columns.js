// A form as the rows that the rules read: one of the form, one of each indicator; numbers scaled, exact, as JSON cells.

import { last_day } from "./deadlines.js";
import { common, number, plus, ZERO } from "./numbers.js";

const AMOUNTS = ["initial", "adjusted", "executed"];
const FUND_ROWS = [["", "total"], ["current_year_", "current_year"], ["carryover_", "carryover"], ["other_", "other"]];
const COMPARED = new Set(["≥", ">", "=", "<", "≤"]);
const MOST_PLAIN = BigInt(Number.MAX_SAFE_INTEGER);

export class Columns {
  constructor(values, deadlines, labels, declared) {
    Object.assign(this, { values, deadlines, labels, declared });
  }

  // The columns f.… of a form; money in 元 where the form names its unit. `evidence`: pointers, null where not asked.
  form(form, evidence = null) {
    const factor = this._money(form.currency_unit);
    const row = {};
    for (const [prefix, name] of FUND_ROWS) {
      for (const amount of AMOUNTS) row[prefix + amount] = scaled(form.funds[name][amount], 2, factor);
    }
    for (const amount of AMOUNTS) row[`more_${amount}`] = cell(sum(form.funds.more, amount), 2, factor);
    for (const name of ["current_year", "carryover", "other"]) row[`has_${name}`] = is_printed(form, name);
    row.execution_supported = evidence === null ? null : evidence.has("/execution");
    return Object.assign(row, this._numbers(form), texts(form));
  }

  _numbers({ execution, total, declared_weights, fiscal_year }) {
    const row = { fiscal_year };
    for (const [name, level] of Object.entries(this.declared)) row[name] = scaled(declared_weights[level] ?? null, 2);
    for (const part of ["weight", "rate", "score"]) row[`execution_${part}`] = scaled(execution[part], 2);
    row.execution_rate_places = places(execution.rate);
    row.execution_score_places = places(execution.score);
    row.total_weight = scaled(total.weight, 2);
    row.total_score = scaled(total.score, 2);
    row.total_score_places = places(total.score);
    return row;
  }

  // The columns i.… of one indicator; the actual is converted to the target's unit where the two convert.
  indicator(line, fiscal_year, supported = null) {
    const { target, actual } = line;
    const [factor, differ] = this._conversion(target.unit, actual.unit);
    const compared = COMPARED.has(target.operator);
    const [low, high] = Array.isArray(target.value) ? target.value : [null, null];
    const by_number = actual.value !== null && (compared || target.operator === "range");
    return {
      operator: target.operator ?? "",
      target: scaled(compared ? target.value : null, 4),
      target_low: scaled(low, 4),
      target_high: scaled(high, 4),
      actual: scaled(actual.value, 4, factor),
      units_differ: by_number && differ,
      band: by_number ? "" : this.labels.of(line),
      on_time: this._on_time(target, actual.text, fiscal_year),
      weight: scaled(line.weight, 2),
      score: scaled(line.score, 2),
      score_places: places(line.score),
      level1: line.level1,
      level2: line.level2,
      name: line.name,
      deviation: line.deviation,
      target_text: target.text,
      actual_text: actual.text,
      target_unit: target.unit,
      actual_unit: actual.unit,
      supported,
    };
  }

  _on_time(target, text, fiscal_year) {
    const span = target.operator === "before" ? this.deadlines.span(text, fiscal_year) : null;
    if (span === null) return null;
    const due = last_day(target.value);
    return span[1] <= due ? true : span[0] > due ? false : null;
  }

  _conversion(target, actual) {
    if (target === actual || !target || !actual) return [ONE, false];
    const [[base, num, den], [other, other_num, other_den]] = [this.values.scale(target), this.values.scale(actual)];
    return base === other ? [[other_num * den, other_den * num], false] : [ONE, true];
  }

  _money(unit) {
    const [base, num, den] = this.values.scale(unit ?? "");
    return base === "元" ? [num, den] : ONE;
  }
}

const ONE = [1n, 1n];

function scaled(digits, scale, factor = ONE) {
  return cell(number(digits), scale, factor);
}

// A number times a factor as a row holds it: times 10^scale, whole unless it has more decimals than that.
function cell(value, scale, factor = ONE) {
  if (value === null) return null;
  const top = value.n * factor[0] * 10n ** BigInt(scale + Math.max(0, -value.p));
  const bottom = 10n ** BigInt(Math.max(0, value.p)) * factor[1];
  const shared = common(top, bottom);
  const [num, den] = [top / shared, bottom / shared];
  if (den !== 1n) return `${num}/${den}`;
  return num <= MOST_PLAIN && num >= -MOST_PLAIN ? Number(num) : String(num);
}

function sum(rows, amount) {
  if (rows.some((row) => row[amount] === null)) return null;
  return rows.reduce((total, row) => plus(total, number(row[amount])), ZERO);
}

// How many decimals are printed.
export function places(digits) {
  return digits === null ? null : (digits.split(".")[1] ?? "").length;
}

// Whether a fund row is printed: it has a number or a place.
function is_printed(form, name) {
  if (AMOUNTS.some((amount) => form.funds[name][amount] !== null)) return true;
  return form.places.some((pointer) => pointer.startsWith(`/funds/${name}`));
}

function texts(form) {
  return {
    grade: form.grade ?? "",
    goal_expected: form.goal.expected,
    goal_actual: form.goal.actual,
    title: form.title,
    project: form.project.name,
    unit: form.unit,
    department: form.department,
  };
}
