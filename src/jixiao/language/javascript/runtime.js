// What the generated functions call: exact numbers, three-valued truths, texts, cells in and values out.
// Numbers are plain where that is proved exact, BigInt elsewhere, and {num, den} in lowest terms for other ratios.

const MOST_ROWS = 256; // aggregates are proved for so many rows; more are computed exactly all the same

// --- plain numbers: % is exact in JavaScript, the quotient / alone is not ---

function floorPlain(num, den) {
  const rest = num % den;
  return (num - rest) / den - (rest < 0 ? 1 : 0);
}

function roundPlain(num, den) {
  const size = num < 0 ? -num : num;
  const rest = size % den;
  const near = (size - rest) / den + (rest >= den - rest ? 1 : 0);
  return num < 0 ? -near : near;
}

// --- BigInt: / cuts towards zero ---

function big(number) {
  return number === null ? null : BigInt(number);
}

function floorBig(num, den) {
  const cut = num / den;
  return num < 0n && cut * den !== num ? cut - 1n : cut;
}

function roundBig(num, den) {
  const size = num < 0n ? -num : num;
  const near = (2n * size + den) / (2n * den);
  return num < 0n ? -near : near;
}

// --- exact numbers of any size and any number of decimals ---

function isWhole(number) {
  return typeof number === "bigint";
}

function top(number) {
  return isWhole(number) ? number : number.num;
}

function bottom(number) {
  return isWhole(number) ? 1n : number.den;
}

function ratio(num, den) {
  let one = num < 0n ? -num : num;
  let other = den;
  while (other !== 0n) [one, other] = [other, one % other];
  return one === den ? num / one : { num: num / one, den: den / one };
}

function plus(one, other) {
  if (isWhole(one) && isWhole(other)) return one + other;
  return ratio(top(one) * bottom(other) + top(other) * bottom(one), bottom(one) * bottom(other));
}

function minus(one, other) {
  return plus(one, times(other, -1n));
}

function times(one, other) {
  if (isWhole(one) && isWhole(other)) return one * other;
  return ratio(top(one) * top(other), bottom(one) * bottom(other));
}

function order(one, other) {
  const [left, right] = [top(one) * bottom(other), top(other) * bottom(one)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function floor(num, den) {
  return floorBig(top(num) * bottom(den), bottom(num) * top(den));
}

function round(num, den) {
  return roundBig(top(num) * bottom(den), bottom(num) * top(den));
}

function clamp(number, low, high) {
  if (low !== null && order(number, low - 1n) <= 0) return low;
  return high !== null && order(number, high + 1n) >= 0 ? high : number;
}

// --- truths: null is "unknown" ---

function both(one, other) {
  if (one === false || other === false) return false;
  return one === null || other === null ? null : true;
}

function either(one, other) {
  if (one === true || other === true) return true;
  return one === null || other === null ? null : false;
}

// --- texts: the white space of Unicode, which is not that of trim() ---

function stripped(text) {
  let start = 0;
  let end = text.length;
  while (start < end && SPACES.has(text[start])) start++;
  while (end > start && SPACES.has(text[end - 1])) end--;
  return text.slice(start, end);
}

function blank(text) {
  return text === null || NOTHING.has(stripped(text));
}

// --- cells in ---

const DIGITS = /^(-?\d+)(?:\/(\d+))?$/;

function refuse(where, column, cell) {
  const shown = typeof cell === "string" ? JSON.stringify(cell) : String(cell);
  throw new TypeError(`${where}.${column.name}: ${shown} is no ${column.kind} as row_json writes it`);
}

function asNumber(where, column, cell) {
  if (typeof cell === "bigint") return cell;
  if (typeof cell === "number" && Number.isSafeInteger(cell)) return BigInt(cell);
  const found = typeof cell === "string" ? DIGITS.exec(cell) : null;
  if (found === null || (found[2] !== undefined && BigInt(found[2]) === 0n)) refuse(where, column, cell);
  return found[2] === undefined ? BigInt(found[1]) : ratio(BigInt(found[1]), BigInt(found[2]));
}

function asCell(where, column, cell) {
  if (cell === null && column.nullable) return null;
  if (column.kind === "number") return asNumber(where, column, cell);
  if (typeof cell !== (column.kind === "truth" ? "boolean" : "string")) refuse(where, column, cell);
  return cell;
}

// A number as the fast function holds it; undefined if it lies outside its column's domain.
function inside(where, column, cell) {
  if (column.plain && Number.isSafeInteger(cell)) return cell >= column.low && cell <= column.high ? cell : undefined;
  const number = asNumber(where, column, cell);
  if (!isWhole(number) || number < column.low || number > column.high) return undefined;
  return column.plain ? Number(number) : number;
}

// The cells of a row for the fast function; null if one lies outside its domain.
function fastCells(columns, row, where) {
  const cells = new Array(columns.length);
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at];
    const cell = row[column.name];
    const taken = column.kind === "number" && cell !== null ? inside(where, column, cell) : asCell(where, column, cell);
    if (taken === undefined) return null;
    cells[at] = taken;
  }
  return cells;
}

function exactCells(columns, row, where) {
  return columns.map((column) => asCell(where, column, row[column.name]));
}

// --- values out ---

function quotient(num, den, scale) {
  return ratio(top(num) * bottom(den), bottom(num) * top(den) * 10n ** BigInt(scale));
}

function decimal(number, scale) {
  const digits = String(number < 0n ? -number : number).padStart(scale + 1, "0");
  const cut = digits.length - scale;
  return (number < 0n ? "-" : "") + digits.slice(0, cut) + (scale ? "." + digits.slice(cut) : "");
}

// How many decimals a ratio has; null if they never end.
function decimals(den) {
  let [twos, fives] = [0, 0];
  for (; den % 2n === 0n; den /= 2n) twos++;
  for (; den % 5n === 0n; den /= 5n) fives++;
  return den === 1n ? Math.max(twos, fives) : null;
}

// The value num / (den * 10**scale) in full: decimals where it was rounded, else a whole number or a ratio.
function digits(num, den, scale, rounded) {
  if (rounded && isWhole(num)) return decimal(num, scale);
  const value = quotient(num, den, scale);
  const places = rounded ? decimals(bottom(value)) : null;
  if (places !== null) return decimal((top(value) * 10n ** BigInt(places)) / bottom(value), places);
  return isWhole(value) ? String(value) : `${value.num}/${value.den}`;
}

function trimmed(text, least) {
  const [whole, part] = text.split(".");
  if (part === undefined) return text;
  const kept = part.replace(/0+$/, "").padEnd(Math.min(least, part.length), "0");
  return kept ? `${whole}.${kept}` : whole;
}

// The same as explanations print it: exact where six decimals are enough, otherwise the first four and "…".
function printed(num, den, scale) {
  if (den === 1n && isWhole(num)) return scale > 2 ? trimmed(decimal(num, scale), 2) : decimal(num, scale);
  const value = quotient(num, den, scale);
  if (isWhole(value)) return String(value);
  const exact = times(value, 1000000n);
  if (isWhole(exact)) return trimmed(decimal(exact, 6), 0);
  const cut = floorBig((value.num < 0n ? -value.num : value.num) * 10000n, value.den);
  return `${value.num < 0n ? "-" : ""}${trimmed(decimal(cut, 4), 2)}…`;
}

function exactly(number) {
  return typeof number === "number" ? BigInt(number) : number;
}

class Result {
  constructor(form, rows, exact) {
    this.form = form;
    this.rows = rows;
    this.exact = exact; // true if a row lay outside its domains and the slow function computed
  }

  _cell(place, row) {
    return place[0] ? this.rows[row][place[1]] : this.form[place[1]];
  }

  // Numerator and denominator of a number, or null.
  _number(slot, row) {
    const num = exactly(this._cell(slot.num, row));
    const den = slot.den === null ? 1n : exactly(this._cell(slot.den, row));
    return num === null || den === null ? null : [num, den];
  }

  // A named value: a text of digits ("9.95", or "199/200" where it was not rounded), a boolean, a text, or null.
  value(name, row) {
    const slot = LETS[name];
    if (slot.kind !== "number") return this._cell(slot.num, row);
    const number = this._number(slot, row);
    return number === null ? null : digits(...number, slot.scale, slot.den === null);
  }

  // A named value as the derivation prints it.
  shown(name, row) {
    const slot = LETS[name];
    const cell = slot.kind === "number" ? this._number(slot, row) : this._cell(slot.num, row);
    if (cell === null || cell === "") return "—";
    if (slot.kind === "number") return printed(...cell, slot.scale);
    return slot.kind === "text" ? cell : cell ? "✓" : "✗";
  }

  // A condition: true, false, or null (cannot be decided); a list, one an indicator, for one on indicators.
  verdict(code) {
    const place = CONDITIONS[code];
    return place[0] ? this.rows.map((cells) => cells[place[1]]) : this.form[place[1]];
  }

  // All named values and conditions, as JSON.
  toJSON() {
    const names = Object.keys(LETS);
    const values = (wanted, row) => Object.fromEntries(wanted.map((name) => [name, this.value(name, row)]));
    const below = names.filter((name) => LETS[name].level === "indicator");
    return {
      form: values(names.filter((name) => LETS[name].level === "form")),
      rows: this.rows.map((_, row) => values(below, row)),
      conditions: Object.fromEntries(Object.keys(CONDITIONS).map((code) => [code, this.verdict(code)])),
    };
  }
}

// Run on the row of a form and the rows of its indicators. Throws a TypeError that names a cell of the wrong kind.
function run(form, rows) {
  const cells = rows.length <= MOST_ROWS ? fastCells(FORM, form, "f") : null;
  const lines = cells === null ? null : rows.map((row) => fastCells(INDICATOR, row, "i"));
  return lines === null || lines.includes(null) ? runExact(form, rows) : new Result(...fast(cells, lines), false);
}

// The same with exact numbers throughout, which is what rows outside the domains are given.
function runExact(form, rows) {
  return new Result(...exact(exactCells(FORM, form, "f"), rows.map((row) => exactCells(INDICATOR, row, "i"))), true);
}
