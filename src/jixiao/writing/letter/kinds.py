"""Letters and reports in the format that is asked for."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from jixiao.writing.formats.text import write_text
from jixiao.writing.kinds import WRITERS, write_documents
from jixiao.writing.letter.as_document import letter_documents
from jixiao.writing.letter.letter import Letter
from jixiao.writing.letter.sentences import Language
from jixiao.writing.letter.summary import Summary
from jixiao.writing.letter.summary_document import summary_documents


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
    if kind == "text":
        return (write_text(documents),)
    return write_documents(documents, kind, day, fonts)


ENDINGS: Final = {**{kind: f".{kind}" for kind in WRITERS}, "text": ".txt", "json": ".json"}
"""The kinds of files, and how their names end."""
