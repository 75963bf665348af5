"""Scores in plain Decimal, as a careful clerk would write them: proportion, capped, rounded half up to the cent."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from benchmark.entrants.lines import lines_of, write

CENT = Decimal("0.01")


def scores(benchmark: Path, out: Path) -> None:
    """Every line that has numbers."""
    write(out, "scores", _scores(benchmark))


def _scores(benchmark: Path) -> Iterator[dict[str, Any]]:
    for form, name, sign, weight, target, actual in lines_of(benchmark):
        points = weight * min(_share(sign, target, actual), Decimal(1))
        yield {"form": form, "line": name, "score": str(points.quantize(CENT, ROUND_HALF_UP))}


def _share(sign: str, target: Decimal, actual: Decimal) -> Decimal:
    """How much of the target is reached; a bound from above is reached by staying below it."""
    if sign in ("≤", "<"):
        return Decimal(1) if actual <= target else target / actual
    return max(actual, Decimal(0)) / target
