"""Numbers that were not found on a page whose rules were not seen clearly: told, for they may well be printed there.

An empty field is otherwise a claim that nothing is printed. Where cells may have run together it is none.
"""

from collections.abc import Collection, Iterator
from typing import Final

from msgspec.structs import replace

from jixiao.form import Form, Problem
from jixiao.reading.settle.numbers import MONEY, NAMED

MISSING: Final = "maybe_missed"
"""The code of these problems."""
_LINES: Final = "指标行可能缺漏或错位", "lines of indicators may be missing or misplaced"
_ANY: Final = (
    "此处有未读到的内容，或印在并成一格的地方",
    "something not found here may be printed where cells ran together",
)


def with_missing_told(forms: tuple[Form, ...], doubted: Collection[int]) -> tuple[Form, ...]:
    """Forms with a problem at each part that lacks numbers and may stand on a page in doubt.

    Args:
        forms: those of a document, in order.
        doubted: pages whose walls were not seen clearly.
    """
    if not forms or not doubted:
        return forms
    firsts = [min(_pages(form), default=1) for form in forms]
    lasts = [max(_pages(form), default=1) for form in forms]
    following = [first - 1 for first in firsts[1:]] + [max(doubted)]
    ends = map(max, lasts, following)
    return tuple(
        _told(form, [page for page in sorted(doubted) if first <= page <= end])
        for form, first, end in zip(forms, firsts, ends, strict=True)
    )


def _pages(form: Form) -> set[int]:
    return {place.page for places in form.places.values() for place in places if place.page is not None}


def _told(form: Form, pages: list[int]) -> Form:
    if not pages:
        return form
    told = {problem.pointer for problem in form.problems}
    new = tuple(_problem(pointer, pages) for pointer in _gaps(form) if pointer not in told)
    return replace(form, problems=(*form.problems, *new))


def _gaps(form: Form) -> Iterator[str]:
    """What lacks a number. Lines of indicators are always named: how many there should be is not known."""
    if form.currency_unit is None:
        yield "/currency_unit"
    rows = (*(getattr(form.funds, name) for name in NAMED), *form.funds.more)
    if any(getattr(row, column) is None for row in rows for column in MONEY):
        yield "/funds"
    if None in (form.execution.weight, form.execution.rate, form.execution.score):
        yield "/execution"
    yield "/indicators"
    if None in (form.total.weight, form.total.score):
        yield "/total"
    if form.grade is None:
        yield "/grade"
    yield "/declared_weights"


def _problem(pointer: str, pages: list[int]) -> Problem:
    zh, en = "、".join(map(str, pages)), ", ".join(map(str, pages))
    what = _LINES if pointer == "/indicators" else _ANY
    message = (
        f"第 {zh} 页图像上的表格线没有看清，{what[0]}。请对照原件。"
        f"The rules on page {en} were not seen clearly: {what[1]}. Compare with the original."
    )
    return Problem(pointer, MISSING, message)
