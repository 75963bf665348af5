"""A rule lab's result as one HTML file with charts: nothing to load, every text escaped."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from jinja2 import Template
from msgspec import Struct

from jixiao.review.whatif import Tally
from jixiao.writing.html.bilingual import environment, policy, shared
from jixiao.writing.whatif.report import (
    DIRECTION,
    WhatIfReport,
    bin_name,
    grade_name,
    graded,
    points,
    signed,
    summary,
)

Language = Literal["zh", "en"]
MOST: Final = 2000
"""Forms that the page lists; the table (--format csv) has all."""
_WIDE: Final = 1000


class Bar(Struct, frozen=True):
    """One row of the distribution: counts, and the lengths of their bars in thousandths of the longest."""

    name: str
    before: int
    after: int
    now: int
    then: int


def write_html(report: WhatIfReport, language: Language = "zh") -> bytes:
    """The result as an HTML document in UTF-8; it holds both languages and begins with this one."""
    style, moves = shared("report.css") + _resource("whatif.css"), report.shift.moves
    page = _template().render(
        report=report,
        language=language,
        style=style,
        policy=policy(style, shared("report.js")),
        summary=summary(report),
        names=report.grade_names(),
        bars=list(_bars(report.shift.before, report.shift.after)),
        moves=moves[:MOST],
        shown=MOST,
        hidden=0 if report.shift.named is not None else max(0, len(moves) - MOST),
    )
    return page.encode()


def _bars(before: Tally, after: Tally) -> Iterator[Bar]:
    """The bars that hold a form, best totals first."""
    most = max(*before.bins, *after.bins, 1)
    for at in reversed(range(len(before.bins))):
        old, new = before.bins[at], after.bins[at]
        if old or new:
            yield Bar(bin_name(at), old, new, old * _WIDE // most, new * _WIDE // most)


@cache
def _template() -> Template:
    made = environment(_resource)
    made.globals |= {"points": points, "signed": signed, "graded": graded, "grade_name": grade_name}
    made.globals |= {"DIRECTION": DIRECTION, "script": shared("report.js")}
    return made.get_template("whatif.html.j2")


@cache
def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
