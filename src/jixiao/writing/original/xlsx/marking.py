"""A workbook with the marks, changes and summary of a job; nothing else in it changes."""

from msgspec.structs import replace

from jixiao.layout.attached import SUMMARY
from jixiao.writing.original.job import Job
from jixiao.writing.original.office.notes import Note, notes_at, told_in_summary
from jixiao.writing.original.office.text import MACROS
from jixiao.writing.original.xlsx.book import Book, Spot
from jixiao.writing.original.xlsx.change import Changing
from jixiao.writing.original.xlsx.comments import put_comments
from jixiao.writing.original.xlsx.summary import add_summary


def mark_xlsx(data: bytes, job: Job) -> bytes:
    """Mark a workbook: comments at its cells, changes made with a comment, a summary on a sheet at the end.

    Parts that nothing is put into keep their very bytes; the others change only where something is put. Macros, charts,
    names and links to the outside are left alone.

    Args:
        data: the workbook, XLSX or XLSM, transitional or strict.
        job: what goes into it.

    Returns:
        The workbook with it.

    Raises:
        Refused: it is broken, unsafe, protected by a password or digitally signed.
    """
    book = Book(data)
    said = Changing(book, job).make(job.changes)
    by_sheet: dict[int, dict[tuple[int, int], list[Note]]] = {}
    for spot, notes in notes_at(job, book.spot, said).items():
        by_sheet.setdefault(spot.sheet, {})[spot[1:]] = notes
    for number, spots in by_sheet.items():
        put_comments(book, book.sheets[number], spots, job)
    told = told_in_summary(job, said)
    if book.package.related(book.main, "vbaProject"):
        told = replace(told, notes=(*told.notes, MACROS[job.language]))
    told = replace(told, notes=(SUMMARY[job.language], *told.notes))
    add_summary(book, told, _links(told, book))
    return book.package.written()


def _links(job: Job, book: Book) -> dict[int, Spot]:
    """The first cell that each row of the summary speaks of."""
    marks = {mark.number: mark.places for mark in job.marks}
    changes = iter(job.changes)
    links: dict[int, Spot] = {}
    for index, row in enumerate(job.rows):
        change = next(changes, None) if row.kind == "change" else None
        places = change.places if change else marks.get(row.number, ())
        spot = next((at for at in map(book.spot, places) if at), None)
        if spot:
            links[index] = spot
    return links
