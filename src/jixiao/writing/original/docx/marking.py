"""A document with the marks, changes and summary of a job; nothing else in it changes."""

from msgspec.structs import replace

from jixiao.layout.docx_spots import DocxSpots
from jixiao.writing.original.docx.change import make_changes
from jixiao.writing.original.docx.comments import put_comments
from jixiao.writing.original.docx.document import Document
from jixiao.writing.original.docx.summary import add_summary
from jixiao.writing.original.job import Job
from jixiao.writing.original.office.notes import notes_at, told_in_summary
from jixiao.writing.original.office.text import MACROS


def mark_docx(data: bytes, job: Job, spots: DocxSpots) -> bytes:
    """Mark a document: comments at its cells, changes as tracked changes with a comment, a summary on a last page.

    Parts that nothing is put into keep their very bytes; the main part changes only where something is put. Comments
    and changes that are there stay.

    Args:
        data: the document, DOCX or DOCM, transitional or strict.
        job: what goes into it.
        spots: where its reader counted the cells and lines that places name.

    Returns:
        The document with it.

    Raises:
        Refused: it is broken, unsafe, protected by a password or digitally signed.
    """
    document = Document(data)
    said = make_changes(document, job, spots)
    put_comments(document, notes_at(job, spots.of, said), job)
    told = told_in_summary(job, said)
    if document.package.related(document.package.main, "vbaProject"):
        told = replace(told, notes=(*told.notes, MACROS[job.language]))
    add_summary(document, told)
    return document.package.written()
