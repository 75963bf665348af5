"""Among near readings, the one the form's own sums agree with. Sums rank; they never overwrite what is printed."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from jixiao.form import Execution, Total
from jixiao.reading.text.rows import Reading
from jixiao.reading.text.tokens import UNIT

AGREES: Final = 60
"""What an agreeing sum is worth, in hundredths: less than any token read as what it does not look like."""


def choose(readings: Sequence[Reading], execution: Execution, total: Total) -> Reading:
    """The cheapest reading, after what the agreement of the sums of weights and of scores is worth."""
    weights = _rest(total.weight, execution.weight)
    scores = _rest(total.score, execution.score)

    def price(reading: Reading) -> tuple[int, int]:
        agreed = (weights is not None and reading.weights == weights) + (
            scores is not None and reading.scores == scores
        )
        return reading.cost - AGREES * agreed, reading.cost

    return min(readings, key=price)


def _rest(whole: Decimal | None, part: Decimal | None) -> int | None:
    """What the indicators should sum to, in millionths."""
    return None if whole is None else int((whole - (part or 0)) * UNIT)
