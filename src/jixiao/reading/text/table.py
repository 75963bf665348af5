"""The indicator block made ready for reading: its columns, its tokens without headings, the headings."""

from dataclasses import dataclass
from typing import Final

from jixiao.reading.text.anchors import Anchor
from jixiao.reading.text.blocks import Blocks
from jixiao.reading.text.cells import Stream
from jixiao.reading.text.headings import Heading, lift
from jixiao.reading.text.tokens import Token

LEVELS: Final = ("level1", "level2")
_USUAL: Final = ("name", "target", "actual", "weight", "score", "deviation")
_KNOWN: Final = (*_USUAL, "sign", "unit")
_TARGETS: Final = ("adjusted_target", "target", "initial_target")
_PARTS: Final = ("sign", "target", "unit")
_BODY_LIMIT: Final = 2000
"""Tokens of one indicator block that are read; a form of forty rows has some six hundred."""


@dataclass(frozen=True, slots=True)
class Table:
    """The indicator block of one form.

    Attributes:
        columns: names of the columns in printed order, without the levels; "extra3" for one that has no field.
        kinds: what each column holds ("target", "other_target", "extra" …).
        printed: column name to its printed label.
        stream: the tokens of the rows.
        headings: the first and second level headings lifted out of them.
        levelled: whether the header names level columns.
        dropped: tokens beyond the limit.
        muddled: whether the column labels were found in pieces that alternate, so that the text goes line by line.
    """

    columns: list[str]
    kinds: list[str]
    printed: dict[str, str]
    stream: Stream
    headings: list[Heading]
    levelled: bool
    dropped: list[Token]
    muddled: bool


def make_table(blocks: Blocks, *, spaced: bool, parted: bool = False) -> Table:
    """Lift the headings out of the rows and name the columns; of several targets the adjusted one is the target.

    For `spaced` and `parted` see `Stream`.
    """
    anchors = _in_order([anchor for anchor in blocks.indicator_header if anchor.field not in LEVELS])
    fields = [anchor.field for anchor in anchors]
    columns, kinds = _columns(fields)
    printed = {column: anchor.text.strip("：: ") for column, anchor in zip(columns, anchors, strict=False)}
    rest, headings = lift(blocks.body[:_BODY_LIMIT])
    return Table(
        columns=columns,
        kinds=kinds,
        printed=printed,
        stream=Stream(rest, spaced=spaced, parted=parted),
        headings=headings,
        levelled=len(anchors) < len(blocks.indicator_header) or not anchors,
        dropped=blocks.body[_BODY_LIMIT:],
        muddled=len(blocks.indicator_header) > 1 and len({anchor.start for anchor in blocks.indicator_header}) == 1,
    )


def _in_order(anchors: list[Anchor]) -> list[Anchor]:
    """The column labels in the order of the cells: sign, value and unit stand in a second row, below 年度指标值.

    A text prints that row behind the whole first one; its columns belong where the label above them stands, or behind
    the name where that label was printed before all others.
    """
    start = len(anchors)
    while start and anchors[start - 1].field in _PARTS:
        start -= 1
    first, parts = anchors[:start], anchors[start:]
    fields = [anchor.field for anchor in first]
    if "sign" not in {anchor.field for anchor in parts} or not {"name", "actual"} <= set(fields):
        return anchors
    above = fields.index("target") if "target" in fields else 0
    at = max(above, fields.index("name") + 1)
    before, after = ([anchor for anchor in side if anchor.field != "target"] for side in (first[:at], first[at:]))
    return [*before, *parts, *after]


def _columns(fields: list[str]) -> tuple[list[str], list[str]]:
    target = next((field for field in _TARGETS if field in fields), "target")
    columns: list[str] = []
    kinds: list[str] = []
    for field in fields:
        kind = "target" if field == target else "other_target" if field in _TARGETS else field
        own = kind in _KNOWN and kind not in columns
        columns.append(kind if own else f"extra{len(columns)}")
        kinds.append(kind if own or kind == "other_target" else "extra")
    return (columns, kinds) if columns else (list(_USUAL), list(_USUAL))
