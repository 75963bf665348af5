"""What is true of a base form: the lawful scores of its lines, and what must or may be asked; as JSON for the files."""

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from benchmark.bases import Base
from jixiao.form import Form
from oracle import scorer


def scores(form: Form) -> list[list[str] | None]:
    """The lawful scores of each line, execution first, as digits.

    A line has two where two formulas are lawful (an upper bound that is exceeded), `None` where a person decides: words
    in bands, a deadline that was missed, a line without a number.
    """
    worths = [scorer.execution(form), *(scorer.line(indicator) for indicator in form.indicators)]
    return [_digits(worth.lawful) for worth in worths]


def _digits(lawful: tuple[Decimal, ...]) -> list[str] | None:
    return [str(points) for points in lawful] or None


def scores_tail(form: Form) -> str:
    """The line of the truth without its beginning, the number of the form."""
    return f'"scores":{msgspec.json.encode(scores(form)).decode()}}}\n'


def question_tails(base: Base) -> Iterator[str]:
    """The lines of the truth about questions, without their beginnings."""
    for must, asked in ((True, base.ask), (False, base.may)):
        for code, cell in asked:
            told = msgspec.json.encode({"code": code, "cell": cell, "must": must}).decode()
            yield told.removeprefix("{") + "\n"
