"""What a form holds and a layout has no cell for: said aloud, never dropped in silence."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.form import Actual, Extra, Form, Target, plain
from jixiao.writing.naming import field_name

_PARTS = ("project", "department", "unit", "funds", "execution", "goal", "indicators", "total", "grade")


class LeftOut(Struct, frozen=True):
    """A field that a layout does not print.

    Attributes:
        pointer: of the field.
        zh, en: its name.
        text: what it holds.
    """

    pointer: str
    zh: str
    en: str
    text: str


def left_out(form: Form, printed: set[str]) -> tuple[LeftOut, ...]:
    """The fields that hold something and are not printed, in the order of the form."""
    return tuple(_named(form, pointer, text) for pointer, text in held_fields(form) if text and pointer not in printed)


def held_fields(form: Form) -> Iterator[tuple[str, str]]:
    """Every field that a cell can hold, with its text; empty ones too."""
    for part in _PARTS:
        yield from _fields(getattr(form, part), f"/{part}")
    yield "/currency_unit", form.currency_unit or ""
    for heading, points in form.declared_weights.items():
        yield f"/declared_weights/{heading}", plain(points)
    for number, extra in enumerate(form.extras):
        yield f"/extras/{number}", extra.text


def _fields(value: object, pointer: str) -> Iterator[tuple[str, str]]:
    match value:
        case None:
            yield pointer, ""
        case Decimal():
            yield pointer, plain(value)
        case str():
            yield pointer, value
        case Target() | Actual():
            yield pointer, value.text
        case tuple():
            for number, each in enumerate(value):
                yield from _fields(each, f"{pointer}/{number}")
        case _:
            for name in getattr(value, "__struct_fields__", ()):
                yield from _fields(getattr(value, name), f"{pointer}/{name}")


def _named(form: Form, pointer: str, text: str) -> LeftOut:
    if pointer.startswith("/extras/"):
        extra: Extra = form.extras[int(pointer.rsplit("/", 1)[1])]
        row = field_name(form, extra.pointer) if extra.pointer else None
        zh, en = (f"{row.zh}·{extra.label}", f"{row.en}, {extra.label}") if row else (extra.label, extra.label)
        return LeftOut(pointer, zh, en, text)
    name = field_name(form, pointer)
    return LeftOut(pointer, name.zh, name.en, text)
