"""Which corrections a PDF shows: the words of the notes that put a new number beside a struck one."""

from io import BytesIO

import pikepdf
from msgspec import json
from pikepdf import Array, Dictionary, Name

from jixiao.layout.crafts import OURS
from jixiao.writing.original import refusals


def replaced(data: bytes, job: bytes) -> bytes:  # noqa: ARG001 -- a craft takes both
    """The words of every note that replaces something, as a JSON array; a craft, for what it opens is not trusted.

    Args:
        data: a PDF.
        job: not used.

    Raises:
        Refused: it is damaged.
    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            found = [str(note.Contents) for page in pdf.pages for note in _notes(page) if _replaces(note)]
    except (pikepdf.PdfError, AttributeError) as error:
        raise refusals.damaged("PDF", "其中的批注不合规范", "its notes are not of the format") from error
    return json.encode(found)


def _notes(page: pikepdf.Page) -> list[pikepdf.Object]:
    notes = page.obj.get("/Annots")
    return [note for note in notes if isinstance(note, Dictionary)] if isinstance(notes, Array) else []


def _replaces(note: pikepdf.Object) -> bool:
    return note.get("/Subtype") == Name.Caret and str(note.get("/NM", "")).startswith(OURS)
