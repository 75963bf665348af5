"""Tags of every template: words in two languages, exact numbers, points and money as people write them."""

from decimal import Decimal
from typing import Any, Final

from django import template

from jixiao.form import plain
from jixiao.office.look.words import say, told
from jixiao.scoring.sheet import Text

register = template.Library()
_NOTHING: Final = (None, "")
"""What a number that is not there reads as: a template gives "" for a column of a thing that is not there itself."""


@register.simple_tag
def t(zh: str, en: str) -> str:
    """`{% t "提交" "Submit" %}`: the words in the page's language."""
    return say(zh, en)


@register.filter
def tell(text: Text) -> str:
    """A text of two languages in the page's language."""
    return told(text)


@register.filter
def digits(value: Any) -> str:
    """A number as its digits, exact; a dash for none."""
    return "—" if value in _NOTHING else plain(value) if isinstance(value, Decimal) else str(value)


@register.filter
def points(value: Decimal | None) -> str:
    """Points with two decimals at least, more where it has more; a dash for none."""
    if value is None or value in _NOTHING:
        return "—"
    rest = value.normalize()
    return f"{rest:f}" if -int(rest.as_tuple().exponent) > 2 else f"{rest.quantize(Decimal('0.01')):f}"


@register.filter
def yuan(value: Decimal | None) -> str:
    """An amount in 元 with thousands separators; a dash for none."""
    return "—" if value is None or value in _NOTHING else f"{value:,.2f}"


@register.filter
def wan(value: Decimal | None) -> str:
    """An amount in 元 as 万元, exact: as many decimals as it needs, two at least; a dash for none."""
    if value is None or value in _NOTHING:
        return "—"
    shifted = (value / 10_000).normalize()
    least = max(2, -int(shifted.as_tuple().exponent))
    return f"{shifted:,.{least}f}"
