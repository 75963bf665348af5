"""Text cells of CSV files: none that a spreadsheet would run as a formula. Every table that leaves asks here."""

from typing import Final

RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet may run."""


def guarded(text: str) -> str:
    """A text cell with an apostrophe before what a spreadsheet would run; so it has one before an apostrophe, too."""
    return f"'{text}" if text.startswith(RUNS) else text


def unguarded(cell: str) -> str:
    """The text that was guarded."""
    return cell.removeprefix("'") if cell.startswith("'") else cell
