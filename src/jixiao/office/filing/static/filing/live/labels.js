// The band that a printed result stands for, by the words of a book; the book's words are handed in.

import { number, order } from "./numbers.js";

const PER_CENT = new Set(["%", "％", "百分比"]);

export class Labels {
  constructor(texts, book) {
    this.texts = texts;
    this.book = book;
    this.noise = texts.pattern("noise", "gu");
    this.pattern = texts.made(book.pattern, "gu");
  }

  // The band of an indicator that is not scored by numbers or by a day; "" where there is none.
  of({ target, actual }) {
    const text = this._squeezed(actual.text);
    if (this.book.same_words && target.operator === "qualitative" && text === this._squeezed(target.text)) {
      return text ? "achieved" : "";
    }
    if (actual.value !== null && PER_CENT.has(actual.unit)) return this._of_per_cent(number(actual.value));
    return this._of_text(text);
  }

  _of_text(squeezed) {
    if (Object.hasOwn(this.book.whole, squeezed)) return this.book.whole[squeezed];
    const found = new Set(Array.from(squeezed.matchAll(this.pattern), (match) => this.book.within[match[0]]));
    const denied = found.has("achieved") && this.book.negations.some((word) => squeezed.includes(word));
    return found.size !== 1 || denied ? "" : [...found][0];
  }

  _of_per_cent(value) {
    for (const { code, low, high, high_in } of this.book.bands) {
      const above = order(value, number(high));
      if (order(value, number(low)) >= 0 && (above < 0 || (high_in && above === 0))) return code;
    }
    return "";
  }

  _squeezed(text) {
    return this.texts.fold(text).replace(this.noise, "");
  }
}
