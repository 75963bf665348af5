"""The points of the total row, and those printed in headings."""

from decimal import Decimal
from typing import Final

from jixiao.review.corrections.closing import addition, either, suspects
from jixiao.review.corrections.numbers import as_printed, less, total_of
from jixiao.review.corrections.pen import Pen
from jixiao.review.locate import declared_wrong
from jixiao.scoring.sheet import Text

_FULL: Final = Decimal(100)


def correct_total_points(pen: Pen) -> None:
    """Put right the points of the total row where the lines share out a hundred, and none of them is convicted."""
    printed = pen.form.total.weight
    if printed is None or not pen.standing.fires("JX106"):
        return
    weights = pen.standing.cells("weight")
    known = total_of(weights.values())
    gap = less(printed, known)
    convicted, possible = suspects(pen.standing, "weight", gap)
    if not convicted and known == _FULL:
        pen.write(
            "/total/weight", "sum", as_printed(known, printed), (addition(weights.values(), known),),
            depends=[f"{row}/weight" for row in weights],
        )  # fmt: skip
        return
    rows = convicted or possible
    pen.doubted = frozenset(rows)
    ways = [] if convicted or printed == _FULL else [("/total/weight", as_printed(known, printed))]
    pen.leave(["/total/weight", *(f"{row}/weight" for row in rows)], either(pen, "weight", gap, ways, rows))


def leave_headings(pen: Pen) -> None:
    """Say that points in a heading are not the sum of the lines under it: they are approved, not computed."""
    if pen.standing.fires("JX108"):
        said = Text(
            "标题所印分值与其下各指标分值之和不符；分值以批复为准，不改。",
            "The points of a heading are not those of the lines under it; points are as approved, nothing was changed.",
        )
        pen.leave(declared_wrong(pen.form), said)
