"""Letters and reports in the format that is asked for. A writer is loaded only when it is used."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

import msgspec

from jixiao.writing.letter.as_document import letter_documents
from jixiao.writing.letter.letter import Letter
from jixiao.writing.letter.sentences import Language
from jixiao.writing.letter.summary import Summary
from jixiao.writing.letter.summary_document import summary_documents
from jixiao.writing.paper.model import Document


def write_letter(
    data: Letter | Summary, kind: str, language: Language, day: date, fonts: Path | None = None
) -> Iterable[bytes]:
    """A letter or a summary as one file, in pieces.

    Args:
        data: what it says.
        kind: one of `ENDINGS`.
        language: of the text; JSON holds both.
        day: on which the file says it was made.
        fonts: a folder of an office's own fonts for PDF and OFD; `None` for those shipped.

    Raises:
        Unprintable: a text has a letter that no font has, or that the format cannot hold.
        KeyError: there is no such kind.
    """
    if kind == "json":
        return (msgspec.json.format(msgspec.json.encode(data), indent=2), b"\n")
    documents = letter_documents(data, language) if isinstance(data, Letter) else summary_documents(data, language)
    return _WRITERS[kind](documents, day, fonts)


def _docx(documents: Iterable[Document], day: date, _: Path | None) -> Iterable[bytes]:
    from jixiao.writing.formats.docx import About, write_docx

    return (write_docx(documents, about=About(created=_midnight(day))),)


def _pdf(documents: Iterable[Document], day: date, fonts: Path | None) -> Iterable[bytes]:
    from jixiao.writing.formats.pdf import About, write_pdf
    from jixiao.writing.paper.faces import faces

    return write_pdf(documents, faces(fonts), About(created=_midnight(day)))


def _ofd(documents: Iterable[Document], day: date, fonts: Path | None) -> Iterable[bytes]:
    from jixiao.writing.formats.ofd import About, write_ofd
    from jixiao.writing.paper.faces import faces

    return write_ofd(documents, faces(fonts), About(created=_midnight(day)))


def _xlsx(documents: Iterable[Document], day: date, _: Path | None) -> Iterable[bytes]:
    from jixiao.writing.formats.xlsx import write_xlsx

    return (write_xlsx(documents, day=day),)


def _html(documents: Iterable[Document], _: date, __: Path | None) -> Iterable[bytes]:
    from jixiao.writing.formats.html import write_html_document

    return (write_html_document(documents),)


def _text(documents: Iterable[Document], _: date, __: Path | None) -> Iterable[bytes]:
    from jixiao.writing.formats.text import write_text

    return (write_text(documents),)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


Writer = Callable[[Iterable[Document], date, Path | None], Iterable[bytes]]
_WRITERS: Final[dict[str, Writer]] = {
    "docx": _docx, "pdf": _pdf, "ofd": _ofd, "xlsx": _xlsx, "html": _html, "text": _text,
}  # fmt: skip
ENDINGS: Final = {kind: ".txt" if kind == "text" else f".{kind}" for kind in (*_WRITERS, "json")}
"""The kinds of files, and how their names end."""
