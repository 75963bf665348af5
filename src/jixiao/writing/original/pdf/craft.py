"""The craft: an original PDF and a job make the original with marks, changes and the summary."""

import re
from collections import defaultdict
from io import BytesIO
from typing import Final

import msgspec
import pikepdf
import pypdfium2

from jixiao.form import Place
from jixiao.writing.original import refusals
from jixiao.writing.original.job import Change, Job, Mark
from jixiao.writing.original.pdf.frame import Box, box_of, frame_of
from jixiao.writing.original.pdf.increment import Increment, entry, whole
from jixiao.writing.original.pdf.ink import Ink
from jixiao.writing.original.pdf.notes import Leaf, Notes
from jixiao.writing.original.pdf.summary import Stop, add_bookmarks, append_pages

_SIGNED: Final = re.compile(rb"/ByteRange\s*\[")
_NOTES_ALLOWED: Final = 3
_FILLING_IN: Final = 2


def mark_pdf(data: bytes, job: bytes) -> bytes:
    """Put marks, changes and the summary into a PDF, as an update behind its own bytes.

    What is signed gets notes only: further pages would break the signature.

    Args:
        data: the PDF.
        job: a `Job` as JSON.

    Raises:
        Refused: it is encrypted, damaged, or certified by its author against notes.
    """
    try:
        order = msgspec.json.decode(job, type=Job)
    except msgspec.MsgspecError as error:
        raise refusals.wrong_job() from error
    into = Increment(data, job)
    _refuse_certified(into.pdf)
    signed = bool(_SIGNED.search(data))
    try:
        with pypdfium2.PdfDocument(data) as shown:
            result = _Marking(into, order, shown).result(signed=signed)
    except pypdfium2.PdfiumError as error:
        raise refusals.damaged("PDF", "页面打不开", "a page cannot be opened") from error
    except pikepdf.PdfError as error:
        raise refusals.damaged("PDF", "其中的对象不合规范", "its objects are not of the format") from error
    _refuse_unreadable(result)
    return result


class _Marking:
    """One original being marked."""

    def __init__(self, into: Increment, job: Job, shown: pypdfium2.PdfDocument) -> None:
        self._into, self._job, self._shown = into, job, shown
        self._pages = list(into.pdf.pages)
        if len(self._pages) != len(shown):
            raise refusals.damaged("PDF", "页数不明", "it is not clear how many pages it has")
        self._leaves: dict[int, Leaf] = {}
        self._last: Leaf | None = None
        self._notes = Notes(into, job)

    def result(self, *, signed: bool) -> bytes:
        """The original with everything."""
        stops = [stop for mark in self._job.marks for stop in self._mark(mark)]
        for change in self._job.changes:
            stops += self._change(change)
        if signed:
            self._notes.note(self._leaf(0), (self._job.title, _as_words(self._job)))
        else:
            first = append_pages(self._into, self._job.pages)
            add_bookmarks(self._into, self._job.title, first, stops)
        for leaf in self._leaves.values():
            self._put(leaf)
        return self._into.written()

    def _mark(self, mark: Mark) -> list[Stop]:
        """Put a mark on its pages; where its first note stands."""
        stops = []
        for number, boxes in self._by_page(mark.places).items():
            leaf = self._leaf(number)
            at = len(leaf.notes)
            self._notes.mark(leaf, mark, boxes)
            stops.append(Stop(f"{mark.number} {mark.heading}", leaf.page, leaf.notes[at].Rect))
        return stops[:1]

    def _change(self, change: Change) -> list[Stop]:
        stops = []
        for number, boxes in self._by_page(change.places).items():
            leaf = self._leaf(number)
            at = len(leaf.notes)
            self._notes.change(leaf, change, boxes[0])
            stops.append(Stop(change.heading, leaf.page, leaf.notes[at].Rect))
        return stops[:1]

    def _by_page(self, places: tuple[Place, ...]) -> dict[int, list[Box]]:
        """The boxes of places by page, from 0; places without one, or outside their page, are left out."""
        found: dict[int, list[Box]] = defaultdict(list)
        for place in places:
            if place.page is None or not 1 <= place.page <= len(self._pages) or place.box is None:
                continue
            number = place.page - 1
            box = box_of(place, self._leaf(number).frame.shown)
            if box is not None and box not in found[number]:
                found[number].append(box)
        return {number: boxes for number, boxes in found.items() if boxes}

    def _leaf(self, number: int) -> Leaf:
        if number not in self._leaves:
            page = self._shown[number]
            frame = frame_of(page)
            obj = self._pages[number].obj
            self._leaves[number] = Leaf(obj, frame, Ink(page, frame.shown))
            page.close()
        leaf = self._leaves[number]
        if self._last is not None and leaf is not self._last:
            self._last.ink.fold()
        self._last = leaf
        return leaf

    def _put(self, leaf: Leaf) -> None:
        """Put a page's notes behind those it has."""
        if not leaf.notes:
            return
        if not self._into.owns(leaf.page):
            raise refusals.damaged("PDF", "同一页列了两次", "a page is listed twice")
        old = leaf.page.get("/Annots")
        leaf.page.Annots = pikepdf.Array([*(old if isinstance(old, pikepdf.Array) else ()), *leaf.notes])
        self._into.touch(leaf.page)


def _as_words(job: Job) -> str:
    """The summary as the words of one note."""
    rows = [f"{row.number or '·'} {row.form} · {row.place}\n{row.said}" for row in job.rows]
    return "\n\n".join([*job.notes, *rows])


def _refuse_certified(pdf: pikepdf.Pdf) -> None:
    """Refuse what its author has certified and closed to notes (DocMDP, ISO 32000-1, 12.8.2.2)."""
    certificate = entry(entry(pdf.Root, "/Perms"), "/DocMDP")
    if certificate is None:
        return
    allowed = _FILLING_IN
    references = entry(certificate, "/Reference")
    for reference in references if isinstance(references, pikepdf.Array) else ():
        allowed = whole(entry(entry(reference, "/TransformParams"), "/P"), _FILLING_IN)
    if allowed < _NOTES_ALLOWED:
        raise refusals.certified(allowed)


def _refuse_unreadable(result: bytes) -> None:
    """Look at what came out as two readers do; a base that was damaged already can leave it so.

    Raises:
        Refused: one of them cannot open it.
    """
    try:
        with pypdfium2.PdfDocument(result) as shown, pikepdf.open(BytesIO(result)) as pdf:
            same = len(shown) == len(pdf.pages)
    except (pypdfium2.PdfiumError, pikepdf.PdfError) as error:
        raise refusals.damaged("PDF", "添加后打不开", "it cannot be opened after the addition") from error
    if not same:
        raise refusals.damaged("PDF", "添加后页数不明", "its pages cannot be counted after the addition")
