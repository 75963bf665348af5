"""What is put right on a form and what is left to people: values, in 中文 and English."""

from typing import Literal

from msgspec import Struct

from jixiao.form import Form
from jixiao.scoring.sheet import Clause, Text

Kind = Literal["sum", "rate", "score", "grade"]
"""By what a number is put right: by adding up, by dividing, by the rule of a score, by the bounds of the grades."""


class Correction(Struct, frozen=True):
    """One number, or the grade, that is put right.

    Attributes:
        pointer: the field of the form; "/extras/2" for a rate beside a fund row.
        kind: by what it is put right.
        read: what the form says, in its digits.
        corrected: what it is to say, with as many decimals as were printed, or more where the number needs them.
        because: how it follows, sentence by sentence.
        clause: the rule it rests on; `None` for arithmetic.
        depends: pointers of the fields it was computed from; those that were themselves put right come first.
    """

    pointer: str
    kind: Kind
    read: str
    corrected: str
    because: tuple[Text, ...]
    clause: Clause | None = None
    depends: tuple[str, ...] = ()


class Left(Struct, frozen=True):
    """What is at odds on the form and was not touched.

    Attributes:
        pointers: the fields of which one, or none, is wrong.
        why: `undecided` where the form does not tell which, `kept` where a unit gave itself less than the rule does.
        said: what is at odds, and what would settle it.
    """

    pointers: tuple[str, ...]
    why: Literal["undecided", "kept"]
    said: Text


class Corrected(Struct, frozen=True):
    """A form put right.

    Attributes:
        form: the form with all corrections made; the very form where there are none.
        corrections: in the order in which they were computed, each from the form as corrected so far.
        left: what was not touched.
    """

    form: Form
    corrections: tuple[Correction, ...]
    left: tuple[Left, ...]
