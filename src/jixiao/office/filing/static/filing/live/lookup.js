// What stands at a JSON pointer of a form: its value, how it is printed, its label for people, its row.

const LONGEST = 60;
const TEXT_FIELDS = new Set(["target", "actual"]);

export class Lookup {
  constructor(words) {
    this.words = words;
    this.empty = words.empty;
  }

  // A value as it was printed; long texts are cut after 60 characters.
  printed(value) {
    if (value === null || value === undefined || value === "") return this.empty;
    if (typeof value === "object") return this._printed_row(value);
    const letters = typeof value === "string" && value.length > LONGEST ? Array.from(value) : [];
    return same(letters.length > LONGEST ? `${letters.slice(0, LONGEST).join("")}…` : String(value));
  }

  _printed_row(value) {
    if ("text" in value) return this.printed(value.text);
    return same(["initial", "adjusted", "executed"].map((amount) => this.printed(value[amount]).zh).join(" / "));
  }

  // What is printed at a pointer; for a fund row its amounts and the rate beside it.
  cell(form, pointer) {
    const value = value_at(form, pointer);
    const rate = form.extras.find((extra) => extra.pointer === pointer && extra.label.includes("执行率"));
    const printed = this.printed(value);
    if (!rate || !is_fund_row(value)) return printed;
    return { zh: `${printed.zh}，执行率 ${rate.text}`, en: `${printed.zh}, rate ${rate.text}` };
  }

  label(form, pointer) {
    if (Object.hasOwn(this.words.labels, pointer)) return this.words.labels[pointer];
    const cut = pointer.lastIndexOf("/");
    const [above, last] = [pointer.slice(0, Math.max(cut, 0)), pointer.slice(cut + 1)];
    if (above === "/declared_weights") return same(last);
    if (above === "/indicators" || above === "/funds/more") {
      const row = value_at(form, pointer);
      return this.printed(row?.name || row?.label);
    }
    if (!above) return same(last);
    const [row, part] = [this.label(form, above), this.words.parts[last] ?? same(last)];
    return { zh: `${row.zh}·${part.zh}`, en: `${row.en}, ${part.en}` };
  }
}

export function value_at(form, pointer) {
  let value = form;
  for (const step of pointer.split("/").slice(1)) {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, step)) return null;
    value = value[step];
  }
  return value;
}

const DEEP = { indicators: 3, declared_weights: 3, funds: 3 };

// The printed row a cell stands in: an indicator, a fund row (execution stands in that of the total), the total.
export function row_of(pointer) {
  const steps = pointer.split("/");
  if (steps[1] === "execution") return "/funds/total";
  const deep = steps[1] === "funds" && steps[2] === "more" ? 4 : (DEEP[steps[1]] ?? 2);
  return steps.slice(0, deep).join("/");
}

// The field of the form that a column comes from, as the server names it.
export function pointer_of(words, column, row) {
  const name = column.slice(2);
  if (column.startsWith("i.")) {
    const field = words.indicator_fields[name] ?? name;
    return `/indicators/${row ?? 0}/${field}${name.endsWith("_unit") && TEXT_FIELDS.has(field) ? "/unit" : ""}`;
  }
  return words.form_fields[name] ?? `/${name}`;
}

function is_fund_row(value) {
  return value !== null && typeof value === "object" && "adjusted" in value;
}

function same(text) {
  return { zh: text, en: text };
}
