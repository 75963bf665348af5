"""The numbers of a form by JSON pointer: those that its own arithmetic ties to one another."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from msgspec.structs import replace

from jixiao.form import Form, FundRow, LabelledFundRow

MONEY: Final = ("initial", "adjusted", "executed")
"""The columns of amounts."""
NAMED: Final = ("total", "current_year", "carryover", "other")
"""The fund rows that have a field of their own, the whole first."""

Numbers = Mapping[str, Decimal | None]
"""Pointer to number; `None` where the form prints nothing there, or nothing that could be read."""


def numbers_of(form: Form) -> dict[str, Decimal | None]:
    """Every amount, the execution's numbers, points and scores of every line, and the total's."""
    return dict(_numbers(form))


def _numbers(form: Form) -> Iterator[tuple[str, Decimal | None]]:
    for name in NAMED:
        yield from _amounts(f"/funds/{name}", getattr(form.funds, name))
    for index, row in enumerate(form.funds.more):
        yield from _amounts(f"/funds/more/{index}", row)
    for name in ("weight", "rate", "score"):
        yield f"/execution/{name}", getattr(form.execution, name)
    for index, indicator in enumerate(form.indicators):
        yield f"/indicators/{index}/weight", indicator.weight
        yield f"/indicators/{index}/score", indicator.score
    yield "/total/weight", form.total.weight
    yield "/total/score", form.total.score


def _amounts(pointer: str, row: FundRow | LabelledFundRow) -> Iterator[tuple[str, Decimal | None]]:
    for name in MONEY:
        yield f"{pointer}/{name}", getattr(row, name)


def with_number(form: Form, pointer: str, number: Decimal) -> Form:
    """The form with another number at a pointer that `numbers_of` names."""
    changed: Form = _put(form, pointer.split("/")[1:], number)
    return changed


def _put(part: Any, steps: list[str], number: Decimal) -> Any:
    if not steps:
        return number
    if isinstance(part, tuple):
        at = int(steps[0])
        return (*part[:at], _put(part[at], steps[1:], number), *part[at + 1 :])
    return replace(part, **{steps[0]: _put(getattr(part, steps[0]), steps[1:], number)})
