"""Numbers and amounts of money in words a citizen reads: exact, or named as rounded beside the exact figure."""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import floor
from typing import Final

from jixiao.form import Form, plain, unit_scale
from jixiao.scoring.sheet import Text

_WAN: Final = 10**4
_YI: Final = 10**8
_MILLION: Final = 10**6
_BILLION: Final = 10**9
_CENTS: Final = Decimal("0.01")
_THOUSANDTH: Final = Decimal("0.001")
_ENOUGH: Final = Context(prec=120)


def short(number: Decimal) -> str:
    """A number in digits without the zeros that say nothing: 7.00 is 7, 12.50 is 12.5."""
    digits = plain(number)
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def grouped(number: Decimal) -> str:
    """A number with thousands separators, without idle zeros: 1,300,000."""
    whole, point, part = short(number).partition(".")
    return f"{int(whole):,}{point}{part}" if whole != "-0" else f"-0{point}{part}"


def yuan_of(form: Form, amount: Decimal | None) -> Decimal | None:
    """An amount of a form in 元, exact; `None` where there is none, or the form does not name its unit."""
    base, factor = unit_scale(form.currency_unit or "")
    if amount is None or base != "元" or not form.currency_unit:
        return None
    return _ENOUGH.multiply(amount, Decimal(factor.numerator))


def money(yuan: Decimal) -> Text:
    """An amount in a readable unit; where its decimals do not hold it, it is said to be rounded and given in full."""
    return Text(_money_zh(yuan), _money_en(yuan))


def full(yuan: Decimal) -> Text:
    """An amount in 元 to the last digit."""
    return Text(f"{grouped(yuan)} 元", f"{grouped(yuan)} yuan")


def _money_zh(yuan: Decimal) -> str:
    size = abs(yuan)
    if size < _WAN:
        return f"{grouped(yuan)} 元"
    scale, unit = (_YI, "亿元") if size >= _YI else (_WAN, "万元")
    told, exact = _scaled(yuan, scale, _CENTS)
    return f"{told} {unit}" if exact else f"约 {told} {unit}（{grouped(yuan)} 元）"


def _money_en(yuan: Decimal) -> str:
    size = abs(yuan)
    if size < _MILLION:
        return f"{grouped(yuan)} yuan"
    scale, unit = (_BILLION, "billion") if size >= _BILLION else (_MILLION, "million")
    told, exact = _scaled(yuan, scale, _THOUSANDTH)
    return f"{told} {unit} yuan" if exact else f"about {told} {unit} yuan ({grouped(yuan)} yuan)"


def _scaled(yuan: Decimal, scale: int, to: Decimal) -> tuple[str, bool]:
    """An amount in a larger unit to a decimal, half up, and whether that is the whole of it."""
    number = yuan.scaleb(1 - len(str(scale)), _ENOUGH)
    cut = number.quantize(to, ROUND_HALF_UP, _ENOUGH)
    return grouped(cut), cut == number


def per_cent(part: Decimal, whole: Decimal) -> Text:
    """A part of a whole, above 0, in per cent: exact, or to one decimal and said to be rounded."""
    tenths = Fraction(part) / Fraction(whole) * 1000
    cut = Decimal(floor(abs(tenths) + Fraction(1, 2))).scaleb(-1).copy_sign(Decimal(tenths.numerator))
    if Fraction(cut) * 10 == tenths:
        return Text(f"{short(cut)}%", f"{short(cut)}%")
    return Text(f"约 {short(cut)}%", f"about {short(cut)}%")
