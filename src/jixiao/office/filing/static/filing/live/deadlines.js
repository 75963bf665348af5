// Days and deadlines in printed words. A day is the number yyyymmdd; what the server writes as ISO is written so here.

const LONG = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export class Deadlines {
  constructor(texts) {
    this.texts = texts;
    this.numeric = texts.pattern("numeric_date", "gu");
    this.date = texts.pattern("date");
    this.dates = texts.pattern("date", "gu");
    this.year_end = texts.pattern("year_end");
    this.in_year = texts.whole("in_year");
    this.digit = texts.pattern("digit");
    this.signed = texts.words.deadline_signs;
  }

  // First and last day of the one day or one whole month a text names; null otherwise.
  span(text, fiscal_year) {
    const words = this._in_words(this.texts.tidy(text));
    const found = [...words.matchAll(this.dates)];
    const days = found.map(({ groups }) => (groups.day ? this._day(groups, fiscal_year) : null));
    const named = days.filter((day) => day !== null);
    if (named.length === 1) return [named[0], named[0]];
    const { groups, index } = found[0] ?? { groups: {} };
    if (found.length !== 1 || groups.day || groups.by) return null;
    if (!groups.year && !["", "于", "在"].includes(words.slice(0, index))) return null;
    const [year, month] = [this._year(groups, fiscal_year), this.texts.integer(groups.month)];
    if (year === null || month < 1 || month > 12) return null;
    return [day_of(year, month, 1), day_of(year, month, length_of(year, month))];
  }

  // The deadline a tidied text sets: an ISO day or month; null where there is none.
  read(printed, fiscal_year) {
    const words = this._in_words(printed);
    return this._month_or_day(words, fiscal_year) ?? this._year_end(words, fiscal_year);
  }

  _in_words(printed) {
    return printed.replace(this.numeric, (...found) => {
      const { year, month, day } = found.at(-1);
      return `${year}年${month}月${day ? `${day}日` : ""}`;
    });
  }

  _month_or_day(words, fiscal_year) {
    const match = this.date.exec(words);
    if (!match || this.digit.test(around(words, match))) return null;
    const { groups } = match;
    const before = words.slice(0, match.index);
    const signed = this.signed.some((sign) => before.endsWith(sign)) && (groups.year || groups.day);
    if (!(groups.by || groups.end || signed || match[0] === words)) return null;
    if (!groups.day) return this._month(groups, fiscal_year);
    const day = this._day(groups, fiscal_year);
    return day === null ? null : iso(day);
  }

  _month(groups, fiscal_year) {
    const [year, month] = [this._year(groups, fiscal_year), this.texts.integer(groups.month)];
    if (year === null || month < 1 || month > 12) return null;
    const day = groups.end ? `-${padded(length_of(year, month), 2)}` : "";
    return `${padded(year, 4)}-${padded(month, 2)}${day}`;
  }

  _year_end(words, fiscal_year) {
    const match = this.in_year.exec(words) ?? this.year_end.exec(words);
    if (!match || this.digit.test(around(words, match))) return null;
    const year = this._year(match.groups, fiscal_year);
    return year ? `${padded(year, 4)}-12-31` : null;
  }

  _year(groups, fiscal_year) {
    const year = groups.year ? this.texts.integer(groups.year) : fiscal_year;
    return year !== null && year >= 1 && year <= 9999 ? year : null;
  }

  _day(groups, fiscal_year) {
    const year = this._year(groups, fiscal_year);
    const [month, day] = [this.texts.integer(groups.month), this.texts.integer(groups.day)];
    if (year === null || month < 1 || month > 12 || day < 1 || day > length_of(year, month)) return null;
    return day_of(year, month, day);
  }
}

// The last day of a deadline written as an ISO day or month.
export function last_day(due) {
  const [year, month, day] = due.split("-").map(Number);
  return day_of(year, month, day ?? length_of(year, month));
}

function around(words, match) {
  return words.slice(0, match.index) + words.slice(match.index + match[0].length);
}

function length_of(year, month) {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : LONG[month - 1];
}

function day_of(year, month, day) {
  return year * 10000 + month * 100 + day;
}

function iso(day) {
  return `${padded(Math.floor(day / 10000), 4)}-${padded(Math.floor(day / 100) % 100, 2)}-${padded(day % 100, 2)}`;
}

function padded(number, length) {
  return String(number).padStart(length, "0");
}
