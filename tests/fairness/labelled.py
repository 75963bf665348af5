"""A labelled form: what a fair and expert reviewer would ask about it, and what honest reviewers may ask or leave."""

from dataclasses import dataclass, field
from typing import Literal

from jixiao.form import Form
from jixiao.review import Context

Asked = tuple[str, str]
"""A check's code and the pointer it is asked at; an empty pointer means anywhere."""

Origin = Literal["hand", "generated"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One form with its labels.

    Attributes:
        name: unique in the set.
        origin: whether a person wrote it or a seed made it.
        form: the form.
        ask: what must be asked.
        may: what may be asked beside it: whoever asks is not wrong, whoever does not misses nothing.
        planted: the checks whose fault was planted here.
        near: the checks on whose lawful side the form was put, close to the line; each must stay silent.
        context: what is known beside the form.
        book: id of the rulebook; where empty, the form's own place and year decide.
        profiles, caps, values: what is kept of the book's profiles, caps and parameters it is given, as in a check's
            examples.
    """

    name: str
    origin: Origin
    form: Form
    ask: frozenset[Asked] = frozenset()
    may: frozenset[Asked] = frozenset()
    planted: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    context: Context = field(default_factory=Context)
    book: str = ""
    profiles: tuple[str, ...] = ()
    caps: tuple[str, ...] = ()
    values: tuple[tuple[str, int | str], ...] = ()


def asked(text: str) -> Asked:
    """A label as it is written: "JX204 /funds/total", or the code alone."""
    code, _, pointer = text.partition(" ")
    return code, pointer
