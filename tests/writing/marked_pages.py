"""Originals and jobs for the tests of marking: pages made by hand, and marks at boxes on them."""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import msgspec
import pikepdf
import pypdfium2

from jixiao.form import Place
from jixiao.writing.original.job import Change, Job, Kind, Mark, Row
from reading.pdf_maker import PdfPage, grid, make_pdf, text

BOXES = ((100, 142, 200, 172), (200, 142, 300, 172), (100, 172, 200, 212))
"""Cells of `original` as displayed, unturned and uncropped: left, top, right, bottom in points."""


@dataclass(frozen=True)
class Seen:
    """A page as displayed: its grey dots, two a point."""

    width: int
    rows: tuple[bytes, ...]

    def differing(self, other: "Seen") -> list[tuple[int, int]]:
        """Where two pictures differ, in whole points from the upper left corner."""
        return [
            (x // 2, y // 2)
            for y, (mine, theirs) in enumerate(zip(self.rows, other.rows, strict=True))
            if mine != theirs
            for x, (one, another) in enumerate(zip(mine, theirs, strict=True))
            if one != another
        ]


def original(entries: str = "/MediaBox [0 0 595 842]", pages: int = 1) -> bytes:
    """A PDF with a table of four cells on each page, three of them with words."""
    content = grid([100, 200, 300], [630, 670, 700]) + text(120, 680, "总分") + text(220, 680, "93.00")
    return make_pdf(*[PdfPage(content + text(110, 645, "评分等级"), entries)] * pages)


def place(box: tuple[int, int, int, int], page: int | None = 1) -> Place:
    """A place on a page."""
    left, top, right, bottom = (Decimal(value) for value in box)
    return Place("原件.pdf", page, (left, top, right, bottom))


def mark(number: int, *places: Place, kind: Kind = "doubt") -> Mark:
    """A mark at places."""
    return Mark(number, f"JX{number:03}", kind, places, f"疑问 第{number}条", "读到：93.00\n请答：为何？")


def job(*marks: Mark, changes: tuple[Change, ...] = (), pages: bytes = b"") -> Job:
    """A job with a summary of the marks."""
    rows = tuple(Row(each.number, "甲项目", "第 1 页", each.heading, each.kind) for each in marks)
    head = ("编号", "自评表", "位置", "意见")
    return Job("自评表复核意见", ("原件甲。",), head, rows, marks, changes, "复核人", "2026-03-04", pages=pages)


def wire(order: Job) -> bytes:
    """The job as the child gets it."""
    return msgspec.json.encode(order)


def seen(data: bytes, page: int, *, notes: bool) -> Seen:
    """A page's picture, with or without what is annotated."""
    with pypdfium2.PdfDocument(data) as document:
        bitmap = document[page].render(scale=2, grayscale=True, may_draw_forms=False, draw_annots=notes)
        dots, stride = bytes(bitmap.buffer), bitmap.stride
        return Seen(
            bitmap.width, tuple(dots[row * stride : row * stride + bitmap.width] for row in range(bitmap.height))
        )


def saved(data: bytes, **how: object) -> bytes:
    """The PDF as another producer would have saved it."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(out, **how)  # type: ignore[arg-type]  # the options of the library, each by its name
    return out.getvalue()


@dataclass(frozen=True)
class Note:
    """An annotation: its kind, words, author, name, day, flags, rectangle; whether it has a look; its parent."""

    kind: str
    words: str
    author: str
    name: str
    day: str
    flags: int
    rect: tuple[Decimal, ...]
    look: bool
    of: str


def notes_of(data: bytes, page: int = 0) -> list[Note]:
    """The annotations of a page."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [_note(note) for note in pdf.pages[page].obj.get("/Annots", pikepdf.Array())]


def _note(note: pikepdf.Object) -> Note:
    words = [str(note.get(key, "")) for key in ("/Subtype", "/Contents", "/T", "/NM", "/M")]
    rect = tuple(Decimal(str(value)) for value in note.Rect)
    parent = note.get("/IRT", note.get("/Parent", pikepdf.Dictionary()))
    name = str(parent.get("/NM", ""))
    return Note(words[0], words[1], words[2], words[3], words[4], int(note.F), rect, "/AP" in note, name)
