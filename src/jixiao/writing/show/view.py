"""What the page shows: every field with its value, place and confidence, and the boxes it has on each sheet."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from jixiao.form import Form, Place
from jixiao.layout.shown import Sheet, ShownCell
from jixiao.review.lookup import printed, value_at
from jixiao.scoring.sheet import Text
from jixiao.writing.forms_report import FileForms
from jixiao.writing.naming import field_name, places_name

Tone = Literal["sure", "likely", "doubtful", "kept"]

SURE: Final = Decimal("0.99")
"""From here on a reading is called sure."""
LIKELY: Final = Decimal("0.90")
"""From here on it is called likely; below, doubtful."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field that was read.

    Attributes:
        number: its number in the file, from 1.
        name: what people call it.
        value: what was read.
        where: its places in words.
        sure: its confidence in per cent, rounded down.
        tone: sure, likely, doubtful; or kept, for what has no field of its own.
        problems: what is said about it.
        places: its places.
    """

    number: int
    name: Text
    value: Text
    where: Text
    sure: int
    tone: Tone
    problems: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A field's box on a sheet, in points, and the anchor that the list of fields leads to."""

    field: Field
    anchor: str
    left: Decimal
    top: Decimal
    width: Decimal
    height: Decimal


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of a table, with the fields that were read in it and their anchors."""

    cell: ShownCell
    fields: tuple[tuple[Field, str], ...]
    left: Decimal = Decimal(0)
    top: Decimal = Decimal(0)
    width: Decimal = Decimal(0)
    height: Decimal = Decimal(0)

    @property
    def tone(self) -> str:
        """The tone of its least sure field; empty where nothing was read in it."""
        order = ("doubtful", "likely", "sure", "kept")
        return next((tone for tone in order if any(each.tone == tone for each, _ in self.fields)), "")


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet with its boxes, or with its cells by row."""

    sheet: Sheet
    width: Decimal
    height: Decimal
    marks: tuple[Marked, ...]
    rows: tuple[tuple[CellView, ...], ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """A form: its heading, its fields in order, and what is said about the form as a whole."""

    name: str
    fields: tuple[Field, ...]
    problems: tuple[tuple[Text, str], ...]


@dataclass(frozen=True, slots=True)
class FileView:
    """A file: its forms and its sheets."""

    result: FileForms
    forms: tuple[FormView, ...]
    sheets: tuple[SheetView, ...]
    counts: dict[Tone, int] = field(default_factory=dict)


class _Anchors:
    """Names for the places of fields in the page: the first of a field is b7, further ones b7-2, b7-3."""

    def __init__(self) -> None:
        self._used: Counter[int] = Counter()

    def next(self, number: int) -> str:
        self._used[number] += 1
        return f"b{number}" if self._used[number] == 1 else f"b{number}-{self._used[number]}"


def file_view(result: FileForms, sheets: Sequence[Sheet]) -> FileView:
    """The view of a file."""
    forms: list[FormView] = []
    number = 0
    for form in result.forms:
        fields = tuple(_fields(form, number))
        number += len(fields)
        forms.append(FormView(form.project.name or "—", fields, tuple(_problems(form, fields))))
    every = [each for form in forms for each in form.fields]
    tones: tuple[Tone, ...] = ("sure", "likely", "doubtful", "kept")
    counts = {tone: sum(each.tone == tone for each in every) for tone in tones}
    anchors = _Anchors()
    return FileView(result, tuple(forms), tuple(_sheet(sheet, every, anchors) for sheet in sheets), counts)


def _fields(form: Form, before: int) -> Iterator[Field]:
    for number, (pointer, places) in enumerate(form.places.items(), before + 1):
        confidence = min((place.confidence for place in places), default=Decimal(1))
        value = value_at(form, pointer)
        yield Field(
            number=number,
            name=_name(form, pointer),
            value=printed(getattr(value, "text", value)),
            where=places_name(places),
            sure=int(confidence * 100),
            tone=_tone(pointer, confidence),
            problems=tuple(problem.message for problem in form.problems if problem.pointer == pointer),
            places=places,
        )


def _name(form: Form, pointer: str) -> Text:
    extra = value_at(form, pointer) if pointer.startswith("/extras/") else None
    label = getattr(extra, "label", "")
    if label == "unplaced":
        return Text("未归入任何栏目", "not placed")
    return Text(label, label) if label else field_name(form, pointer)


def _tone(pointer: str, confidence: Decimal) -> Tone:
    if pointer.startswith("/extras/"):
        return "kept"
    return "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "doubtful"


def _problems(form: Form, fields: Iterable[Field]) -> Iterator[tuple[Text, str]]:
    """What is said about fields that have no place, and about the form as a whole."""
    told = {message for each in fields for message in each.problems}
    for problem in form.problems:
        if problem.message not in told:
            yield field_name(form, problem.pointer), problem.message


def _sheet(sheet: Sheet, fields: Sequence[Field], anchors: _Anchors) -> SheetView:
    width, height = (Decimal(size).scaleb(-2) for size in (sheet.width, sheet.height))
    if sheet.page:
        marks = tuple(_marks(sheet.page, fields, anchors))
        cells = () if sheet.picture else tuple(_drawn(cell) for cell in sheet.cells if cell.box)
        return SheetView(sheet, width, height, marks, (cells,) if cells else ())
    return SheetView(sheet, width, height, (), tuple(_rows(sheet, fields, anchors)))


def _marks(page: int, fields: Iterable[Field], anchors: _Anchors) -> Iterator[Marked]:
    for each in fields:
        for place in each.places:
            if place.page == page and place.box is not None:
                left, top, right, bottom = place.box
                yield Marked(each, anchors.next(each.number), left, top, right - left, bottom - top)


def _drawn(cell: ShownCell) -> CellView:
    left, top, right, bottom = (Decimal(edge).scaleb(-2) for edge in cell.box or (0, 0, 0, 0))
    return CellView(cell, (), left, top, right - left, bottom - top)


def _rows(sheet: Sheet, fields: Iterable[Field], anchors: _Anchors) -> Iterator[tuple[CellView, ...]]:
    read: dict[str, list[Field]] = {}
    for each in fields:
        for place in each.places:
            read.setdefault(_spot(place), []).append(each)
    rows: dict[int, list[CellView]] = {}
    for cell in sheet.cells:
        mine = dict.fromkeys(each for spot in cell.spots for each in read.get(spot, ()))
        anchored = tuple((each, anchors.next(each.number)) for each in mine)
        rows.setdefault(cell.row, []).append(CellView(cell, anchored))
    return (tuple(sorted(row, key=lambda view: view.cell.column)) for _, row in sorted(rows.items()))


def _spot(place: Place) -> str:
    """A place of a source without pages by its name: sheet and cell, or line."""
    return place.cell or (str(place.line) if place.line is not None else "")
