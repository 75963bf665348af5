"""What changed on a form between two moments 修改对比: cell by cell, by lasting names, was and now. Pure."""

from dataclasses import dataclass

from jixiao.office.filing.cells import ROW_FIELDS, Record, texts
from jixiao.office.workflow.cells import cell_name
from jixiao.scoring.sheet import Text


@dataclass(frozen=True, slots=True)
class Change:
    """One cell, or one row that came or went.

    Attributes:
        cell: "k3/actual"; "k3" for a whole row.
        name: what people call it.
        was, now: the texts; none where the row was not there.
    """

    cell: str
    name: Text
    was: str | None
    now: str | None


def changes(was: Record, now: Record) -> tuple[Change, ...]:
    """The cells that differ, in the order of the form as it is now; then rows that came, and rows that are gone."""
    before, after = texts(was), texts(now)
    added = [key for key in now.keys if key not in was.keys]
    gone = [key for key in was.keys if key not in now.keys]
    cells = dict.fromkeys((*after, *before))
    return (
        *(
            Change(cell, cell_name(now if cell in after else was, cell), before.get(cell, ""), after.get(cell, ""))
            for cell in cells
            if _row_of(cell) not in (*added, *gone) and before.get(cell, "") != after.get(cell, "")
        ),
        *(Change(key, cell_name(now, key), None, _row(after, key)) for key in added),
        *(Change(key, cell_name(was, key), _row(before, key), None) for key in gone),
    )


def _row_of(cell: str) -> str:
    return cell.partition("/")[0]


def _row(cells: dict[str, str], key: str) -> str:
    return " · ".join(filter(None, (cells[f"{key}/{name}"] for name in ROW_FIELDS)))
