"""A Hypothesis strategy of whole forms: every part present or absent, every text any text."""

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from jixiao.form import (
    Actual,
    Execution,
    Extra,
    Form,
    FundRow,
    Funds,
    Goal,
    Indicator,
    LabelledFundRow,
    Place,
    Problem,
    Project,
    Target,
    Total,
)

if TYPE_CHECKING:
    from jixiao.form.model import Operator

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
DIGITS = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=2) | st.decimals(
    -(10**6), 10**6, allow_nan=False, allow_infinity=False, places=4
)
NUMBERS = st.none() | DIGITS
POINTERS = st.sampled_from(["", "/title", "/indicators/0/target", "/funds/more/1/executed", "/a~1b"])
COMPARED = st.sampled_from(["≥", ">", "=", "<", "≤"])


def _digits(number: Decimal) -> str:
    return format(number, "f")


def targets() -> st.SearchStrategy[Target]:
    """Targets of every operator, each with a value of its kind."""
    ends = st.tuples(DIGITS, DIGITS).map(lambda pair: (_digits(min(pair)), _digits(max(pair))))
    words: st.SearchStrategy[Operator | None] = st.sampled_from([None, "qualitative"])
    months = st.dates().map(lambda day: day.isoformat()[:7])
    days = st.dates().map(lambda day: day.isoformat())
    return st.one_of(
        st.builds(Target, text=WORDS, operator=words, value=st.none(), unit=WORDS),
        st.builds(Target, text=WORDS, operator=COMPARED, value=DIGITS.map(_digits), unit=WORDS),
        st.builds(Target, text=WORDS, operator=st.just("range"), value=ends, unit=WORDS),
        st.builds(Target, text=WORDS, operator=st.just("before"), value=months | days, unit=WORDS),
    )


def places() -> st.SearchStrategy[Place]:
    """Places in paged sources, in sheets and in text."""
    corners = st.decimals(-(10**4), 10**4, allow_nan=False, allow_infinity=False, places=2)
    return st.builds(
        Place,
        file=WORDS,
        page=st.none() | st.integers(1, 9999),
        box=st.none() | st.tuples(corners, corners, corners, corners),
        cell=st.none() | WORDS,
        line=st.none() | st.integers(1, 10**6),
        column=st.none() | st.integers(1, 10**6),
        confidence=st.decimals(0, 1, places=3),
    )


def fund_rows() -> st.SearchStrategy[Funds]:
    """Fund tables with and without further rows."""
    row = st.builds(FundRow, initial=NUMBERS, adjusted=NUMBERS, executed=NUMBERS)
    further = st.builds(LabelledFundRow, label=WORDS, initial=NUMBERS, adjusted=NUMBERS, executed=NUMBERS)
    more = st.lists(further, max_size=2).map(tuple)
    return st.builds(Funds, total=row, current_year=row, carryover=row, other=row, more=more)


def indicators() -> st.SearchStrategy[Indicator]:
    """Indicators with any headings, targets, actual values and points."""
    return st.builds(
        Indicator,
        level1=WORDS,
        level2=WORDS,
        name=WORDS,
        target=targets(),
        actual=st.builds(Actual, text=WORDS, value=NUMBERS, unit=WORDS),
        weight=NUMBERS,
        score=NUMBERS,
        deviation=WORDS,
    )


def forms() -> st.SearchStrategy[Form]:
    """Whole forms."""
    return st.builds(
        Form,
        title=WORDS,
        fiscal_year=st.none() | st.integers(1900, 2100),
        project=st.builds(Project, name=WORDS, code=st.none() | WORDS),
        department=WORDS,
        unit=WORDS,
        currency_unit=st.none() | st.sampled_from(["元", "万元"]),
        funds=fund_rows(),
        execution=st.builds(Execution, weight=NUMBERS, rate=NUMBERS, score=NUMBERS),
        goal=st.builds(Goal, expected=WORDS, actual=WORDS),
        indicators=st.lists(indicators(), max_size=2).map(tuple),
        total=st.builds(Total, weight=NUMBERS, score=NUMBERS),
        grade=st.none() | WORDS,
        declared_weights=st.dictionaries(WORDS, DIGITS, max_size=2),
        extras=st.lists(st.builds(Extra, label=WORDS, text=WORDS, pointer=st.none() | POINTERS), max_size=1).map(tuple),
        places=st.dictionaries(POINTERS, st.lists(places(), max_size=2).map(tuple), max_size=2),
        problems=st.lists(st.builds(Problem, pointer=POINTERS, code=WORDS, message=WORDS), max_size=1).map(tuple),
    )
