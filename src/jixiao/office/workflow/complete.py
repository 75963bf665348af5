"""What must stand on a form before it can be handed in 必填: the cells that its layout prints and that are empty."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from jixiao.desk.documents import layout_named
from jixiao.form import Form, Indicator, Project
from jixiao.office.filing.cells import typed_texts
from jixiao.review.lookup import value_at
from jixiao.writing.official import lay_out
from jixiao.writing.paper.model import Table

_ALWAYS: Final = (
    "/project/name", "/department", "/unit", "/fiscal_year", "/goal/expected", "/goal/actual",
    "/funds/total/initial", "/funds/total/adjusted", "/funds/total/executed", "/execution/score", "/total/score",
)  # fmt: skip
_OF_A_ROW: Final = ("name", "target", "actual")
_POINTS: Final = ("weight", "score")


@cache
def printed_cells(layout: str) -> frozenset[str]:
    """The pointers that a layout has a cell for; of indicators those of the first."""
    specimen = Form(title="表", project=Project("项目"), indicators=(Indicator("产出指标", "数量指标", "指标"),))
    blocks = lay_out(specimen, layout_named(layout)).document.blocks
    return frozenset(cell.pointer for block in blocks if isinstance(block, Table) for cell in block.cells)


def missing(form: Form, layout: str) -> tuple[str, ...]:
    """Pointers of the cells that must be filled in and are empty, in the order of the form.

    Args:
        form: the form.
        layout: id of the layout of its round: what it has no cell for is not asked for.
    """
    printed = printed_cells(layout)
    cells: list[str] = [pointer for pointer in _ALWAYS if pointer in printed and _empty(value_at(form, pointer))]
    if not form.indicators:
        cells.append("/indicators")
    for number, row in enumerate(form.indicators):
        cells += (f"/indicators/{number}/{name}" for name in _of_row(row, printed))
    return tuple(cells)


def unread(form: Form) -> tuple[str, ...]:
    """Pointers of cells that hold something that could not be read: on paper, or typed where a number belongs."""
    told = (problem.pointer for problem in form.problems if not problem.is_of_the_file)
    return tuple(dict.fromkeys((*told, *typed_texts(form))))


def _of_row(row: Indicator, printed: frozenset[str]) -> Iterator[str]:
    """The empty cells of a row; a row with neither points nor score is one that tells and is not scored."""
    yield from (name for name in _OF_A_ROW if f"/indicators/0/{name}" in printed and _empty(getattr(row, name)))
    if row.weight is not None or row.score is not None:
        yield from (name for name in _POINTS if f"/indicators/0/{name}" in printed and getattr(row, name) is None)


def _empty(value: object) -> bool:
    text = getattr(value, "text", value)
    return not text.strip() if isinstance(text, str) else text is None
