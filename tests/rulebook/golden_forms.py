"""The books of the package, and forms made of their golden cases."""

from decimal import Decimal
from pathlib import Path

import jixiao.rulebook
from jixiao.form import Execution, Form, FundRow, Funds, Indicator, Total, parse_actual, parse_target
from jixiao.rulebook import Golden, Shelf

BOOKS = Path(jixiao.rulebook.__file__).parent / "books"


def texts() -> dict[str, str]:
    """Every book of the package: name relative to the folder of books → TOML text."""
    return {
        path.relative_to(BOOKS).as_posix(): path.read_text(encoding="utf-8") for path in sorted(BOOKS.rglob("*.toml"))
    }


def shelf() -> Shelf:
    """The shelf of all books."""
    return Shelf.load(texts())


def digits(text: str) -> Decimal | None:
    """A number as printed; `None` for an empty cell."""
    return Decimal(text) if text else None


def form_of(golden: Golden) -> Form:
    """The form a golden case describes."""
    adjusted, executed, weight, score = map(digits, golden.execution)
    initial = adjusted if golden.initial is None else digits(golden.initial)
    levels = [*golden.levels, *[""] * len(golden.indicators)]
    return Form(
        fiscal_year=golden.fiscal_year,
        currency_unit="元",
        funds=Funds(total=FundRow(initial=initial, adjusted=adjusted, executed=executed)),
        execution=Execution(weight=weight, score=score),
        indicators=tuple(
            _indicator(cells, level, golden.fiscal_year)
            for cells, level in zip(golden.indicators, levels, strict=False)
        ),
        total=Total(),
        declared_weights={level: Decimal(points) for level, points in golden.declared.items()},
    )


def _indicator(cells: tuple[str, str, str, str], level: str, year: int) -> Indicator:
    target, actual, points, claimed = cells
    level1, _, level2 = level.partition("/")
    return Indicator(
        level1=level1,
        level2=level2,
        target=parse_target(target, year),
        actual=parse_actual(actual),
        weight=digits(points),
        score=digits(claimed),
    )
