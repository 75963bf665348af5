"""Forms of one or a few lines, scored in one call."""

from decimal import Decimal
from functools import cache

from jixiao.form import Execution, Form, FundRow, Funds, Indicator, Total, parse_actual, parse_target
from jixiao.rulebook import Book
from jixiao.scoring import Line, Scorer, ScoreSheet
from rulebook.golden_forms import shelf
from rulebook.small_books import over_ministry


@cache
def ministry() -> Scorer:
    """The ministry's book for 2024."""
    return Scorer(shelf().choose(title="", department="", unit="", fiscal_year=2024).book)


@cache
def place(body: str) -> Scorer:
    """The ministry's book with a place's own tables over it."""
    return Scorer(over_ministry(body))


def indicator(target: str, actual: str, weight: str | None = "10.00", score: str | None = "10.00") -> Indicator:
    """One indicator as printed."""
    return Indicator(
        level1="产出指标",
        target=parse_target(target, 2024),
        actual=parse_actual(actual),
        weight=None if weight is None else Decimal(weight),
        score=None if score is None else Decimal(score),
    )


def form(*indicators: Indicator, executed: str = "100", adjusted: str = "100", score: str | None = "10.00") -> Form:
    """A form of 10 points for execution and the indicators given."""
    return Form(
        fiscal_year=2024,
        currency_unit="万元",
        funds=Funds(total=FundRow(initial=Decimal(adjusted), adjusted=Decimal(adjusted), executed=Decimal(executed))),
        execution=Execution(weight=Decimal("10.00"), score=None if score is None else Decimal(score)),
        indicators=indicators,
        total=Total(),
    )


def sheet(*indicators: Indicator, scorer: Scorer | None = None) -> ScoreSheet:
    """The score sheet of a form with its execution in full."""
    return (scorer or ministry()).score(form(*indicators))


def line(target: str, actual: str, score: str | None = "10.00", weight: str | None = "10.00") -> Line:
    """The scored line of one indicator under the ministry's book."""
    return sheet(indicator(target, actual, weight, score)).lines[1]


def book() -> Book:
    """The ministry's book for 2024."""
    return ministry().book
