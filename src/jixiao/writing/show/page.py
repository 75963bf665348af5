"""The page as one file: nothing to load, no script, every text escaped."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Literal

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from jixiao.form import plain
from jixiao.layout.shown import Sheet
from jixiao.scoring.sheet import Text
from jixiao.writing.forms_report import FileForms
from jixiao.writing.show.view import file_view

Language = Literal["zh", "en"]


def write_shown(
    results: Iterable[tuple[FileForms, Sequence[Sheet]]], language: Language = "zh", *, program: str = ""
) -> bytes:
    """What was read, shown on the documents' own pages, as an HTML document in UTF-8.

    Args:
        results: each file as read, with its pages or tables.
        language: of the page's own words.
        program: the version that read them.
    """
    views = [file_view(result, sheets) for result, sheets in results]
    style = _resource("show.css")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    page = _template().render(
        views=views, language=language, program=program, style=style,
        policy=f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        w=lambda zh, en: zh if language == "zh" else en,
        t=lambda text: _text(text, language),
    )  # fmt: skip
    return page.encode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=FunctionLoader(_resource), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.globals |= {"n": _digits, "data": _data, "lines": _lines}
    return environment.get_template("show.html.j2")


@cache
def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _text(text: Text, language: Language) -> str:
    return text.zh if language == "zh" else text.en


def _digits(number: Decimal) -> str:
    return plain(number)


def _data(picture: bytes) -> str:
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))
