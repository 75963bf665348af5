"""What a form prints in each cell: its text, the field it holds, and what a spreadsheet makes of it."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct

from jixiao.form import Form, Target, combine_target, fold, parse_rate, plain
from jixiao.form.values import NUMBER
from jixiao.layout.families import Family
from jixiao.writing.paper.model import Align, Formula

_DIGITS: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_BRACKET: Final = re.compile(r"[（(][^（()）]*\{(\w+)\}[^（()）]*[)）]|\{(\w+)\}")
GRADES: Final = ("优", "良", "中", "差")
"""评分等级, the best first (财预〔2020〕10号, evidence: recalled)."""


class Value(Struct, frozen=True):
    """What stands in a cell: see `paper.model.Cell` for each part."""

    text: str = ""
    pointer: str = ""
    align: Align = "center"
    number: Decimal | None = None
    suffix: str = ""
    formula: Formula | None = None
    choices: tuple[str, ...] = ()


NOTHING: Final = Value()


def text_value(text: str, pointer: str, align: Align = "center") -> Value:
    """A text; one that is nothing but a number is one for a spreadsheet, too."""
    return Value(text, pointer, align, Decimal(text) if _DIGITS.fullmatch(text) else None)


def number_value(number: Decimal | None, pointer: str, suffix: str = "", formula: Formula | None = None) -> Value:
    """A number as the form prints it."""
    if number is None:
        return Value(pointer=pointer, suffix=suffix, formula=formula)
    return Value(plain(number) + suffix, pointer, number=number, suffix=suffix, formula=formula)


def rate_text(text: str, sign: str) -> str:
    """A rate printed elsewhere, with the sign that this layout prints after rates, or without."""
    rate = parse_rate(text)
    return text if rate is None else plain(rate) + sign


def in_words(template: str, held: Mapping[str, str]) -> str:
    """A label with what the form holds in place of its braces; a bracket whose braces hold nothing goes."""

    def filled(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        return match[0].replace(f"{{{name}}}", held[name]) if held.get(name) else ""

    return _BRACKET.sub(filled, template).rstrip("\n")


def held_in_labels(form: Form, family: Family) -> dict[str, str]:
    """What may stand in the braces of a label, by name."""
    side = family.indicators.side
    points = form.declared_weights.get(label_of_points(side))
    held = {"money": form.currency_unit or "", "year": "" if form.fiscal_year is None else str(form.fiscal_year)}
    for name, number in (("execution", form.execution.weight), ("points", points)):
        held[name] = "" if number is None else plain(number)
    return held


def label_of_points(side: str) -> str:
    """The heading under which the points of the indicators are declared: 绩效指标 of 绩效指标（90分）."""
    return side.partition("（")[0]


def split_target(target: Target) -> tuple[str, str, str]:
    """Sign, value and unit of a target, for layouts that print each in a column of its own.

    What those columns cannot part (a range, a deadline, words without a sign) stands whole in the column of the value.
    """
    text, unit = target.text, target.unit
    if target.operator == "qualitative":
        return ("定性", text.removesuffix(unit), unit) if unit and text.endswith(unit) else ("定性", text, "")
    if not isinstance(target.value, str) or target.operator in (None, "before"):
        return "", text, ""
    digits = NUMBER.search(fold(text))
    if digits:
        sign, value, rest = text[: digits.start()], text[digits.start() : digits.end()], text[digits.end() :]
        if sign and combine_target(sign, value, rest) == target:
            return sign, value, rest
    return str(target.operator), target.value, unit
