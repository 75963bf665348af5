"""Filters of the public pages: amounts and points as people read them, exact."""

from decimal import Decimal
from typing import Final

from django import template

from jixiao.form import Form
from jixiao.office.look.words import in_english, say, told
from jixiao.writing.telling.amounts import full, grouped, money, short, yuan_of
from jixiao.writing.words import FAMILY, grade_text

register = template.Library()

_WAN_IN_FEN: Final = 6


@register.filter
def amount(fen: int | None) -> str:
    """An amount in 分 in words: 130 万元, 1.3 million yuan; a dash for none."""
    return "—" if fen is None else told(money(Decimal(fen).scaleb(-2)))


@register.filter
def column(fen: int | None) -> str:
    """An amount in 分 as digits for a column: 万元 in Chinese, yuan in English; exact; a dash for none."""
    if fen is None:
        return "—"
    return grouped(Decimal(fen).scaleb(-2 if in_english() else -_WAN_IN_FEN))


@register.filter
def brief(digits: str | Decimal | None) -> str:
    """Points as digits without idle zeros; a dash for none."""
    if digits is None or digits == "":
        return "—"
    return short(Decimal(digits))


@register.filter
def in_full(form: Form, printed: Decimal | None) -> str:
    """An amount of a form in 元 to the last digit; as printed where the form names no unit; a dash for none."""
    if printed is None:
        return "—"
    yuan = yuan_of(form, printed)
    return grouped(printed) if yuan is None else told(full(yuan))


@register.filter
def grade(printed: str) -> str:
    """A grade with its meaning in English."""
    return told(grade_text(printed))


@register.filter
def family(name: str) -> str:
    """The name of a family of questions."""
    return told(FAMILY[name])  # type: ignore[index]


@register.simple_tag
def money_unit() -> str:
    """What `column` counts in."""
    return say("万元", "yuan")
