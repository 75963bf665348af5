// 年度指标值 and 实际完成值 as data: operator, value, unit; ranges; deadlines; what cannot be decided stays text.

import { number, order } from "./numbers.js";

export class Targets {
  constructor(texts, values, deadlines) {
    Object.assign(this, { texts, values, deadlines, words: texts.words.targets });
    this.simple = texts.whole("simple");
    this.named = texts.whole("named");
    this.ranges = texts.words.ranges.map((pattern) => texts.made(`^(?:${pattern})$`));
    this.year = texts.whole("year");
    this.year_and_month = texts.whole("year_and_month");
    this.done = texts.pattern("done", "gu");
  }

  target(text, fiscal_year) {
    if (this.texts.is_nothing(text)) return { text, operator: null, value: null, unit: "" };
    const printed = this.texts.tidy(text);
    const due = this.deadlines.read(printed, fiscal_year);
    if (due !== null) return { text, operator: "before", value: due, unit: "" };
    const read = this._simple(printed) ?? this._range(printed) ?? { operator: "qualitative", value: null, unit: "" };
    return { text, ...read };
  }

  // A sign copied from the target stays in the text; > and < leave no number.
  actual(text) {
    const printed = this.texts.tidy(text);
    for (const candidate of [printed.replace(this.done, ""), printed]) {
      const read = this._simple(candidate);
      if (read && !this.words.strict.includes(read.operator)) return { text, value: read.value, unit: read.unit };
    }
    return { text, value: null, unit: "" };
  }

  _simple(printed) {
    const groups = this.simple.exec(printed)?.groups ?? this._named(printed);
    if (!groups) return null;
    const [operator, unit] = [this._operator(groups), this._unit(groups.value, groups.unit)];
    const value = this.values.number(groups.value);
    if (operator === null || unit === null || value === null || this._is_calendar(groups)) return null;
    return { operator, value, unit };
  }

  _named(printed) {
    const groups = this.named.exec(printed)?.groups;
    return groups && !this.words.not_a_name.some((word) => groups.name.includes(word)) ? groups : null;
  }

  _operator(groups) {
    const [sign, suffix] = [this.words.signs[groups.sign ?? ""], this.words.suffixes[groups.suffix ?? ""]];
    if (sign && suffix && sign !== suffix) return null;
    const operator = sign || suffix || "=";
    const included = groups.included || groups.included_too;
    return included && !this.words.inclusive.includes(operator) ? null : operator;
  }

  _unit(value, unit) {
    const { ratio_tails, no_unit_begins, no_unit_ends, no_unit_holds } = this.words;
    if (unit && "%‰".includes(unit[0])) return ratio_tails.includes(unit.slice(1)) ? unit[0] : null;
    if (no_unit_begins.some((word) => unit.startsWith(word))) return null;
    if (no_unit_ends.some((word) => unit.endsWith(word))) return null;
    if (no_unit_holds.some((word) => unit.includes(word))) return null;
    return unit.startsWith("年") && this.year.test(value) ? null : unit;
  }

  // Whether an unsigned number without a unit may as well be a month or a day (2024.12, 20241231).
  _is_calendar(groups) {
    if (groups.sign || groups.suffix) return false;
    return !groups.unit && this.year_and_month.test(groups.value);
  }

  _range(printed) {
    let groups = null;
    for (const pattern of this.ranges) groups ??= pattern.exec(printed)?.groups;
    if (!groups) return null;
    const [low, high] = [this.values.number(groups.low), this.values.number(groups.high)];
    const unit = this._common_unit(groups);
    if (low === null || high === null || order(number(low), number(high)) > 0 || unit === null) return null;
    if ("年月日".includes(unit[0] ?? "-") || (!unit && this.year.test(groups.low))) return null;
    return { operator: "range", value: [low, high], unit };
  }

  _common_unit(groups) {
    const [low, high] = [this._unit(groups.low, groups.low_unit), this._unit(groups.high, groups.unit)];
    if (low === null || high === null) return null;
    if (["万", "亿", "千", "百"].includes(low) && high.startsWith(low)) return high;
    return !low || !high || low === high ? high || low : null;
  }
}
