"""Cells in words: "k5/actual" is 指标 3「组织活动」 · 实际完成值, whatever moved since; whether a name names one."""

from jixiao.office.filing.cells import Record, UnknownCell, pointer_of
from jixiao.review.naming import field_name
from jixiao.scoring.sheet import Text


def is_cell(record: Record, cell: str) -> bool:
    """Whether a form has a cell, row or part of that name."""
    try:
        return bool(cell) and bool(pointer_of(record, cell))
    except UnknownCell:
        return False


def cell_name(record: Record, cell: str) -> Text:
    """What people call a cell, a row or a part."""
    try:
        pointer = pointer_of(record, cell)
    except UnknownCell:
        return Text("已删去的指标", "an indicator that was removed")
    return field_name(record.form, pointer) if pointer or not cell else Text(cell, cell)
