"""The meter as one HTML file: pictures, beside each the table of its numbers; nothing to load, all text escaped."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from jinja2 import Template
from msgspec import Struct

from jixiao.corpus.inflation.counting import LEVELS, MEASURES
from jixiao.corpus.inflation.funnel import HIGH, WIDE, funnel
from jixiao.corpus.inflation.meter import Inflation
from jixiao.corpus.inflation.statistics import Count, ratio
from jixiao.corpus.inflation.told import (
    INTRODUCTION,
    VERDICTS,
    asked_told,
    counted,
    heaps_told,
    limits_told,
    not_measured,
    percent,
)
from jixiao.writing.html.bilingual import environment, policy, shared

Language = Literal["zh", "en"]
MOST: Final = 300
"""Groups that the page lists; the table (--format csv) has all."""
_WIDE: Final = 1000


class Bar(Struct, frozen=True):
    """A row of a picture: what it is, its numbers as said, and lengths of bars in thousandths."""

    name: str
    said: tuple[str, ...]
    bars: tuple[int, ...]


def write_html(found: Inflation, language: Language, program: str) -> bytes:
    """The meter as an HTML document in UTF-8; it holds both languages and begins with this one."""
    style = shared("report.css") + _resource("inflation.css")
    drawn = (funnel(found, "unit", name) for name in ("full", "exact"))
    asked = found.asked
    return (
        _template()
        .render(
            found=found,
            language=language,
            program=program,
            style=style,
            policy=policy(style, shared("report.js")),
            totals=list(_totals(found)),
            operators=[_share(name, count) for name, count in found.operators.items()],
            copies=[_share(name, count) for name, count in found.copies.items()],
            funnels=[one for one in drawn if one is not None],
            asked=asked[:MOST],
            hidden=max(0, len(asked) - MOST),
            heaps=list(heaps_told(found.heaps)),
            limits=limits_told(found),
            missing=not_measured(found),
        )
        .encode()
    )


def _totals(found: Inflation) -> Iterator[Bar]:
    """Bands that hold a form, the best first."""
    shape = found.distribution
    most = max(*shape.claimed, *shape.computed, 1)
    for name, claimed, computed in reversed(list(zip(shape.bands, shape.claimed, shape.computed, strict=True))):
        if claimed or computed:
            yield Bar(name, (f"{claimed:,}", f"{computed:,}"), (claimed * _WIDE // most, computed * _WIDE // most))


def _share(name: str, count: Count) -> Bar:
    length = count[0] * _WIDE // max(count[1], 1)
    return Bar(name, (f"{count[0]:,} / {count[1]:,}", counted(count).zh), (length,))


@cache
def _template() -> Template:
    made = environment(_resource)
    made.globals |= {"MEASURES": MEASURES, "LEVELS": LEVELS, "INTRODUCTION": INTRODUCTION, "WIDE": WIDE, "HIGH": HIGH}
    made.globals |= {"VERDICTS": VERDICTS, "MOST": MOST}
    made.globals |= {"counted": counted, "asked_told": asked_told, "percent": percent, "ratio": ratio}
    made.globals |= {"script": shared("report.js")}
    return made.get_template("inflation.html.j2")


@cache
def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
