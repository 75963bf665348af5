"""One document's forms against its truth: each field right or wrong, claimed or doubted, found elsewhere or lost."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from forms.measure import fields_of
from jixiao.form import Form, to_wire

AMOUNT = re.compile(
    r"/funds/.*/(?:initial|adjusted|executed)|/execution/.*|/total/.*|/grade"
    r"|/indicators/\d+/(?:weight|score)|/declared_weights/.*|/currency_unit"
)
"""The fields that can be silent errors: amounts and their unit, weights, scores, rate, totals, grade."""
SURE = Decimal("0.95")
"""From this confidence on a field counts as claimed."""
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one form.

    Attributes:
        pointer: which.
        want, got: what is true and what was read; `None` for nothing.
        confidence: the lowest of its places; 1 where it has none.
        told: whether a problem of the form points at it.
        lost: whether it is wrong, and what is true stands nowhere in what was read.
    """

    pointer: str
    want: Any
    got: Any
    confidence: Decimal
    told: bool
    lost: bool = False

    @property
    def right(self) -> bool:
        """Whether it was read as printed."""
        return bool(self.want == self.got)

    @property
    def folded(self) -> bool:
        """Whether it was read as printed but for the width of its letters."""
        return self.right or _folded(self.want) == _folded(self.got)

    @property
    def is_amount(self) -> bool:
        """Whether it is an amount or its unit, a weight, a score, a rate, a total or a grade."""
        return AMOUNT.fullmatch(self.pointer) is not None

    @property
    def silent(self) -> bool:
        """Whether it is a silent error: an amount that is wrong, or missing, and nobody was told."""
        claimed = self.got in (None, "") or self.confidence >= SURE
        return self.is_amount and not self.right and claimed and not self.told


@dataclass(slots=True)
class Verdict:
    """What became of one document.

    Attributes:
        error: the code of the refusal where it could not be read.
        forms: how many it holds, and of them how many were read exactly.
        surplus: forms that were read and are none.
        fields: all fields of all forms, true or read.
        doubted: whether a place of some field is unsure.
    """

    error: str = ""
    forms: int = 0
    exact: int = 0
    surplus: int = 0
    fields: list[Field] = field(default_factory=list)


def judge(truth: Sequence[Form], read: Sequence[Form] | None, error: str = "") -> Verdict:
    """The verdict on a document; `read` is `None` where it was refused."""
    verdict = Verdict(error=error, forms=len(truth))
    held = "\n".join(_squeezed(text) for form in read or () for text in _texts(to_wire(form)))
    pairs, verdict.surplus = _paired(truth, read or ())
    for want, got in pairs:
        fields = _fields(want, got, held, refused=read is None)
        verdict.exact += got is not None and all(each.right for each in fields)
        verdict.fields += fields
    return verdict


def _paired(truth: Sequence[Form], read: Sequence[Form]) -> tuple[list[tuple[Form, Form | None]], int]:
    """Each true form with the form read for it, in order; where numbers differ, those most alike."""
    if len(truth) == len(read):
        return list(zip(truth, read, strict=True)), 0
    pairs: list[tuple[Form, Form | None]] = []
    start = 0
    for want in truth:
        alike = [(_likeness(want, form), -index) for index, form in enumerate(read[start:], start)]
        best = max(alike, default=(0, 0))
        index = -best[1]
        pairs.append((want, read[index] if best[0] else None))
        start = index + 1 if best[0] else start
    return pairs, max(len(read) - len(truth), 0)


def _likeness(want: Form, got: Form) -> int:
    true, found = fields_of(want), fields_of(got)
    return sum(found.get(pointer) == value for pointer, value in true.items())


def _fields(want: Form, got: Form | None, held: str, *, refused: bool) -> list[Field]:
    true, found = fields_of(want), fields_of(got) if got else {}
    told = [problem.pointer for problem in got.problems if problem.pointer] if got else []
    made = []
    for pointer in sorted(true.keys() | found.keys()):
        value, read = true.get(pointer), found.get(pointer)
        lost = value is not None and value != read and _squeezed(str(value)) not in held
        made.append(
            Field(
                pointer, value, read, _confidence(pointer, got),
                told=refused or any(_touches(each, pointer) for each in told), lost=lost,
            )
        )  # fmt: skip
    return made


def _confidence(pointer: str, form: Form | None) -> Decimal:
    """The lowest confidence of the field's places, or of those of the field it is part of."""
    while form and pointer:
        if places := form.places.get(pointer):
            return min(place.confidence for place in places)
        pointer = pointer.rpartition("/")[0]
    return Decimal(1)


def _touches(problem: str, pointer: str) -> bool:
    return f"{pointer}/".startswith(f"{problem}/") or f"{problem}/".startswith(f"{pointer}/")


def _folded(value: Any) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", "" if value is None else str(value)))


def _squeezed(text: str) -> str:
    return _folded(text).replace(",", "")


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for name, item in value.items() if name != "places" for text in [name, *_texts(item)]]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _texts(item)]
    return [] if value is None else [str(value)]
