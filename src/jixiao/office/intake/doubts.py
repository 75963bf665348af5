"""What of a form a person should look at: places of low confidence, and what the reader says it could not read."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Final

from jixiao.form import Form

DOUBTFUL: Final = Decimal("0.90")
"""Below this confidence a place is doubtful."""


def confidence_of(form: Form, pointer: str) -> Decimal:
    """How sure the reading at a pointer is: that of its least sure place; 1 where it has none."""
    return min((place.confidence for place in form.places.get(pointer, ())), default=Decimal(1))


def doubtful(form: Form) -> tuple[str, ...]:
    """The pointers to look at, in the order of the form; "" for the form as a whole."""
    unsure = (pointer for pointer in form.places if confidence_of(form, pointer) < DOUBTFUL)
    told = (problem.pointer for problem in form.problems if not problem.is_of_the_file)
    return tuple(dict.fromkeys((*unsure, *told)))


def unchecked(form: Form, checked: Collection[str]) -> tuple[str, ...]:
    """Those that nobody has confirmed or corrected."""
    return tuple(pointer for pointer in doubtful(form) if pointer not in checked)


def messages(form: Form, pointers: Iterable[str]) -> tuple[str, ...]:
    """What the reader says about these pointers."""
    wanted = frozenset(pointers)
    return tuple(problem.message for problem in form.problems if problem.pointer in wanted)
