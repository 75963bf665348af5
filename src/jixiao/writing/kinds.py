"""Documents in the format that is asked for. A writer is loaded only when used."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

from jixiao.writing.paper.about import About
from jixiao.writing.paper.model import Document


def write_documents(
    documents: Iterable[Document], kind: str, day: date, fonts: Path | None = None, title: str = ""
) -> Iterable[bytes]:
    """The documents in one file, in pieces.

    Args:
        documents: at least one; taken one by one where the format allows.
        kind: one of `WRITERS`.
        day: the day the file says it was made on.
        fonts: a folder of an office's own fonts; `None` for those shipped.
        title: of the whole; empty for the name of the first document.

    Raises:
        Unprintable: a letter has no font, or a text does not fit the format.
        KeyError: there is no such kind.
    """
    about = About(title, created=datetime.combine(day, time(), UTC))
    return WRITERS[kind](documents, about, fonts)


def _docx(documents: Iterable[Document], about: About, _: Path | None) -> Iterable[bytes]:
    from jixiao.writing.formats.docx import write_docx

    return (write_docx(documents, about=about),)


def _html(documents: Iterable[Document], about: About, _: Path | None) -> Iterable[bytes]:
    from jixiao.writing.formats.html import write_html_document

    return (write_html_document(documents, about.title),)


def _xlsx(documents: Iterable[Document], about: About, _: Path | None) -> Iterable[bytes]:
    from jixiao.writing.formats.xlsx import write_xlsx

    return (write_xlsx(documents, about),)


def _pdf(documents: Iterable[Document], about: About, fonts: Path | None) -> Iterable[bytes]:
    from jixiao.writing.formats.pdf import write_pdf
    from jixiao.writing.paper.faces import faces

    return write_pdf(documents, faces(fonts), about)


def _ofd(documents: Iterable[Document], about: About, fonts: Path | None) -> Iterable[bytes]:
    from jixiao.writing.formats.ofd import write_ofd
    from jixiao.writing.paper.faces import faces

    return write_ofd(documents, faces(fonts), about)


Writer = Callable[[Iterable[Document], About, Path | None], Iterable[bytes]]
WRITERS: Final[dict[str, Writer]] = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "html": _html, "ofd": _ofd}
"""What writes each kind of file; the kind is also the ending of its name."""
