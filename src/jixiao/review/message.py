"""Messages of findings: templates filled with what is printed on the form and with exact computed values.

A placeholder is `{f.x}` or `{i.x}` (the cell as printed; a feature as computed), `{p.x}` (the book's parameter), a
named value, `{label}` and `{cell}` (the cell the finding points at), `{mended}` (what that cell would be if it alone
were wrong, by the page's named value `gap`) or `{k}` (number of the line from 0, for pointers).
`{x:money}` shows an amount in 元 as the form's own unit.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal

from jixiao.form import Form, plain, unit_scale
from jixiao.language import Named
from jixiao.review.features import unscaled
from jixiao.review.lookup import EMPTY, cell_at, label_of, printed, value_at
from jixiao.scoring import Features, Text, pointer_of

PLACEHOLDER: Final = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]*)(?::([a-z]+))?\}")
"""A placeholder of a template: name, and how to show it."""

_TRUTHS: Final = {True: Text("是", "yes"), False: Text("否", "no")}
_CENTS: Final = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a message of one finding may say.

    Attributes:
        form: the form.
        pointer: the cell the finding points at.
        row: number of the indicator, `None` for a finding on the form.
        features: the feature cells of the form and its indicators.
        parameters: the book's parameters.
        lets: named values by name.
        said: what placeholders were filled with already, so that three messages look up once.
    """

    form: Form
    pointer: str
    row: int | None
    features: Features
    parameters: Mapping[str, object]
    lets: Mapping[str, Named]
    said: dict[tuple[str, str | None], Text] = field(default_factory=dict)


def names_in(template: Text) -> Iterable[str]:
    """The placeholders of a template."""
    return {match[1] for words in (template.zh, template.en) for match in PLACEHOLDER.finditer(words)}


def fill(template: Text, facts: Facts) -> Text:
    """The template with every placeholder filled, in both languages."""
    return Text(_filled(template.zh, facts, "zh"), _filled(template.en, facts, "en"))


def _filled(words: str, facts: Facts, language: Literal["zh", "en"]) -> str:
    told: list[str] = []
    for fixed, name, how in _parts(words):
        told.append(fixed)
        if name:
            text = facts.said.get((name, how))
            if text is None:
                text = facts.said[name, how] = _shown(facts, name, how)
            told.append(text.zh if language == "zh" else text.en)
    return "".join(told)


@lru_cache(maxsize=4096)
def _parts(words: str) -> tuple[tuple[str, str, str | None], ...]:
    """A template as words, the placeholder after them ("" at the end), and how to show it."""
    parts: list[tuple[str, str, str | None]] = []
    end = 0
    for match in PLACEHOLDER.finditer(words):
        parts.append((words[end : match.start()], match[1], match[2]))
        end = match.end()
    return (*parts, (words[end:], "", None))


def _shown(facts: Facts, name: str, how: str | None) -> Text:
    if name == "label":
        return label_of(facts.form, facts.pointer)
    if name == "cell":
        return cell_at(facts.form, facts.pointer)
    if name == "mended":
        return _mended(facts)
    namespace, dot, column = name.partition(".")
    if not dot:
        value = facts.lets[name]
        return _money(value, facts.form.currency_unit) if how == "money" else _value(value)
    if namespace == "p":
        return _value(facts.parameters[column])
    return _of_feature(facts, name, how) or _printed(facts, name)


def _of_feature(facts: Facts, name: str, how: str | None) -> Text | None:
    """What a feature says; `None` where the name is a cell of the form."""
    namespace, _, column = name.partition(".")
    cells = facts.features.form if namespace == "f" else facts.features.indicators[facts.row or 0]
    if column not in cells:
        return None
    value = unscaled(namespace, column, cells[column])
    return _money(value, facts.form.currency_unit) if how == "money" else _value(value)


def _mended(facts: Facts) -> Text:
    """The cell, corrected by the page's named value `gap` (total less sum of parts; money in 元)."""
    cell, gap = value_at(facts.form, facts.pointer), facts.lets["gap"]
    if not isinstance(gap, Decimal | Fraction) or not isinstance(cell, Decimal):
        return EMPTY
    number = _in_unit(gap, facts.form.currency_unit if facts.pointer.startswith("/funds") else None)
    is_total = facts.pointer.startswith(("/total", "/funds/total"))
    return _value(cell - number if is_total else cell + number)


def _printed(facts: Facts, name: str) -> Text:
    pointer = pointer_of(name, facts.row)
    if name.endswith(("target_unit", "actual_unit")):
        pointer += "/unit"
    return printed(value_at(facts.form, pointer))


def _value(value: object) -> Text:
    if isinstance(value, bool):
        return _TRUTHS[value]
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    text = plain(value) if isinstance(value, Decimal) else str(value)
    return EMPTY if value is None or text == "" else Text(text, text)


def _money(value: object, unit: str | None) -> Text:
    """An amount in 元 in the form's own unit, with at least two decimals."""
    if not isinstance(value, Decimal | Fraction):
        return _value(value)
    whole, _, part = plain(_in_unit(value, unit)).partition(".")
    text = f"{whole}.{part.ljust(_CENTS, '0')}"
    return Text(text, text)


def _in_unit(amount: Decimal | Fraction, unit: str | None) -> Decimal:
    base, scale = unit_scale(unit or "元")
    exact = Fraction(amount) / (scale if base == "元" else 1)
    return Decimal(exact.numerator) / Decimal(exact.denominator)
