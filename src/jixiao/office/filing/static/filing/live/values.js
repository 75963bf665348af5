// Printed values as exact ones: numbers, rates, units. Numbers are texts of digits, as the form's data holds them.

export class Values {
  constructor(texts) {
    this.texts = texts;
    this.units = texts.words.units;
    this.whole_number = texts.whole("whole_number");
    this.scales = new Map();
  }

  // The digits of a text that is one printed number and nothing else; null otherwise.
  number(text) {
    const match = this.whole_number.exec(this.texts.fold(text));
    return match ? digits_of(match[1]) : null;
  }

  // A rate in per cent: with its sign or without.
  rate(text) {
    const folded = this.texts.strip(this.texts.fold(text));
    return this.number(folded.endsWith("%") ? folded.slice(0, -1) : folded);
  }

  // A unit as [base unit, numerator, denominator]: 万元 is ["元", 10000n, 1n].
  scale(unit) {
    if (!this.scales.has(unit)) this.scales.set(unit, this._scale(unit));
    return this.scales.get(unit);
  }

  _scale(unit) {
    let folded = this.texts.strip(this.texts.fold(unit));
    if (folded.startsWith("(") && folded.endsWith(")")) folded = this.texts.strip(folded.slice(1, -1));
    const { ratios, money, multipliers, same } = this.units;
    if (Object.hasOwn(ratios, folded)) return ["%", ...ratios[folded].map(BigInt)];
    if (Object.hasOwn(money, folded)) return ["元", BigInt(money[folded]), 1n];
    const known = (word) => (Object.hasOwn(same, word) ? same[word] : word);
    for (const [word, factor] of multipliers) {
      if (folded.startsWith(word)) return [known(folded.slice(word.length)), BigInt(factor), 1n];
    }
    return [known(folded), 1n, 1n];
  }
}

// "+007.50" is "7.50": as an exact number prints itself.
function digits_of(printed) {
  const text = printed.replaceAll(",", "").replace("+", "");
  const sign = text.startsWith("-") ? "-" : "";
  return sign + text.slice(sign.length).replace(/^0+(?=[0-9])/, "");
}
