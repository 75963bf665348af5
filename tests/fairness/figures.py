"""The figures in the pages of the checks: `[fairness]` before the first example; `./dev fairness --write` writes it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from fairness.judging import Tally
from fairness.labelled_set import SET
from jixiao.review import Check, Fairness
from review.bench_of_books import ROOMS

CHECKS: Final = ROOMS / "review" / "checks"
_TABLE: Final = re.compile(r"\[fairness\]\n(?:[^\[\n][^\n]*\n)*\n?")
_EXAMPLES: Final = "[[fires]]"


def figures(tally: Tally, day: date) -> Fairness:
    """The figures of a check as its page gives them."""
    counts = tally.counts
    return Fairness(tally.fired, counts["right"], counts["arguable"], counts["wrong"], counts["missed"], SET, day)


def is_current(check: Check, tally: Tally) -> bool:
    """Whether a page gives the figures of this run; its day is that on which they last changed."""
    return check.fairness is not None and check.fairness == figures(tally, check.fairness.measured)


def written(page: str, made: Fairness) -> str:
    """The page with these figures in place of those it had."""
    lines = [f"{name} = {getattr(made, name)}" for name in ("fired", "right", "arguable", "wrong", "missed", "set")]
    table = "\n".join(["[fairness]", *lines, f"measured = {made.measured.isoformat()}", "", ""])
    page = _TABLE.sub("", page)
    before, first, after = page.partition(_EXAMPLES)
    return before + table + first + after


def write_figures(checks: dict[str, tuple[Check, Tally]], day: date) -> Iterator[Path]:
    """Write the figures that are not current; those pages that were changed."""
    for check, tally in checks.values():
        if not is_current(check, tally):
            path = CHECKS / check.file
            path.write_text(written(path.read_text(encoding="utf-8"), figures(tally, day)), encoding="utf-8")
            yield path
