"""A text to its forms: the columns' widths are learnt over all forms of the text, for they share a template."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jixiao.form import Form
from jixiao.reading.text.assemble import Assembler
from jixiao.reading.text.blocks import Blocks, find_forms
from jixiao.reading.text.goals import expected_lines
from jixiao.reading.text.indicators import read_rows, styles_of
from jixiao.reading.text.levels import STYLES
from jixiao.reading.text.rows import PATIENCE, Lattice
from jixiao.reading.text.table import Table, make_table
from jixiao.reading.text.tokens import Token, parts_cells, tokenize
from jixiao.reading.text.widths import Column, fit_width

_ROUNDS: Final = 3
_TEACHERS: Final = 40
"""So many forms teach the widths; the others are read once."""

_STEPS: Final = 4_000_000
"""Search steps for a whole text; a form takes some thousands."""

_LEARNT: Final = ("name", "target", "actual", "deviation")
_AUTO_SPACED = re.compile(r"[0-9] +[年月]|[\u4e00-\u9fff] +[0-9]{1,4} *[年月]")
_FORM_WORD = re.compile(r"名\s{0,8}称")


@dataclass(slots=True)
class _Work:
    """One form in work: its blocks and its table."""

    blocks: Blocks
    table: Table


class _Purse:
    """Search steps left for a text."""

    def __init__(self, steps: int) -> None:
        self._steps = steps

    def search(self, work: _Work, widths: dict[str, Column]) -> Lattice:
        """The readings of a form's rows, within what is left."""
        patience = min(PATIENCE, max(0, self._steps))
        lattice = Lattice(work.table.stream, work.table.kinds, widths, patience)
        self._steps -= lattice.steps
        return lattice


def read_text(text: str, file: str) -> tuple[Form, ...]:
    """All forms in a text pulled out of a PDF.

    Args:
        text: the text, lines as the extractor printed them.
        file: the file as the caller named it, for the places.

    Returns:
        The forms in order, each field with the line and column where it was read; empty where there is no form. What
        could not be read is `None` with a problem; what could not be placed is an extra named "unplaced".
    """
    if not _FORM_WORD.search(text):
        return ()
    spaced = bool(_AUTO_SPACED.search(text))
    tokens = tokenize(text)
    parted = parts_cells(tokens)
    works = [_Work(blocks, make_table(blocks, spaced=spaced, parted=parted)) for blocks in find_forms(tokens)]
    purse = _Purse(_STEPS)
    teachers = works[:_TEACHERS]
    lattices, widths = _learn(teachers, purse)
    style = _style(teachers, lattices)
    return tuple(
        Assembler(work.blocks, work.table, file).form(
            lattices[index] if index < len(lattices) else purse.search(work, widths), widths, style
        )
        for index, work in enumerate(works)
    )


def _learn(works: Sequence[_Work], purse: _Purse) -> tuple[list[Lattice], dict[str, Column]]:
    """Read, learn the widths from what was read, read again, until they stay."""
    widths: dict[str, Column] = {}
    lattices = [purse.search(work, widths) for work in works]
    for _ in range(_ROUNDS - 1):
        learnt = _widths(works, lattices, widths)
        if learnt == widths:
            break
        widths = learnt
        lattices = [purse.search(work, widths) for work in works]
    return lattices, widths


def _widths(works: Sequence[_Work], lattices: Sequence[Lattice], widths: dict[str, Column]) -> dict[str, Column]:
    """Column widths that fit the cells as they are read now."""
    cells: dict[str, list[list[Token]]] = {"goal": []}
    for work, lattice in zip(works, lattices, strict=True):
        cells["goal"].append(expected_lines(work.blocks.goal, widths))
        for row in read_rows(work.table, lattice.readings[0], {})[0]:
            for column in _LEARNT:
                if row.tokens.get(column):
                    cells.setdefault(column, []).append(row.tokens[column])
    return {column: wide for column, found in cells.items() if (wide := fit_width(found)) is not None}


def _style(works: Sequence[_Work], lattices: Sequence[Lattice]) -> str:
    """Where the document's producer prints a heading relative to its rows."""
    costs = dict.fromkeys(STYLES, 0)
    for work, lattice in zip(works, lattices, strict=True):
        for style, cost in styles_of(work.table, lattice.readings[0]).items():
            costs[style] += cost
    return min(STYLES, key=lambda style: costs[style])
