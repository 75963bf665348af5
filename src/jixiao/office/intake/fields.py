"""The fields of a form as a person looks through them: doubtful ones first, each with how sure its reading is."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from msgspec.structs import replace

from jixiao.form import Form, Place
from jixiao.office.filing.cells import Record, cell_of, texts
from jixiao.office.intake.doubts import confidence_of, doubtful
from jixiao.review.lookup import value_at
from jixiao.scoring.sheet import Text
from jixiao.writing.naming import field_name, places_name
from jixiao.writing.show.view import LIKELY, SURE

Tone = Literal["doubtful", "likely", "sure", "kept"]
_LONG: Final = 24
_ENGLISH: Final = re.compile(r"(?<=[。！？])\s*(?=[A-Z“\"(])")


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        number: its number in the form, as its boxes name it.
        pointer: where it is in the form.
        name: what people call it.
        text: what stands in it now.
        read: what was read; differs from `text` where a person corrected it.
        where: its places in words.
        sure: its confidence in per cent, rounded down.
        tone: how sure that is; `kept` for what has no field of its own.
        problems: what the reader says about it.
        checked: whether a person confirmed or corrected it.
        open: whether it is doubtful and nobody has.
        editable: whether its text can be changed here.
        long: whether it needs more than one line.
    """

    number: int
    pointer: str
    name: Text
    text: str
    read: str
    where: Text
    sure: int
    tone: Tone
    problems: tuple[Text, ...]
    checked: bool
    open: bool
    editable: bool
    long: bool

    @property
    def corrected(self) -> bool:
        """Whether a person has put something else there."""
        return self.text != self.read


def fields_of(read: Form, present: Form, checked: Collection[str]) -> list[Field]:
    """All fields: those that are open first, then the others in the order of the form.

    Args:
        read: the form as it was read.
        present: the form as corrected.
        checked: pointers that a person has dealt with.
    """
    made = list(_fields(read, present, checked))
    return sorted(made, key=lambda field: (not field.open, field.number))


def _fields(read: Form, present: Form, checked: Collection[str]) -> Iterator[Field]:
    doubts = frozenset(doubtful(read))
    was, now = _Texts(read), _Texts(present)
    pointers = dict.fromkeys((*read.places, *doubtful(read)))
    for number, pointer in enumerate(pointers, 1):
        confidence = confidence_of(read, pointer)
        text, tone = now.at(pointer), _tone(pointer, pointer in doubts, confidence >= SURE, confidence >= LIKELY)
        yield Field(
            number=number, pointer=pointer, name=_name(read, pointer), text=text, read=was.at(pointer),
            where=_where(read.places.get(pointer, ())), sure=int(confidence * 100), tone=tone,
            problems=tuple(_two(each.message) for each in read.problems if each.pointer == pointer),
            checked=pointer in checked, open=pointer in doubts and pointer not in checked,
            editable=now.takes(pointer), long=len(text) > _LONG or "\n" in text,
        )  # fmt: skip


class _Texts:
    """The texts of a form by pointer."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._record = Record(form, tuple(f"k{number}" for number in range(1, len(form.indicators) + 1)))
        self._texts = texts(self._record)

    def at(self, pointer: str) -> str:
        if pointer == "/fiscal_year":
            return str(self._form.fiscal_year or "")
        return self._texts.get(cell_of(self._record, pointer), "")

    def takes(self, pointer: str) -> bool:
        """Whether a text can be put there."""
        return pointer == "/fiscal_year" or cell_of(self._record, pointer) in self._texts


def _where(places: tuple[Place, ...]) -> Text:
    """Places in words; how sure they are is said apart."""
    return places_name(tuple(replace(place, confidence=Decimal(1)) for place in places))


def _name(form: Form, pointer: str) -> Text:
    extra = value_at(form, pointer) if pointer.startswith("/extras/") else None
    label = getattr(extra, "label", "")
    if label == "unplaced":
        return Text("未归入任何栏目", "Not placed")
    return Text(label, label) if label else field_name(form, pointer)


def _tone(pointer: str, doubted: bool, sure: bool, likely: bool) -> Tone:  # noqa: FBT001 -- four plain facts
    if doubted:
        return "doubtful"
    if pointer.startswith("/extras/"):
        return "kept"
    return "sure" if sure else "likely" if likely else "doubtful"


def _two(message: str) -> Text:
    """A sentence of the reader, which says everything in 中文 and then in English."""
    parts = _ENGLISH.split(message, maxsplit=1)
    return Text(parts[0], parts[-1])
