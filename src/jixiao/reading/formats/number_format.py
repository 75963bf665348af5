"""A cell's number as its number format shows it, exactly (ECMA-376 part 1, 18.8.31; built-in codes 18.8.30).

No binary fractions: the stored digits are read as a decimal and, as spreadsheet programs do, taken to 15 significant
digits before the format rounds them half away from zero.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from jixiao.reading.formats import number_dates

_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP, Emax=999_999, Emin=-999_999)
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP, Emax=999_999, Emin=-999_999)
_LARGEST_EXPONENT = 320
_LONGEST = 400

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ', 43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Built-in formats by id, in their Chinese (zh-cn) reading where it differs."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<padding>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|a{3,4}|e+)"
    r"|(?P<exponent>E[+-])|(?P<digit>[0#?])|(?P<mark>[.,%@/])|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
_ELAPSED = re.compile(r"[hH]+|[mM]+|[sS]+")


_IN_TEXT = ("literal", "mark")


class Token(NamedTuple):
    """A piece of a format: its kind (the group of the pattern that matched) and its text."""

    kind: str
    text: str


class Section(NamedTuple):
    """One section of a format: its tokens, and the condition it carries, if any."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None

    @property
    def is_date(self) -> bool:
        """Whether it shows a day or a time."""
        return any(token.kind in ("date", "elapsed", "half") for token in self.tokens)


def show(stored: str, code: str, *, from_1904: bool = False) -> str:
    """The text that a stored number shows under a format code.

    Args:
        stored: the digits in the file, as "0.8619" or "1.6E-2".
        code: the format code, as '0.00"万元"'.
        from_1904: whether the workbook counts its days from 1904.

    Returns:
        What a reader sees; the stored text itself where it is no number.
    """
    if len(stored) > _LONGEST:
        return stored
    return _shown(stored, code, from_1904)


@lru_cache(maxsize=8192)
def _shown(stored: str, code: str, from_1904: bool) -> str:  # noqa: FBT001  # a key of the cache
    number = _number(stored)
    if number is None:
        return stored
    section, drops_sign = _chosen(_sections(code), number)
    if section is None or any(token.kind == "general" for token in section.tokens):
        return _around_general(number, section)
    if section.is_date:
        return number_dates.show(number, section.tokens, from_1904=from_1904) or general(number)
    return _in_digits(abs(number) if drops_sign else number, section.tokens)


def show_text(text: str, code: str) -> str:
    """What a cell of text shows under a format code: its last section where that is for texts, else the text itself."""
    if code in ("General", "@", "G/通用格式"):
        return text
    sections = _sections(code)
    last = sections[-1]
    if any(token == Token("mark", "@") for token in last.tokens):
        return "".join(text if token.text == "@" else token.text for token in last.tokens if token.kind in _IN_TEXT)
    return "" if len(sections) == 4 and not last.tokens else text


def is_zero(stored: str) -> bool:
    """Whether stored digits are a zero, which many formats leave blank."""
    return _number(stored) == 0


def general(number: Decimal) -> str:
    """A number in the General format: up to 15 significant digits, no exponent."""
    if number == 0:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(stored: str) -> Decimal | None:
    text = stored.strip()
    if not re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?", text):
        return None
    number = _SHOWN.create_decimal(text)
    return number if number == 0 or abs(number.adjusted()) <= _LARGEST_EXPONENT else None


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Section, ...]:
    found: list[list[Token]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind == "other" and text == ";":
            found.append([])
            conditions.append(None)
        elif kind == "bracket":
            condition = _CONDITION.fullmatch(text)
            if condition:
                conditions[-1] = (condition[1], Decimal(condition[2]))
            found[-1].extend(_bracket(text))
        elif kind not in ("padding", "fill"):
            found[-1].append(Token("literal" if kind in ("quoted", "escaped", "other") else kind, text))
    return tuple(Section(tuple(tokens), condition) for tokens, condition in zip(found, conditions, strict=True))


def _bracket(text: str) -> Iterator[Token]:
    currency = _CURRENCY.fullmatch(text)
    if currency:
        yield Token("literal", currency[1])
    elif _ELAPSED.fullmatch(text):
        yield Token("elapsed", text)


def _chosen(sections: tuple[Section, ...], number: Decimal) -> tuple[Section | None, bool]:
    """The section for a number, and whether that section shows it without its sign."""
    numeric = [section for section in sections[:3] if not any(token.text == "@" for token in section.tokens)]
    if not numeric:
        return None, False
    if any(section.condition for section in numeric):
        return next((section for section in numeric if _holds(section.condition, number)), None), False
    if number < 0 and len(numeric) > 1:
        return numeric[1], True
    return numeric[2 if number == 0 and len(numeric) > 2 else 0], False


_COMPARE = {
    "<": lambda one, other: one < other, "<=": lambda one, other: one <= other, ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other, "=": lambda one, other: one == other, "<>": lambda one, other: one != other,
}  # fmt: skip


def _holds(condition: tuple[str, Decimal] | None, number: Decimal) -> bool:
    return condition is None or bool(_COMPARE[condition[0]](number, condition[1]))


def _around_general(number: Decimal, section: Section | None) -> str:
    if section is None:
        return general(number)
    return "".join(
        general(number) if token.kind == "general" else token.text
        for token in section.tokens
        if token.kind in ("general", "literal")
    )


def _in_digits(number: Decimal, tokens: tuple[Token, ...]) -> str:
    kinds = [token.kind for token in tokens]
    if "digit" not in kinds:
        return ("-" if number < 0 else "") + "".join(token.text for token in tokens if token.text != ",")
    if "exponent" in kinds or any(token == Token("mark", "/") for token in tokens):
        return general(number)
    last = len(kinds) - 1 - kinds[::-1].index("digit")
    point = next((at for at, token in enumerate(tokens) if token == Token("mark", ".")), None)
    whole_end = last + 1 if point is None else point
    thousands = sum(1 for _ in _leading_commas(tokens, last + 1 if point is None or point < last else whole_end))
    scale = 2 * sum(token == Token("mark", "%") for token in tokens) - 3 * thousands
    places = 0 if point is None else sum(token.kind == "digit" for token in tokens[point:])
    rounded = _EXACT.quantize(number.scaleb(scale, _EXACT), Decimal(1).scaleb(-places))
    whole, _, decimals = format(abs(rounded), "f").partition(".")
    text = _whole_part(whole, tokens[:whole_end]) + _decimal_part(decimals, tokens[whole_end:])
    return ("-" if rounded < 0 else "") + text


def _leading_commas(tokens: tuple[Token, ...], start: int) -> Iterator[Token]:
    """Commas that follow the last digit: each divides by a thousand."""
    for token in tokens[start:]:
        if token != Token("mark", ","):
            return
        yield token


def _whole_part(digits: str, tokens: tuple[Token, ...]) -> str:
    """Digits put into their places from the right; the leftmost place takes all that are left."""
    places = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    grouped = any(token == Token("mark", ",") for token in tokens[places[0] : places[-1]]) if places else False
    digits = digits.lstrip("0")
    shown: list[str] = []
    count = 0
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token.kind != "digit":
            shown.append("" if token == Token("mark", ",") else token.text)
            continue
        take = len(digits) if at == places[0] else 1
        for digit in (digits[len(digits) - take :] or ("0" if token.text == "0" else ""))[::-1]:
            shown.append("," if grouped and count and count % 3 == 0 else "")
            shown.append(digit)
            count += 1
        digits = digits[: len(digits) - take]
    return "".join(reversed(shown))


def _decimal_part(decimals: str, tokens: tuple[Token, ...]) -> str:
    places = [token.text for token in tokens if token.kind == "digit"]
    needed = max((at + 1 for at, place in enumerate(places) if place == "0" or decimals[at] != "0"), default=0)
    rest = iter(decimals[:needed])
    return "".join(
        next(rest, "") if token.kind == "digit" else "" if token == Token("mark", ",") else token.text
        for token in tokens
    )
