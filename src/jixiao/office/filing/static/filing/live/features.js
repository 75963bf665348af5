// The features that the page can know by itself: sums, signs, blanks, years, what is unread, whether a reason is given.
// All others are the server's; what depends on a changed text waits for its answer (see review.js).

import { row_of } from "./lookup.js";

const STOPS = "。.;；,，、";
const SIGNS = new Set("≥≧⩾≤≦⩽><=═");
const LONGEST_LINE = 200;
const LONGEST_REASON = 300;

export class Features {
  constructor(texts, locators, words) {
    Object.assign(this, { texts, locators });
    this.points_at = texts.whole("points_at");
    this.year = texts.pattern("told_year", "gu");
    this.no_reason = lexicon(texts, words.no_reason);
    this.reason_label = lexicon(texts, words.reason_label);
  }

  form(form) {
    const count = (name) => this.locators.find(name, form).length;
    const unread = unread_in(form);
    return {
      goal_unread: unread.some((pointer) => pointer.startsWith("/goal")),
      points_unread: unread.some((pointer) => this.points_at.test(pointer)),
      funds_unread: unread.some((pointer) => pointer.startsWith("/funds") || pointer === ""),
      row_rates_wrong: count("row_rates"),
      declared_wrong: count("declared"),
      negatives: count("negatives"),
      amounts_below_zero: count("amounts_below_zero"),
      blanks: count("blanks"),
      rows_overspent: count("overspent"),
      grade_blank: this.locators.is_left_blank(form, "/grade"),
      latest_year_told: this._latest_year(form.goal.actual),
    };
  }

  rows(form) {
    const below = this._reason_below(form);
    const unread = new Set(unread_in(form).map(row_of));
    return form.indicators.map((line, at) => ({
      line_unread: unread.has(`/indicators/${at}`),
      due_year: line.target.operator === "before" ? Number(line.target.value.slice(0, 4)) : null,
      sign_in_actual: SIGNS.has(this.texts.squeeze(cut(line.actual.text, LONGEST_LINE))[0] ?? ""),
      reason_given: this.is_reason(line.deviation) || below,
    }));
  }

  is_reason(text) {
    if (this.texts.is_nothing(text)) return false;
    const clipped = cut(this.texts.squeeze(cut(text, 2 * LONGEST_REASON)), LONGEST_REASON);
    return !this.no_reason(this.texts.rstrip(clipped, STOPS));
  }

  _reason_below(form) {
    if (form.indicators.some((line) => line.deviation)) return false;
    const holds = (extra) => extra.pointer === null && this.reason_label(this.texts.squeeze(extra.label));
    return form.extras.some((extra) => holds(extra) && this.is_reason(extra.text));
  }

  _latest_year(result) {
    const years = Array.from(this.texts.fold(result).matchAll(this.year), (match) => this.texts.integer(match[1]));
    return years.length ? Math.max(...years) : null;
  }
}

// Pointers of what is printed or typed and could not be read.
function unread_in(form) {
  return form.problems.filter((problem) => !problem.missing).map((problem) => problem.pointer);
}

// Whether a text is worded as a lexicon says.
function lexicon(texts, { pattern, whole }) {
  const shape = texts.made(whole ? `^(?:${pattern})$` : pattern);
  return (text) => shape.test(text);
}

function cut(text, most) {
  return text.length <= most ? text : Array.from(text).slice(0, most).join("");
}
