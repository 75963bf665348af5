"""The HTML report as one file: strict, escaped, with nothing to load and only its own script allowed to run."""

from functools import cache
from typing import Final, Literal

from jinja2 import Template
from msgspec.structs import replace

from jixiao.review.verdict import Review
from jixiao.writing import words
from jixiao.writing.evidence import item_text, supported_text
from jixiao.writing.html.bilingual import environment, policy, shared
from jixiao.writing.html.view import BAR, form_views, number, ranked
from jixiao.writing.naming import places_name
from jixiao.writing.report import FAMILIES, ReviewReport

Language = Literal["zh", "en"]

_TEMPLATE: Final = "page.html.j2"


def write_html(report: ReviewReport, language: Language = "zh", *, asked: bool = True) -> bytes:
    """The report as an HTML document in UTF-8.

    Args:
        report: the review.
        language: the one the page begins with; it holds both and switches without reloading.
        asked: whether the checks were run; if not, the page shows scores and derivations only.
    """
    report = report if asked else _unasked(report)
    views = form_views(report)
    page = _template().render(
        report=report,
        views=views,
        ranking=ranked(views),
        language=language,
        asked=asked,
        anchors={(told.book, told.id): f"told-{at}" for at, told in enumerate(report.told, 1)},
        policy=policy(shared("report.css"), shared("report.js")),
    )
    return page.encode()


def _unasked(report: ReviewReport) -> ReviewReport:
    """The report with nothing in it that a check has said."""
    unasked = (
        replace(file, forms=tuple(replace(form, review=Review()) for form in file.forms)) for file in report.files
    )
    return replace(report, files=tuple(unasked))


@cache
def _template() -> Template:
    made = environment(shared)
    made.globals |= {"number": number, "places_name": places_name, "words": words, "FAMILIES": FAMILIES, "BAR": BAR}
    made.globals |= {"supported_text": supported_text, "item_text": item_text}
    made.globals |= {"style": shared("report.css"), "script": shared("report.js")}
    return made.get_template(_TEMPLATE)
