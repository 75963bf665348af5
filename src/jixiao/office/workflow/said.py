"""What a person says with an act: words, cells with words, a score of their own."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import msgspec


@dataclass(frozen=True, slots=True)
class CellWords:
    """What is said about one cell.

    Attributes:
        cell: "k3/actual" of a row, "funds/total/adjusted" of the form.
        words: what is asked for; empty where the reason says it.
        score: the reviewer's own points for the line; none where none were given.
    """

    cell: str
    words: str = ""
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What is said with an act.

    Attributes:
        reason: why it is returned, an answer to arithmetic findings, or a note.
        cells: what is asked about single cells.
        score: the reviewer's own score of the whole form, in points.
    """

    reason: str = ""
    cells: tuple[CellWords, ...] = ()
    score: Decimal | None = None


NOTHING: Final = Said()
"""An act without words."""


def cells_text(cells: tuple[CellWords, ...]) -> str:
    """The cells as a decision keeps them: JSON, points as texts."""
    return msgspec.json.encode([_wire(cell) for cell in cells]).decode()


def cells_of(text: str) -> tuple[CellWords, ...]:
    """The cells of a decision."""
    rows = msgspec.json.decode(text, type=list[dict[str, str]])
    return tuple(
        CellWords(row["cell"], row.get("words", ""), Decimal(row["score"]) if row.get("score") else None)
        for row in rows
    )


def _wire(cell: CellWords) -> dict[str, Any]:
    wire = {"cell": cell.cell, "words": cell.words}
    return wire if cell.score is None else wire | {"score": str(cell.score)}
