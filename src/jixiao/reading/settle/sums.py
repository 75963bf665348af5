"""What a form's numbers must satisfy among themselves, whatever the place and year.

Only arithmetic: parts and whole, a rate and its two amounts, points and scores with their totals. What a rulebook
decides (how a score follows from a rate) is not used, for the book may differ from the usual one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from jixiao.form import Form
from jixiao.reading.settle.numbers import MONEY, NAMED, Numbers

_HUNDRED: Final = Decimal(100)
_NAMES: Final = {
    "initial": ("年初预算数", "initial budget"),
    "adjusted": ("全年预算数", "adjusted budget"),
    "executed": ("全年执行数", "execution"),
}


@dataclass(frozen=True, slots=True)
class Sum:
    """One tie between numbers of a form.

    Attributes:
        zh, en: what it is, for people.
        pointers: the numbers it ties; empty ones are none of them.
        holds: whether it holds for some numbers; `None` where they do not tell.
    """

    zh: str
    en: str
    pointers: tuple[str, ...]
    holds: Callable[[Numbers], bool | None]


def sums_of(form: Form, numbers: Numbers) -> tuple[Sum, ...]:
    """The ties among a form's numbers; those with nothing to compare are left out."""
    lines = range(len(form.indicators))
    return tuple(
        tie
        for tie in (
            *(_funds(name, len(form.funds.more)) for name in MONEY),
            _rate(),
            _column("weight", "分值", "points", lines),
            _column("score", "得分", "scores", lines),
            *_declared(form),
            *(_line(index) for index in lines),
            _line_of("/execution"),
        )
        if tie.holds(numbers) is not None
    )


def _filled(numbers: Numbers, pointers: Iterable[str]) -> list[Decimal]:
    return [number for pointer in pointers if (number := numbers.get(pointer)) is not None]


def _funds(column: str, more: int) -> Sum:
    """The rows of a fund column and their whole; rows beyond the usual ones are parts of it, or of another row."""
    named = tuple(f"/funds/{name}/{column}" for name in NAMED)
    further = tuple(f"/funds/more/{index}/{column}" for index in range(more))

    def holds(numbers: Numbers) -> bool | None:
        whole = numbers.get(named[0])
        parts, others = _filled(numbers, named[1:]), _filled(numbers, further)
        if whole is None or not (parts or others):
            return None
        return whole in (sum(parts), sum(others), sum(parts) + sum(others))

    zh, en = _NAMES[column]
    return Sum(f"{zh}各行之和与总额", f"the rows of the {en} and their whole", (*named, *further), holds)


def _rate() -> Sum:
    amounts = ("/funds/total/adjusted", "/funds/total/executed", "/execution/rate")

    def holds(numbers: Numbers) -> bool | None:
        planned, executed, rate = (numbers.get(pointer) for pointer in amounts)
        if planned is None or executed is None or rate is None or planned <= 0:
            return None
        step = _HUNDRED.scaleb(-2 - _decimals(rate))  # printed to so many places, rounded or cut off
        return abs(executed * _HUNDRED - rate * planned) < step * planned

    return Sum("执行率与执行数、预算数", "the rate and its two amounts", amounts, holds)


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _column(name: str, zh: str, en: str, lines: Sequence[int]) -> Sum:
    """The points (or scores) of all lines and the total; the execution's may stand among the lines as well."""
    whole, execution = f"/total/{name}", f"/execution/{name}"
    parts = tuple(f"/indicators/{index}/{name}" for index in lines)

    def holds(numbers: Numbers) -> bool | None:
        total, found = numbers.get(whole), _filled(numbers, parts)
        if total is None or len(found) < max(len(parts), 1):
            return None
        return total in (sum(found), sum(found) + (numbers.get(execution) or 0))

    return Sum(f"各项{zh}之和与总分", f"the sum of {en} and the total", (*parts, execution, whole), holds)


def _declared(form: Form) -> Iterator[Sum]:
    for level1, declared in form.declared_weights.items():
        lines = [index for index, indicator in enumerate(form.indicators) if indicator.level1 == level1]
        yield _section(level1, declared, tuple(f"/indicators/{index}/weight" for index in lines))


def _section(level1: str, declared: Decimal, parts: tuple[str, ...]) -> Sum:
    def holds(numbers: Numbers) -> bool | None:
        found = _filled(numbers, parts)
        return sum(found) == declared if parts and len(found) == len(parts) else None

    zh, en = f"“{level1}”各项分值之和与标题所印", f"the points under {level1} and those in its heading"
    return Sum(zh, en, parts, holds)


def _line(index: int) -> Sum:
    return _line_of(f"/indicators/{index}")


def _line_of(pointer: str) -> Sum:
    """No score exceeds its points."""
    score, weight = f"{pointer}/score", f"{pointer}/weight"

    def holds(numbers: Numbers) -> bool | None:
        scored, most = numbers.get(score), numbers.get(weight)
        return None if scored is None or most is None else 0 <= scored <= most

    return Sum("得分与分值", "the score and its points", (score, weight), holds)
