"""Printed values as exact ones: numbers, money with its unit, units of count. No binary fraction anywhere."""

import re
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from functools import total_ordering

NOTHING = frozenset({"", "-", "--", "—", "——", "–", "－", "―", "/", "／", "\\", "无数据"})
"""What people print in a cell that holds nothing (spec: such a cell is null, or an empty text)."""

_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FULL_WIDTH |= {"\u3000": " ", "\xa0": " ", "\u2212": "-"}
_FOLDABLE = re.compile("[\uff01-\uff5e\u3000\xa0\u2212]")
_NUMBER = r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_WHOLE_NUMBER = re.compile(rf"\s*({_NUMBER})\s*")
NUMBER = re.compile(_NUMBER)
"""A printed decimal number in folded text: digits, with or without thousands separators and decimals."""
_SPACE = re.compile(r"\s+")
_IDLE_SPACE = re.compile(r"(?<![0-9.,]) | (?![0-9.,])")
_CLOSING = " 。.;；,，、"

_MONEY_YUAN = {
    "元": 1, "人民币元": 1, "百元": 10**2, "千元": 10**3, "万元": 10**4, "人民币万元": 10**4,
    "百万元": 10**6, "千万元": 10**7, "亿元": 10**8,
}  # fmt: skip
_MULTIPLIERS = (("千万", 10**7), ("百万", 10**6), ("亿", 10**8), ("万", 10**4))
_SAME_UNIT = {"日": "天", "名": "人", "位": "人", "千米": "公里", "平米": "平方米", "㎡": "平方米"}
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_RATIOS = {
    "%": Fraction(1), "百分比": Fraction(1), "百分点": Fraction(1), "个百分点": Fraction(1),
    "‰": Fraction(1, 10), "千分比": Fraction(1, 10), "万分比": Fraction(1, 100),
}  # fmt: skip


def fold(text: str) -> str:
    """Full-width ASCII as half-width, one character for one, so that positions keep; the rest as printed."""
    return _FOLDABLE.sub(_half_width, text)


def _half_width(match: re.Match[str]) -> str:
    return _FULL_WIDTH[match[0]]


def tidy(text: str) -> str:
    """Folded text without the white space and the closing punctuation that carry no meaning.

    A space between two figures stays ("1 000"), for there it may part two numbers.
    """
    return _IDLE_SPACE.sub("", _SPACE.sub(" ", fold(text))).strip().rstrip(_CLOSING)


def is_nothing(text: str) -> bool:
    """Whether a cell's text stands for "nothing here" (empty, a dash, a slash)."""
    return text.strip() in NOTHING


_MOST_SIGNS = 64
"""A longer row of digits is no number of a form: the contract holds none, so it stays the text that it is."""


def parse_number(text: str) -> Decimal | None:
    """The exact value of a text that is one printed number and nothing else, as printed ("130.00" keeps its zeros).

    Thousands separators go; a per cent sign or any other word makes it no number: `None`.
    """
    match = _WHOLE_NUMBER.fullmatch(fold(text))
    if not match or len(match[1]) > _MOST_SIGNS:
        return None
    return Decimal(match[1].replace(",", ""))


def parse_rate(text: str) -> Decimal | None:
    """A rate in per cent: "86.19", "86.19%" and "86.19％" alike; `None` where the text is no rate."""
    folded = fold(text).strip()
    return parse_number(folded.removesuffix("%"))


def plain(number: Decimal) -> str:
    """The number in digits as printed, never in exponent form."""
    return format(number, "f")


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount as printed with its unit (元, 万元 …). Comparison is by exact value across units."""

    amount: Decimal
    unit: str

    def __post_init__(self) -> None:
        """Refuse a unit that is not one of money, and an amount that is no number.

        Raises:
            ValueError: the unit is unknown (the message lists the known ones), or the amount is NaN or infinite.
        """
        if not self.amount.is_finite():
            raise ValueError(f"not an amount of money: {self.amount}")
        if self.unit not in _MONEY_YUAN:
            raise ValueError(f"unknown money unit {self.unit!r}; known: {', '.join(_MONEY_YUAN)}")

    @property
    def yuan(self) -> Decimal:
        """The amount in 元, exact."""
        return _EXACT.multiply(self.amount, Decimal(_MONEY_YUAN[self.unit]))

    def __eq__(self, other: object) -> bool:
        """Equal in value: 1 万元 is 10000 元."""
        return self.yuan == other.yuan if isinstance(other, Money) else NotImplemented

    def __lt__(self, other: "Money") -> bool:
        """Less in value."""
        return self.yuan < other.yuan

    def __hash__(self) -> int:
        """By value, as equality is."""
        return hash(self.yuan)


def is_money_unit(unit: str) -> bool:
    """Whether a unit is one of money."""
    return unit in _MONEY_YUAN


def unit_scale(unit: str) -> tuple[str, Fraction]:
    """A unit as (base unit, exact factor): 万元 is ("元", 10000), ‰ is ("%", 1/10), 万人次 is ("人次", 10000).

    Units with the same base compare exactly; with different bases they do not compare. A number without a unit has
    the base "": whether "95" beside "95%" means the same is not for arithmetic to say. 万 alone counts: ("", 10000).
    Words for the same unit have the same base: 22天 beside ≤30日.
    """
    folded = fold(unit).strip()
    if folded.startswith("(") and folded.endswith(")"):
        folded = folded[1:-1].strip()
    if folded in _RATIOS:
        return "%", _RATIOS[folded]
    if folded in _MONEY_YUAN:
        return "元", Fraction(_MONEY_YUAN[folded])
    for word, factor in _MULTIPLIERS:
        if folded.startswith(word):
            rest = folded[len(word) :]
            return _SAME_UNIT.get(rest, rest), Fraction(factor)
    return _SAME_UNIT.get(folded, folded), Fraction(1)
