// Texts that people type, as exact values of a form; the same as the server's. What is no number is kept as typed.

const MOST_DIGITS = 60;
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f]/g;

export class Typed {
  constructor(texts, values, targets) {
    Object.assign(this, { texts, values, targets, levels: texts.words.levels });
    this.qualitative = texts.words.targets.qualitative_signs;
    this.blank = texts.pattern("blank", "gu");
    this.points = texts.pattern("points");
    this.numbering = texts.pattern("numbering");
  }

  clean(text) {
    return this.texts.strip(text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").replace(CONTROL, ""));
  }

  // A text of the form: empty where only a dash or a slash was typed.
  words(text) {
    const tidy = this.clean(text);
    return this.texts.is_nothing(tidy) ? "" : tidy;
  }

  number(text) {
    return sane(this.values.number(this.clean(text)));
  }

  rate(text) {
    return sane(this.values.rate(this.clean(text)));
  }

  target(text, year) {
    return short(this.targets.target(this.words(text), year));
  }

  // A 年度指标值 typed in three cells.
  parted(sign, value, unit, year) {
    return short(this._combined(this.words(sign), this.words(value), this.words(unit), year));
  }

  _combined(sign, value, unit, year) {
    const [folded, bare] = [this.texts.strip(this.texts.fold(sign)), this._bare(unit)];
    const is_qualitative = this.qualitative.includes(folded);
    const text = [is_qualitative ? "" : sign, value, unit].filter((part) => !this.texts.is_nothing(part)).join("");
    if (is_qualitative) return { text, operator: "qualitative", value: null, unit: bare };
    const { signs } = this.texts.words.targets;
    const [operator, number] = [Object.hasOwn(signs, folded) ? signs[folded] : null, this.values.number(value)];
    if (operator && number !== null) return { text, operator, value: number, unit: bare };
    return this.targets.target(text, year);
  }

  _bare(unit) {
    const folded = this.texts.strip(this.texts.fold(unit));
    if (this.texts.is_nothing(folded)) return "";
    return folded.startsWith("(") && folded.endsWith(")") ? this.texts.strip(folded.slice(1, -1)) : folded;
  }

  actual(text) {
    const read = this.targets.actual(this.words(text));
    return sane(read.value) === null ? { text: read.text, value: null, unit: read.value === null ? read.unit : "" } : read;
  }

  // A typed heading as [its canonical name, the points typed beside it or null]: 产出指标（50分）.
  level(text, depth) {
    let heading = this.words(text);
    const points = this._split(heading)[1];
    for (let once = this._canonical(heading, depth); once !== heading; once = this._canonical(heading, depth)) heading = once;
    return [heading, sane(points)];
  }

  _split(text) {
    const squeezed = this.texts.fold(text.replace(this.blank, ""));
    const match = this.points.exec(squeezed);
    return match ? [squeezed.slice(0, match.index), this.values.number(match[1])] : [squeezed, null];
  }

  _canonical(text, depth) {
    const heading = this._split(text)[0].replace(this.numbering, "");
    const known = depth === 1 ? this.levels.first : this.levels.second;
    const { aliases } = this.levels;
    const tried = [heading, `${heading}指标`, aliases[heading] ?? "", aliases[`${heading}指标`] ?? ""];
    return tried.find((candidate) => known.includes(candidate)) ?? heading;
  }
}

function sane(digits) {
  return digits === null || digits.length > MOST_DIGITS ? null : digits;
}

function short(read) {
  const ends = Array.isArray(read.value) ? read.value : [read.value ?? ""];
  if (ends.every((end) => end.length <= MOST_DIGITS)) return read;
  return { text: read.text, operator: "qualitative", value: null, unit: "" };
}
