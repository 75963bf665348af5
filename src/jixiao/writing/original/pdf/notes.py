"""Annotations (ISO 32000-1, 12.5): marks as squares with their words, changes as struck text and its replacement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from jixiao.layout.crafts import OURS
from jixiao.writing.original.job import Change, Job, Mark
from jixiao.writing.original.pdf.drawing import (
    CHANGE,
    LOOKS,
    SPACE,
    Colour,
    draw_mark,
    draw_stroke,
    draw_words,
    tag_sizes,
)
from jixiao.writing.original.pdf.frame import Box, Frame, points
from jixiao.writing.original.pdf.glyphs import outlines
from jixiao.writing.original.pdf.increment import Increment
from jixiao.writing.original.pdf.ink import Ink
from jixiao.writing.words import FAMILY

_PRINTED: Final = 4
_CLEAR: Final = 80
"""How far an outline stands off a cell's own rules."""
_NESTED, _DEEPEST = 180, 3
_POPUP: Final = (18_000, 12_000)
_WORDS: Final = (800, 650)
"""How large the words of a change are, in hundredths of a point: as wanted, and where there is little room."""


@dataclass(slots=True)
class Leaf:
    """A page to be written on: its object, frame and ink, the notes so far, and how often each box is outlined."""

    page: pikepdf.Object
    frame: Frame
    ink: Ink
    notes: list[pikepdf.Object] = field(default_factory=list)
    outlined: dict[Box, int] = field(default_factory=dict)


class Notes:
    """Makes the notes of one job."""

    def __init__(self, increment: Increment, job: Job) -> None:
        """Take what they are put into, and the job."""
        self._into, self._job = increment, job
        self._space = increment.add(_told_colours())
        self._made = 0

    def mark(self, leaf: Leaf, mark: Mark, boxes: Sequence[Box]) -> None:
        """Put a mark at its boxes on a page: one note with its words, and outlines that belong to it."""
        look = LOOKS[mark.kind]
        first: pikepdf.Object | None = None
        for box in boxes:
            depth = leaf.outlined.get(box, 0)
            leaf.outlined[box] = depth + 1
            outline = box.grown(-_CLEAR - _NESTED * min(depth, _DEEPEST))
            tag = leaf.ink.free(box, tag_sizes(mark.number, look)) if first is None else None
            frame = outline if tag is None else outline.around(tag)
            note = self._note(leaf, "/Square", frame, look.colour, (mark.heading, mark.body))
            note.Subj = String(_subject(self._job, mark))
            note.BS = _border(look.dash, look.width)
            note.RD = _differences(leaf.frame, frame, outline)
            self._look(leaf, note, frame, draw_mark(look, frame, outline, tag, mark.number))
            first = self._placed(leaf, note, first)

    def change(self, leaf: Leaf, change: Change, box: Box) -> None:
        """Strike out what stands in a box, and put what is to stand there beside it; the words are in a note."""
        old = leaf.ink.bounds(box.grown(-130)) or box
        new, beside = self._replacement(leaf, change, box, old)
        struck = old.grown(60).around(beside)
        note = self._note(leaf, "/StrikeOut", struck, CHANGE, (change.heading, change.body))
        note.QuadPoints = _corners(leaf.frame, old)
        note.IT = Name.StrikeOutTextEdit
        note.RT = Name.Group
        note.IRT = new
        self._look(leaf, note, struck, draw_stroke(struck, old, beside))
        leaf.notes.append(self._into.add(note))

    def note(self, leaf: Leaf, words: tuple[str, str]) -> None:
        """Put a note with words of its own at the upper edge of a page."""
        right = leaf.frame.shown.right
        box = Box(right - 2600, 600, right - 600, 2600)
        note = self._note(leaf, "/Text", box, LOOKS["clause"].colour, words)
        note.Name = Name.Note
        self._look(leaf, note, box, draw_mark(LOOKS["clause"], box, box, None, 0))
        self._placed(leaf, note, None)

    def _replacement(self, leaf: Leaf, change: Change, box: Box, old: Box) -> tuple[pikepdf.Object, Box]:
        """The note that shows the new text, and where it does."""
        operators, units = outlines(change.written)
        sizes = {(units * size // 1000 + 160, size * 13 // 10): size for size in _WORDS}
        beside = leaf.ink.free(box, sizes, old)
        size = sizes.get((beside.width, beside.height), _WORDS[-1])
        words = f"{change.written}\n{change.heading}\n{change.body}", ""
        note = self._note(leaf, "/Caret", beside, CHANGE, words)
        note.IT = Name.Replace
        self._look(leaf, note, beside, draw_words(beside, operators, size))
        return self._placed(leaf, note, None), beside

    def _note(self, leaf: Leaf, kind: str, box: Box, colour: Colour, words: tuple[str, str]) -> pikepdf.Dictionary:
        """What every note has."""
        self._made += 1
        day = String(f"D:{self._job.day.replace('-', '')}")
        return Dictionary(
            Type=Name.Annot,
            Subtype=Name(kind),
            Rect=_rect(leaf.frame, box),
            Contents=String("\n".join(filter(None, words))),
            T=String(self._job.author),
            NM=String(f"{OURS}{self._into.digest[:16]}-{self._made}"),
            M=day,
            CreationDate=day,
            C=Array([points(part) for part in colour]),
            F=_PRINTED,
            P=leaf.page,
        )

    def _look(self, leaf: Leaf, note: pikepdf.Dictionary, box: Box, operators: bytes) -> None:
        """Give a note what it looks like, drawn upright on the page as displayed."""
        look = self._into.pdf.make_stream(operators)
        look.Type, look.Subtype, look.FormType = Name.XObject, Name.Form, 1
        look.BBox = Array([0, 0, points(box.width), points(box.height)])
        look.Matrix = Array([*leaf.frame.upright, 0, 0])
        look.Resources = Dictionary(ColorSpace=Dictionary({f"/{SPACE}": self._space}))
        note.AP = Dictionary(N=look)

    def _placed(self, leaf: Leaf, note: pikepdf.Dictionary, first: pikepdf.Object | None) -> pikepdf.Object:
        """Put a note on its page, with a window for its words, or as one that belongs to the first."""
        if first is not None:
            note.IRT, note.RT = first, Name.Group
            leaf.notes.append(self._into.add(note))
            return first
        placed = self._into.add(note)
        popup = Dictionary(
            Type=Name.Annot, Subtype=Name.Popup, Rect=_beside(leaf.frame, note), Parent=placed, Open=False
        )
        popup.F = _PRINTED
        placed.Popup = self._into.add(popup)
        leaf.notes += [placed, placed.Popup]
        return placed


def _told_colours() -> pikepdf.Array:
    """Red, green and blue of a screen (sRGB, IEC 61966-2-1) by themselves, as archival files (PDF/A) ask of colours."""
    return Array([
        Name.CalRGB,
        Dictionary(
            WhitePoint=_decimals("0.9505 1 1.089"), Gamma=_decimals("2.2 2.2 2.2"),
            Matrix=_decimals("0.4124 0.2126 0.0193 0.3576 0.7152 0.1192 0.1805 0.0722 0.9505"),
        ),
    ])  # fmt: skip


def _decimals(words: str) -> pikepdf.Array:
    return Array([Decimal(word) for word in words.split()])


def _subject(job: Job, mark: Mark) -> str:
    family = FAMILY[mark.kind]
    return f"{mark.number} · {family.zh if job.language == 'zh' else family.en} {mark.code}"


def _border(dash: str, width: int) -> pikepdf.Dictionary:
    border = Dictionary(Type=Name.Border, W=points(width), S=Name.D if dash else Name.S)
    if dash:
        border.D = Array([int(part) for part in dash.split()])
    return border


def _rect(frame: Frame, box: Box) -> pikepdf.Array:
    return Array([points(value) for value in frame.rect(box)])


def _differences(frame: Frame, outer: Box, inner: Box) -> pikepdf.Array:
    """By how much the outline is smaller than the note's rectangle: left, bottom, right, top."""
    far, near = frame.rect(outer), frame.rect(inner)
    return Array([points(abs(one - other)) for one, other in zip(far, near, strict=True)])


def _corners(frame: Frame, box: Box) -> pikepdf.Array:
    """Upper left, upper right, lower left, lower right corner, as they stand on the page as displayed."""
    dots = ((box.left, box.top), (box.right, box.top), (box.left, box.bottom), (box.right, box.bottom))
    return Array([points(value) for x, y in dots for value in frame.rect(Box(x, y, x, y))[:2]])


def _beside(frame: Frame, note: pikepdf.Dictionary) -> pikepdf.Array:
    """The window for a note's words: at the right edge of the page, level with the note."""
    left, bottom, right, top = (round(value * 100) for value in note.Rect)
    level = min(frame.box(left, bottom, right, top).top, max(frame.shown.bottom - _POPUP[1], 0))
    edge = frame.shown.right
    return _rect(frame, Box(max(edge - _POPUP[0], 0), level, edge, level + _POPUP[1]))
