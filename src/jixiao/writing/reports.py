"""A review in the form a person or a program asked for. A writer is loaded only when it is used."""

from typing import Literal

from jixiao.writing.report import ReviewReport

Language = Literal["zh", "en"]


def render(report: ReviewReport, kind: str, language: Language = "zh", *, asked: bool = True) -> str | bytes:
    """The review in one of the four kinds.

    Args:
        report: the review.
        kind: "text", "json", "html" or "sarif".
        language: of text and SARIF; JSON holds both, HTML holds both and begins with this one.
        asked: whether the checks were run; if not, text and HTML show scores and derivations and no findings.

    Raises:
        ValueError: there is no such kind.
    """
    if kind == "json":
        from jixiao.writing.json_report import write_json

        return write_json(report)
    if kind == "sarif":
        from jixiao.writing.sarif import write_sarif

        return write_sarif(report, language)
    if kind == "html":
        from jixiao.writing.html.page import write_html

        return write_html(report, language, asked=asked)
    if kind == "text":
        from jixiao.writing.text_report import write_text

        return write_text(report, language, asked=asked)
    raise ValueError(f"no report of kind {kind!r}; there are text, json, html, sarif")
