// Texts as the server reads them: the same white space, the same digits, the same folding; all of it handed in as data.

export class Texts {
  constructor(words) {
    this.words = words;
    this.spaces = new Set(words.spaces);
    this.nothing = new Set(words.nothing);
    this.narrow = new Map(Array.from(words.wide, (letter, at) => [letter, Array.from(words.narrow)[at]]));
    this.zeros = words.zeros; // the code of the 0 of every script that has digits of its own
    this.foldable = this.pattern("foldable", "gu");
    this.runs = this.pattern("space", "gu");
    this.idle = this.pattern("idle_space", "gu");
  }

  pattern(name, flags = "u") {
    return this.made(this.words.patterns[name], flags);
  }

  whole(name) {
    return this.made(`^(?:${this.words.patterns[name]})$`);
  }

  // A pattern whose digits and white space are the server's, not those of this browser.
  made(source, flags = "u") {
    return new RegExp(source.replace(/\\([ds])/g, (_, name) => this.words.classes[name]), flags);
  }

  fold(text) {
    return text.replace(this.foldable, (letter) => this.narrow.get(letter));
  }

  // Without white space at both ends, as Python's strip().
  strip(text) {
    let [start, end] = [0, text.length];
    while (start < end && this.spaces.has(text[start])) start++;
    while (end > start && this.spaces.has(text[end - 1])) end--;
    return text.slice(start, end);
  }

  // Without these characters at the end.
  rstrip(text, letters) {
    let end = text.length;
    while (end > 0 && letters.includes(text[end - 1])) end--;
    return text.slice(0, end);
  }

  tidy(text) {
    const joined = this.fold(text).replace(this.runs, " ").replace(this.idle, "");
    return this.rstrip(this.strip(joined), this.words.closing);
  }

  // Folded, all white space taken out.
  squeeze(text) {
    return this.fold(text.replace(this.runs, ""));
  }

  is_nothing(text) {
    return this.nothing.has(this.strip(text));
  }

  // The whole number of digits of any script.
  integer(digits) {
    return Number(Array.from(digits, (digit) => this.digit(digit)).join(""));
  }

  digit(letter) {
    const code = letter.codePointAt(0);
    if (code < 58) return letter;
    const zero = this.zeros.find((start) => code >= start && code < start + 10);
    return String(code - zero);
  }
}
