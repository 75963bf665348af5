"""The rows of a blank form: the usual headings, each with room for some indicators."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from jixiao.form import Indicator, LabelledFundRow
from jixiao.layout.families import Family
from jixiao.writing.paper.model import Cell

_HEADINGS: Final = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)
"""The headings of the annex to 财预〔2020〕10号 (evidence: text-seen on published forms)."""

LEAST_HEIGHT: Final = 1950
"""The least height of a row that is filled by hand, in hundredths of a point."""
_ROOM_FOR_GOALS: Final = 6600
_ROOM_FOR_TEXTS: Final = 3900
"""The least heights of cells for sentences: goals and what was reached; explanations at the end."""


def blank_rows(each: int) -> tuple[Indicator, ...]:
    """Empty indicators, so many under each second-level heading."""
    return tuple(
        Indicator(level1=level1, level2=level2) for level1, below in _HEADINGS for level2 in below for _ in range(each)
    )


def roomy(cells: Sequence[Cell], end: int) -> list[Cell]:
    """The cells of a blank form, as high as what is written into them by hand: goals and explanations are sentences.

    Args:
        cells: of the form.
        end: the first row behind its indicators, where explanations stand, each alone in its row.
    """
    beside = Counter(cell.row for cell in cells if cell.role == "value")

    def room(cell: Cell) -> int:
        if cell.pointer.startswith("/goal/"):
            return _ROOM_FOR_GOALS
        explains = cell.role == "value" and cell.align == "left" and cell.row >= end and beside[cell.row] == 1
        return _ROOM_FOR_TEXTS if explains else 0

    return [replace(cell, least=room(cell)) for cell in cells]


def further_funds(family: Family) -> tuple[LabelledFundRow, ...]:
    """The fund rows of a layout beyond the four usual ones, empty: the total counts them, too."""
    rows = family.funds.rows if family.funds else ()
    return tuple(LabelledFundRow(row.label) for row in rows if row.field == "more")
