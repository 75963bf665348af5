"""Texts that people type, as exact values of a form, and back; what is not a number is kept as it was typed."""

import re
from decimal import Decimal
from typing import Final

from jixiao.form import (
    Actual,
    Target,
    canonical_level,
    combine_target,
    is_nothing,
    parse_actual,
    parse_number,
    parse_rate,
    parse_target,
    plain,
    split_points,
)
from jixiao.writing.official.values import split_target

BAR: Final = "｜"
"""What parts sign, value and unit of a target in the history, where its text alone does not say them."""
_BARS: Final = 2
LONGEST: Final = 20_000
"""Letters that one cell holds at most."""
_DIGITS: Final = 60
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def clean(text: str) -> str:
    """A typed text without control letters and white space around it; line breaks stay."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def words(text: str) -> str:
    """A text of the form: empty where only a dash or a slash was typed, as the contract has it."""
    tidy = clean(text)
    return "" if is_nothing(tidy) else tidy


def number(text: str) -> Decimal | None:
    """A typed number; `None` where it is none, or longer than any amount."""
    return _sane(parse_number(clean(text)))


def rate(text: str) -> Decimal | None:
    """A typed rate in per cent, with or without its sign; `None` where it is none."""
    return _sane(parse_rate(clean(text)))


def target(text: str, year: int | None) -> Target:
    """A typed 年度指标值; or one as `target_text` tells it."""
    if text.count(BAR) == _BARS:
        sign, value, unit = text.split(BAR)
        return parted_target(sign, value, unit, year)
    return _short(parse_target(words(text), year))


def parted_target(sign: str, value: str, unit: str, year: int | None) -> Target:
    """A 年度指标值 typed in three cells."""
    made = _short(combine_target(words(sign), words(value), words(unit), year))
    plain_one = target(made.text.replace(BAR, "|"), year)
    if made == plain_one or _short(combine_target(*split_target(made), year)) != made:
        return plain_one
    return made


def target_text(held: Target, year: int | None) -> str:
    """A text that makes this 年度指标值 again: its own, or where that says less, sign, value and unit by `BAR`."""
    return held.text if target(held.text, year) == held else BAR.join(split_target(held))


def actual(text: str) -> Actual:
    """A typed 实际完成值."""
    read = parse_actual(words(text))
    return read if read.value is None or _sane(read.value) is not None else Actual(text=read.text)


def level(text: str, depth: int) -> tuple[str, Decimal | None]:
    """A typed heading as its canonical name, and the points typed beside it: 产出指标（50分）."""
    heading, points = words(text), split_points(words(text))[1]
    while (once := canonical_level(heading, depth)) != heading:
        heading = once
    return heading, _sane(points)


def shown(value: object) -> str:
    """A value of a form as a cell shows it."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Target | Actual):
        return value.text
    return "" if value is None else str(value)


def _sane(value: Decimal | None) -> Decimal | None:
    return None if value is None or len(plain(value)) > _DIGITS else value


def _short(read: Target) -> Target:
    ends = read.value if isinstance(read.value, tuple) else (read.value or "",)
    return read if all(len(end) <= _DIGITS for end in ends) else Target(text=read.text, operator="qualitative")
