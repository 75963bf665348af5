"""The rows there are: one module each in `rows/`, found by looking."""

import importlib
from collections.abc import Iterator
from pathlib import Path

from drills.row import Row

ROWS = Path(__file__).with_name("rows")


def names() -> dict[str, str]:
    """Each row's id to its module, in the order of the table; the id is what the module's name begins with."""
    modules = sorted(path.stem for path in ROWS.glob("[a-h][0-9]*_*.py"))
    return {name.partition("_")[0].upper(): name for name in modules}


def row(identifier: str) -> Row:
    """The row of an id.

    Raises:
        KeyError: there is none.
        ValueError: its module is named for another row.
    """
    found = importlib.import_module(f"drills.rows.{names()[identifier]}").ROW
    if not isinstance(found, Row) or found.id != identifier:
        raise ValueError(f"tests/drills/rows/{names()[identifier]}.py holds no row {identifier}")
    return found


def rows() -> Iterator[Row]:
    """Every row, in the order of the table."""
    return (row(identifier) for identifier in names())
