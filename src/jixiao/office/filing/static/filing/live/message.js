// Messages of findings: the check page's templates filled with what is printed on the form and with exact values.

import { minus, number, plain, plus, quotient } from "./numbers.js";
import { pointer_of, value_at } from "./lookup.js";

const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_.]*)(?::([a-z]+))?\}/g;
const CENTS = 2;

export class Messages {
  constructor(values, lookup, words, book) {
    Object.assign(this, { values, lookup, words, book });
  }

  // A template with every placeholder filled, in both languages. `facts`: form, pointer, row, features, lets.
  fill(template, facts) {
    const filled = (language) => template[language].replace(PLACEHOLDER, (_, name, how) => this._shown(facts, name, how)[language]);
    return { zh: filled("zh"), en: filled("en") };
  }

  _shown(facts, name, how) {
    if (name === "label") return this.lookup.label(facts.form, facts.pointer);
    if (name === "cell") return this.lookup.cell(facts.form, facts.pointer);
    if (name === "mended") return this._mended(facts);
    const column = name.slice(2);
    if (!name.includes(".")) return this._told(facts.lets(name), how, facts.form);
    if (name.startsWith("p.")) return this.book.parameters[column];
    const scales = this.book.features[name[0]];
    if (!Object.hasOwn(scales, column)) {
      return this.lookup.printed(value_at(facts.form, pointer_of(this.words, name, facts.row)));
    }
    const cells = name[0] === "f" ? facts.features.form : facts.features.rows[facts.row ?? 0];
    return this._told(unscaled(cells[column], scales[column]), how, facts.form);
  }

  // The cell, corrected by the page's named value `gap` (total less sum of parts; money in 元).
  _mended({ form, pointer, lets }) {
    const [cell, gap] = [number(value_at(form, pointer)), ratio_of(lets("gap"))];
    if (gap === null || cell === null) return this.lookup.empty;
    const off = this._in_unit(gap, pointer.startsWith("/funds") ? form.currency_unit : null);
    const is_total = pointer.startsWith("/total") || pointer.startsWith("/funds/total");
    return same(plain(is_total ? minus(cell, off) : plus(cell, off)));
  }

  _told(value, how, form) {
    const ratio = ratio_of(value);
    if (how === "money" && ratio !== null) return this._money(ratio, form.currency_unit);
    if (typeof value === "boolean") return this.words.truths[value ? "yes" : "no"];
    if (value === null || value === undefined || value === "") return this.lookup.empty;
    return same(typeof value === "string" && value.includes("/") && ratio ? plain(quotient(...ratio)) : String(value));
  }

  // An amount in 元 in the form's own unit, with at least two decimals.
  _money(ratio, unit) {
    const [whole, part = ""] = plain(this._in_unit(ratio, unit)).split(".");
    return same(`${whole}.${part.padEnd(CENTS, "0")}`);
  }

  _in_unit([num, den], unit) {
    const [base, top, bottom] = this.values.scale(unit || "元");
    return base === "元" ? quotient(num * bottom, den * top) : quotient(num, den);
  }
}

const RATIO = /^-?[0-9]+(?:\.[0-9]+|\/[0-9]+)?$/;

// A value in digits ("9.95", "199/200") as numerator and denominator; null where it is no number.
function ratio_of(value) {
  if (typeof value === "number") return [BigInt(value), 1n];
  if (typeof value !== "string" || !RATIO.test(value)) return null;
  if (value.includes("/")) return value.split("/").map(BigInt);
  const { n, p } = number(value);
  return [n, 10n ** BigInt(p)];
}

// What a feature's cell says: an amount or points as the number they are, anything else as it stands.
function unscaled(cell, scale) {
  if (!scale || cell === null) return cell;
  const [num, den] = String(cell).split("/").map(BigInt);
  return `${num}/${(den ?? 1n) * 10n ** BigInt(scale)}`;
}

function same(text) {
  return { zh: text, en: text };
}
