"""How far the numbers of a text are to be believed: as far as the form's own sums bear them out, and no further.

The columns of a text are inferred, so a number may have been copied exactly and still stand in the wrong cell. Only a
sum that holds with it, and would fail were it another number, says that it stands where it was put.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from jixiao.form import Form, Place, Problem
from jixiao.reading.settle.numbers import numbers_of
from jixiao.reading.settle.sums import Sum, sums_of

UNVERIFIED: Final = Decimal("0.90")
"""The most that a number of a text can have without a sum that bears it out."""

_BLOCKS: Final = {
    "/funds": ("项目资金", "the funds"),
    "/execution": ("预算执行行", "the line of the execution"),
    "/indicators": ("各指标的分值、得分", "points and scores of the indicators"),
    "/total": ("总分行", "the total"),
    "/declared_weights": ("各级指标标题所印的分值", "the points in the headings"),
}
"""The parts of a form that have numbers, and what people call them."""

_Numbers = Mapping[str, Decimal | None]


def weighed(form: Form) -> Form:
    """The form with every number that no sum bears out at 0.90 at most, and one problem a block that has such.

    A sum that fails takes the certainty from all its numbers; a text that prints a wrong sum is still read as printed.
    """
    numbers = numbers_of(form)
    ties = [tie for tie in sums_of(form, numbers) if not _is_line(tie)]
    failing = [tie for tie in ties if tie.holds(numbers) is False]
    disputed = {pointer for tie in failing for pointer in tie.pointers}
    doubted = [
        pointer
        for pointer, number in numbers.items()
        if number is not None and (pointer in disputed or not _is_borne_out(pointer, ties, numbers))
    ]
    doubted += _declared_without_rows(form)
    places = {**form.places, **{pointer: _capped(form.places.get(pointer, ())) for pointer in doubted}}
    kept = {pointer: found for pointer, found in places.items() if found}
    return replace(form, places=kept, problems=(*form.problems, *_problems(doubted, failing)))


def _is_line(tie: Sum) -> bool:
    """Whether a tie says no more than that a score does not exceed its points."""
    return len(tie.pointers) == 2 and tie.pointers[0].endswith("/score")


def _is_borne_out(pointer: str, ties: Sequence[Sum], numbers: _Numbers) -> bool:
    """Whether some sum holds with the number, and fails with one twice as large."""
    number = numbers[pointer]
    if number is None:
        return False
    other = {**numbers, pointer: 2 * number + 1}
    return any(pointer in tie.pointers and tie.holds(numbers) and tie.holds(other) is False for tie in ties)


def _declared_without_rows(form: Form) -> Iterator[str]:
    """The points of headings that are not the sum of the points of the rows below them."""
    for name, points in form.declared_weights.items():
        below = [line.weight for line in form.indicators if line.level1 == name]
        if not below or points != sum(weight or 0 for weight in below):
            yield f"/declared_weights/{name}"


def _capped(places: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(replace(place, confidence=min(place.confidence, UNVERIFIED)) for place in places)


def _problems(doubted: Sequence[str], failing: Sequence[Sum]) -> Iterator[Problem]:
    """One problem for each block: the sum that fails in it, else that nothing bears its numbers out."""
    for block, (zh, en) in _BLOCKS.items():
        wrong = next((tie for tie in failing if any(pointer.startswith(f"{block}/") for pointer in tie.pointers)), None)
        if wrong is not None:
            message = (
                f"文字中的栏位是推定的，而{wrong.zh}不符：或是读错了栏，或是原件如此。请对照原件。"
                f"The columns of a text are inferred, and {wrong.en} disagree: misplaced, or printed so. "
                "Compare with the original."
            )
            yield Problem(block, "sum_disagrees", message)
        elif any(pointer.startswith(f"{block}/") for pointer in doubted):
            message = (
                f"文字中的栏位是推定的，{zh}的一些数没有合计可以核对。请对照原件。"
                f"The columns of a text are inferred, and no sum of the form bears out some numbers of {en}. "
                "Compare with the original."
            )
            yield Problem(block, "unverified", message)
