"""The HTML report as one file: strict, escaped, with nothing to load and only its own script allowed to run."""

from base64 import b64encode
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Final, Literal

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup
from msgspec.structs import replace

from jixiao.review.verdict import Review
from jixiao.scoring.sheet import Text
from jixiao.writing import words
from jixiao.writing.html.view import BAR, form_views, number, ranked
from jixiao.writing.naming import places_name
from jixiao.writing.report import FAMILIES, ReviewReport

Language = Literal["zh", "en"]

_TEMPLATE: Final = "page.html.j2"

_CHINESE: Final = Markup('<span class="zh" lang="zh-CN">')
_ENGLISH: Final = Markup('</span><span class="en" lang="en">')
_PRINTED: Final = Markup('<span class="printed" lang="zh-CN">')
_END: Final = Markup("</span>")


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
        policy=_policy(_resource("report.css"), _resource("report.js")),
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
    environment = Environment(
        loader=FunctionLoader(_resource),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"t": _both, "w": _words, "number": number, "places_name": places_name}
    environment.globals |= {"words": words, "FAMILIES": FAMILIES, "BAR": BAR}
    environment.globals |= {"style": _resource("report.css"), "script": _resource("report.js")}
    return environment.get_template(_TEMPLATE)


@cache
def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """A content security policy under which only these two texts of ours are applied and run."""
    allowed = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@lru_cache(maxsize=1024)
def _words(zh: str, en: str) -> Markup:
    """A sentence of the page in both languages, of which the style sheet shows one."""
    return _CHINESE + zh + _ENGLISH + en + _END


def _both(text: Text) -> Markup:
    """A text in both languages; once where they are the same, for then it is a printed value."""
    return _PRINTED + text.zh + _END if text.zh == text.en else _words(text.zh, text.en)
