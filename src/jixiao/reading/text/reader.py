"""A text to its forms: the columns' widths are learnt over all forms of the text, for they share a template."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jixiao.form import Form
from jixiao.reading.text.assemble import Assembler, Table, make_table, read_rows, styles_of
from jixiao.reading.text.blocks import Blocks, cut_blocks, split_forms
from jixiao.reading.text.goals import expected_lines
from jixiao.reading.text.levels import STYLES
from jixiao.reading.text.rows import Lattice
from jixiao.reading.text.tokens import Token, tokenize
from jixiao.reading.text.widths import Column, fit_width

_ROUNDS: Final = 3
_LEARNT: Final = ("name", "target", "actual", "deviation")
_AUTO_SPACED = re.compile(r"[0-9] +[年月]|[\u4e00-\u9fff] +[0-9]{1,4} *[年月]")


@dataclass(slots=True)
class _Work:
    """One form in work: its blocks, its table, its readings under the widths known so far."""

    blocks: Blocks
    table: Table
    lattice: Lattice


def read_text(text: str, file: str) -> tuple[Form, ...]:
    """All forms in a text pulled out of a PDF.

    Args:
        text: the text, lines as the extractor printed them.
        file: the file as the caller named it, for the places.

    Returns:
        The forms in order, each field with the line and column where it was read; empty where there is no form. What
        could not be read is `None` with a problem; what could not be placed is an extra named "unplaced".
    """
    spaced = bool(_AUTO_SPACED.search(text))
    widths: dict[str, Column] = {}
    works: list[_Work] = []
    for preamble, tokens in split_forms(tokenize(text)):
        blocks = cut_blocks(preamble, tokens)
        table = make_table(blocks, spaced=spaced)
        works.append(_Work(blocks, table, Lattice(table.stream, table.kinds, widths)))
    for _ in range(_ROUNDS - 1):
        learnt = _learn(works, widths)
        if learnt == widths:
            break
        widths = learnt
        for work in works:
            work.lattice = Lattice(work.table.stream, work.table.kinds, widths)
    style = _style(works)
    return tuple(Assembler(work.blocks, work.table, file).form(work.lattice, widths, style) for work in works)


def _style(works: Sequence[_Work]) -> str:
    """Where the document's producer prints a heading relative to its rows."""
    costs = dict.fromkeys(STYLES, 0)
    for work in works:
        for style, cost in styles_of(work.table, work.lattice.readings[0]).items():
            costs[style] += cost
    return min(STYLES, key=lambda style: costs[style])


def _learn(works: Sequence[_Work], widths: dict[str, Column]) -> dict[str, Column]:
    """Column widths that fit the cells as they are read now."""
    cells: dict[str, list[list[Token]]] = {"goal": []}
    for work in works:
        cells["goal"].append(expected_lines(work.blocks.goal, widths))
        for row in read_rows(work.table, work.lattice.readings[0], {})[0]:
            for column in _LEARNT:
                if row.tokens.get(column):
                    cells.setdefault(column, []).append(row.tokens[column])
    return {column: wide for column, found in cells.items() if (wide := fit_width(found)) is not None}
