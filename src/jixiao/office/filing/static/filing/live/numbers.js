// Exact decimal numbers: {n: BigInt, p: places}, the value n / 10^p. Sums keep 28 digits, halves to even, as the server's do.

const MOST = 28;

// The number of a text of digits ("-12.30"); null stays null.
export function number(digits) {
  if (digits === null) return null;
  const [whole, part = ""] = digits.split(".");
  return { n: BigInt(whole + part), p: part.length };
}

export const ZERO = { n: 0n, p: 0 };

function scaled(one, places) {
  return one.n * 10n ** BigInt(places - one.p);
}

function size(n) {
  return String(n < 0n ? -n : n).length;
}

// Halves to the even neighbour, as the server's arithmetic does beyond 28 digits.
function rounded(n, divisor) {
  const positive = n < 0n ? -n : n;
  let whole = positive / divisor;
  const twice = (positive % divisor) * 2n;
  if (twice > divisor || (twice === divisor && whole % 2n === 1n)) whole += 1n;
  return n < 0n ? -whole : whole;
}

function kept(n, p) {
  const over = size(n) - MOST;
  if (over <= 0) return { n, p };
  const cut = rounded(n, 10n ** BigInt(over));
  return size(cut) > MOST ? { n: cut / 10n, p: p - over - 1 } : { n: cut, p: p - over };
}

export function plus(one, other) {
  const p = Math.max(one.p, other.p);
  return kept(scaled(one, p) + scaled(other, p), p);
}

export function minus(one, other) {
  return plus(one, { n: -other.n, p: other.p });
}

export function times(one, other) {
  return kept(one.n * other.n, one.p + other.p);
}

export function size_of(one) {
  return one.n < 0n ? { n: -one.n, p: one.p } : one;
}

// Below 0, 0 or above: how one stands to the other.
export function order(one, other) {
  const p = Math.max(one.p, other.p);
  const [left, right] = [scaled(one, p), scaled(other, p)];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function sum(numbers) {
  return numbers.reduce(plus, ZERO);
}

// One unit of the last printed place: 0.01 of 86.19, 1 of 86.
export function last_place(one) {
  return one.p > 0 ? { n: 1n, p: one.p } : { n: 1n, p: 0 };
}

// The digits, never in exponent form.
export function plain({ n, p }) {
  if (p <= 0) return String(n * 10n ** BigInt(-p));
  const digits = String(n < 0n ? -n : n).padStart(p + 1, "0");
  return `${n < 0n ? "-" : ""}${digits.slice(0, -p)}.${digits.slice(-p)}`;
}

export function common(one, other) {
  let [a, b] = [one < 0n ? -one : one, other < 0n ? -other : other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

// A quotient as a decimal: exact where 28 digits are enough, else the nearest of 28 digits.
export function quotient(num, den) {
  const shared = common(num, den) || 1n;
  const [top, bottom] = [num / shared, den / shared];
  const places = endless(bottom);
  if (places !== null) {
    const exact = (top * 10n ** BigInt(places)) / bottom;
    if (size(exact) <= MOST) return { n: exact, p: places };
  }
  let p = MOST - size(top / bottom);
  if (top / bottom === 0n) p = MOST + size(bottom) - size(top);
  for (let found = at(top, bottom, p); ; found = at(top, bottom, --p)) {
    if (size(found) <= MOST) return { n: found, p };
  }
}

function at(top, bottom, p) {
  return p >= 0 ? rounded(top * 10n ** BigInt(p), bottom) : rounded(top, bottom * 10n ** BigInt(-p));
}

// How many decimals a quotient by this divisor has; null if they never end.
function endless(divisor) {
  let [rest, twos, fives] = [divisor, 0, 0];
  for (; rest % 2n === 0n; rest /= 2n) twos++;
  for (; rest % 5n === 0n; rest /= 5n) fives++;
  return rest === 1n ? Math.max(twos, fives) : null;
}
