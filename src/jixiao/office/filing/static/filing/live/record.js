// A form and the keys of its rows, changed cell by cell as the server changes it. Cells are named as on the server:
// `funds/total/executed`, `k3/actual`, `k3/target.sign`, `declared/产出指标`, `extras/…`, `k3/+…`.

const AMOUNTS = ["initial", "adjusted", "executed"];
const ROW_KINDS = {
  level1: "level1", level2: "level2", name: "text", target: "target", actual: "actual", weight: "number",
  score: "number", deviation: "text",
};
const OPTIONAL = new Set(["project/code", "currency_unit", "grade"]);
const KEY = /^[kn][1-9][0-9]{0,8}$/;
const UNPLACED = "unplaced";
export const PARTS = ["target.sign", "target.value", "target.unit"];

export class Record {
  constructor(typed, form, keys, texts = new Map()) {
    Object.assign(this, { typed, form, keys, texts });
  }

  // Put a typed text into the form; false where a number is expected and this is none.
  set(cell, text) {
    this.texts.set(cell, text);
    const [head, rest] = parted(cell);
    const place = PARTS.includes(rest) ? null : this._place(cell);
    if (PARTS.includes(rest)) this._set_parts(head);
    else if (place === null) this._new(cell, text);
    else return this._put(place, text);
    return true;
  }

  // The rows in this order: known ones move, new ones are empty, others go, with what stands beside them.
  order(keys) {
    const [old, form] = [new Map(this.keys.map((key, at) => [key, at])), this.form];
    const moved = new Map(keys.flatMap((key, at) => (old.has(key) ? [[old.get(key), at]] : [])));
    form.indicators = keys.map((key) => (old.has(key) ? form.indicators[old.get(key)] : empty_row()));
    form.extras = form.extras.map((extra) => with_moved(extra, moved)).filter((extra) => extra !== null);
    this.keys = [...keys];
  }

  // The form as rules read it: a text that is no number is a cell that could not be read.
  get read() {
    const unread = this.form.extras.filter(is_typed).map(({ pointer }) => ({ pointer, missing: false }));
    return { ...this.form, problems: unread };
  }

  // The JSON pointer of a cell, and back.
  pointer(cell) {
    const [head, rest] = parted(cell);
    if (KEY.test(head)) return `/indicators/${this.keys.indexOf(head)}${rest ? `/${rest.split(".")[0]}` : ""}`;
    if (head === "declared") return `/declared_weights/${rest}`;
    const place = this._place(cell);
    return place === null ? `/${cell}` : place.pointer;
  }

  cell(pointer) {
    const steps = pointer.split("/").slice(1);
    if (steps[0] === "indicators" && steps.length > 1) return [this.keys[Number(steps[1])], ...steps.slice(2)].join("/");
    if (steps[0] === "declared_weights") return ["declared", ...steps.slice(1)].join("/");
    if (steps[0] !== "funds" || steps[1] !== "more" || steps.length < 3) return steps.join("/");
    return ["funds", "more", this._more_names()[Number(steps[2])], ...steps.slice(3)].join("/");
  }

  _place(cell) {
    const [head, rest] = parted(cell);
    if (KEY.test(head) && Object.hasOwn(ROW_KINDS, rest)) {
      const at = this.keys.indexOf(head);
      return at < 0 ? null : spot(this.form.indicators[at], rest, ROW_KINDS[rest], `/indicators/${at}/${rest}`);
    }
    if (head === "declared") return spot(this.form.declared_weights, rest, "number", `/declared_weights/${rest}`);
    if (cell.startsWith("funds/more/") && !cell.includes("/+")) return this._more(cell);
    if (cell.includes("/+") || head === "extras") return this._extra(cell);
    return fixed(this.form, cell);
  }

  _more(cell) {
    const cut = cell.lastIndexOf("/");
    const [at, amount] = [this._more_names().indexOf(cell.slice("funds/more/".length, cut)), cell.slice(cut + 1)];
    return at < 0 ? null : spot(this.form.funds.more[at], amount, "number", `/funds/more/${at}/${amount}`);
  }

  _more_names() {
    return numbered(this.form.funds.more.map((row) => row.label));
  }

  _extra(cell) {
    const others = this.form.extras.filter((extra) => !is_typed(extra));
    const names = numbered(others.map(({ pointer, label }) => (pointer ? `${this.cell(pointer)}/+${label}` : `extras/${label}`)));
    const found = others[names.indexOf(cell)];
    return found ? spot(found, "text", "text", `/extras/${this.form.extras.indexOf(found)}/text`) : null;
  }

  _put({ holder, field, kind, pointer }, text) {
    this.form.extras = this.form.extras.filter((extra) => extra.pointer !== pointer || !is_typed(extra));
    if (kind === "number" || kind === "rate") return this._put_number(holder, field, kind, pointer, text);
    if (kind === "level1" || kind === "level2") this._put_level(holder, field, kind, text);
    else if (kind === "target") holder[field] = this.typed.target(text, this.form.fiscal_year);
    else if (kind === "actual") holder[field] = this.typed.actual(text);
    else holder[field] = this.typed.words(text) || (kind === "optional" ? null : "");
    return true;
  }

  _put_number(holder, field, kind, pointer, text) {
    const read = this.typed[kind](text);
    if (read === null && pointer.startsWith("/declared_weights")) delete holder[field];
    else holder[field] = read;
    const left = this.typed.words(text);
    if (read !== null || !left) return true;
    this.form.extras = [...this.form.extras, { label: UNPLACED, text: left, pointer }];
    return false;
  }

  _put_level(holder, field, kind, text) {
    const [heading, points] = this.typed.level(text, kind === "level1" ? 1 : 2);
    holder[field] = heading;
    if (points === null || !heading) return;
    const pointer = `/declared_weights/${heading}`;
    this.form.extras = this.form.extras.filter((extra) => extra.pointer !== pointer || !is_typed(extra));
    this.form.declared_weights[heading] = points;
  }

  _set_parts(key) {
    const line = this.form.indicators[this.keys.indexOf(key)];
    const held = PARTS.map((part) => this.texts.get(`${key}/${part}`) ?? "");
    if (line) line.target = this.typed.parted(...held, this.form.fiscal_year);
  }

  // A labelled cell that the form does not have yet.
  _new(cell, text) {
    const words = this.typed.words(text);
    if (!words) return;
    if (cell.startsWith("funds/more/") && !cell.includes("/+")) {
      const label = label_in(cell.slice("funds/more/".length, cell.lastIndexOf("/")));
      this.form.funds.more.push({ label, initial: null, adjusted: null, executed: null });
      this._put(this._place(cell), text);
      return;
    }
    const [row, label] = cell.startsWith("extras/") ? ["", cell.slice("extras/".length)] : cell.split("/+");
    if (label) this.form.extras = [...this.form.extras, { label: label_in(label), text: words, pointer: row ? this.pointer(row) : null }];
  }
}

function parted(cell) {
  const cut = cell.indexOf("/");
  return cut < 0 ? [cell, ""] : [cell.slice(0, cut), cell.slice(cut + 1)];
}

function spot(holder, field, kind, pointer) {
  return { holder, field, kind, pointer };
}

function fixed(form, cell) {
  const steps = cell.split("/");
  const field = steps.pop();
  const holder = steps.reduce((held, step) => held?.[step], form);
  if (!holder || typeof holder !== "object") return null;
  const is_number = ["execution", "total", "funds"].includes(steps[0]);
  const kind = cell === "execution/rate" ? "rate" : is_number ? "number" : OPTIONAL.has(cell) ? "optional" : "text";
  return spot(holder, field, kind, `/${cell}`);
}

// Whether an extra is what somebody typed into a cell that takes a number, and is none.
function is_typed({ label, pointer }) {
  if (label !== UNPLACED || !pointer || pointer.split("/").length < 3) return false;
  const steps = pointer.split("/").slice(1);
  if (steps[0] === "indicators") return ["weight", "score"].includes(steps.at(-1));
  if (["execution", "total", "declared_weights"].includes(steps[0])) return true;
  return steps[0] === "funds" && AMOUNTS.includes(steps.at(-1));
}

function with_moved(extra, moved) {
  const steps = (extra.pointer ?? "").split("/");
  if (steps[1] !== "indicators" || !/^[0-9]+$/.test(steps[2] ?? "")) return extra;
  const at = moved.get(Number(steps[2]));
  return at === undefined ? null : { ...extra, pointer: ["", "indicators", at, ...steps.slice(3)].join("/") };
}

function empty_row() {
  const nothing = { text: "", value: null, unit: "" };
  return {
    level1: "", level2: "", name: "", target: { ...nothing, operator: null }, actual: { ...nothing }, weight: null,
    score: null, deviation: "",
  };
}

// Names, those that come again with their number.
function numbered(names) {
  const seen = new Map();
  return names.map((name) => {
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return seen.get(name) === 1 ? name : `${name}#${seen.get(name)}`;
  });
}

function label_in(name) {
  const found = /^(.*)#([0-9]+)$/s.exec(name);
  return found ? found[1] : name;
}
