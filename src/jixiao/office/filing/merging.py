"""A save against the version it was made from: what others changed since is kept, a real conflict is shown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Final

from msgspec import Meta, Struct

from jixiao.office.filing.cells import KEY, PARTS, Record, UnknownCell, text_of, texts
from jixiao.office.filing.changing import ROWS, changed, difference
from jixiao.office.filing.typed import LONGEST, words

MOST_ROWS: Final = 300
_Cell = Annotated[str, Meta(min_length=1, max_length=200)]
_Words = Annotated[str, Meta(max_length=LONGEST)]
_Key = Annotated[str, Meta(pattern="^[kn][1-9][0-9]{0,8}$")]


class Change(Struct, frozen=True):
    """A cell, what the person saw in it, and what it is to be."""

    cell: _Cell
    was: _Words
    now: _Words


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """A save as a page asks for it.

    Attributes:
        base: the version that the page showed.
        changes: the cells that were changed.
        rows: the keys of all rows in order, where some were added, removed or moved; new ones are "n1", "n2" …
        token: made by the page for this save, so that one sent twice is done once.
    """

    base: Annotated[int, Meta(ge=0, le=2**31)]
    changes: Annotated[tuple[Change, ...], Meta(max_length=3000)] = ()
    rows: Annotated[tuple[_Key, ...], Meta(max_length=MOST_ROWS)] | None = None
    token: Annotated[str, Meta(max_length=40)] = ""


class Earlier(Struct, frozen=True):
    """A save that was made since: its version, who and when, and its changes as (cell, was, now)."""

    number: int
    by: str
    at: str
    changes: tuple[tuple[str, str, str], ...]


class Conflict(Struct, frozen=True):
    """A cell that two people changed: what it was, what this save would put, what the other put, who and when."""

    cell: str
    was: str
    now: str
    theirs: str
    by: str
    at: str


class Clash(Exception):
    """The save meets changes that others made to the same cells."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        """Take the cells."""
        super().__init__(", ".join(conflict.cell for conflict in conflicts))
        self.conflicts = tuple(conflicts)


class Merged(Struct, frozen=True):
    """What the form is after a save.

    Attributes:
        record: the form and its keys.
        changes: what the save changed, as (cell, was, now), in the words of the form.
        keys: the keys given to new rows, by the name the page had for them.
        last_key: the highest number a key has had.
    """

    record: Record
    changes: tuple[tuple[str, str, str], ...]
    keys: Mapping[str, str]
    last_key: int


class _Others:
    """What others changed since, and the rows as they were."""

    def __init__(self, record: Record, earlier: Iterable[Earlier]) -> None:
        self.cells: dict[str, Earlier] = {}
        self.rows = record.keys
        moved = False
        for save in earlier:
            for cell, was, _ in save.changes:
                self.cells[_whole(cell)] = save
                if cell == ROWS and not moved:
                    moved, self.rows = True, tuple(was.split())

    def conflict(self, change: Change, theirs: str, cell: str = "") -> Conflict:
        save = self.cells[_whole(cell or change.cell)]
        return Conflict(change.cell, change.was, change.now, theirs, save.by, save.at)


def merge(record: Record, asked: Asked, earlier: Sequence[Earlier], last_key: int) -> Merged:
    """Put a save into the form as it is now.

    Args:
        record: the form as it is now.
        asked: the save.
        earlier: the saves of others since its base, in order.
        last_key: the highest number a key has had.

    Raises:
        Clash: cells that it changes were changed to something else since.
        UnknownCell: it names a cell that no form has.
    """
    others = _Others(record, earlier)
    keys = _new_keys(asked.rows or (), others.rows, last_key)
    asked = _renamed(asked, keys)
    rows = None if asked.rows is None else merged_rows(others.rows, record.keys, asked.rows)
    conflicts = [*_rows_in_conflict(record, asked, others), *_cells_in_conflict(record, asked, others)]
    if conflicts:
        raise Clash(conflicts)
    kept = set(record.keys if rows is None else rows)
    given = {change.cell: change.now for change in asked.changes if _stays(change.cell, kept, record)}
    after = changed(record, given, rows)
    numbers = [last_key, *(int(key[1:]) for key in after.keys)]
    return Merged(after, tuple(difference(record, after)), keys, max(numbers))


def _new_keys(rows: Sequence[str], base: Sequence[str], last_key: int) -> dict[str, str]:
    """Keys for the rows that are new: never one that any row has had."""
    made: dict[str, str] = {}
    for name in rows:
        if name not in base:
            last_key += 1
            made[name] = f"k{last_key}"
    return made


def _renamed(asked: Asked, keys: Mapping[str, str]) -> Asked:
    def cell(name: str) -> str:
        head, slash, rest = name.partition("/")
        return f"{keys[head]}{slash}{rest}" if head in keys else name

    changes = tuple(Change(cell(change.cell), change.was, change.now) for change in asked.changes)
    rows = None if asked.rows is None else tuple(dict.fromkeys(keys.get(row, row) for row in asked.rows))
    return Asked(asked.base, changes, rows, asked.token)


def merged_rows(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> tuple[str, ...]:
    """Two orders of rows made from one: what either added stays, what either removed goes.

    The order is that of whoever moved rows; where both did, that of the later save.
    """
    moved = [row for row in mine if row in base] != [row for row in base if row in mine]
    first, second = (mine, theirs) if moved else (theirs, mine)
    gone = (set(base) - set(mine)) | (set(base) - set(theirs))
    made = [row for row in first if row not in gone]
    for at, row in enumerate(second):
        if row not in base and row not in made:
            before = next((each for each in reversed(second[:at]) if each in made), None)
            made.insert(0 if before is None else made.index(before) + 1, row)
    return tuple(made)


def _rows_in_conflict(record: Record, asked: Asked, others: _Others) -> Iterable[Conflict]:
    """Cells that another changed in rows that this save removes."""
    if asked.rows is None:
        return
    gone = [row for row in record.keys if row in others.rows and row not in asked.rows]
    now = texts(record) if gone else {}
    for cell in others.cells:
        if cell.partition("/")[0] in gone:
            yield others.conflict(Change(cell, "", ""), now.get(cell, ""))


def _cells_in_conflict(record: Record, asked: Asked, others: _Others) -> Iterable[Conflict]:
    for change in asked.changes:
        head = change.cell.partition("/")[0]
        if KEY.fullmatch(head) and head not in record.keys:
            if head in others.rows:
                yield others.conflict(change, "", ROWS)
            elif asked.rows is None or head not in asked.rows:
                raise UnknownCell(change.cell)
        elif _whole(change.cell) in others.cells:
            theirs = text_of(record, change.cell)
            if theirs not in (change.was, change.now, words(change.now)):
                yield others.conflict(change, theirs)


def _stays(cell: str, kept: set[str], record: Record) -> bool:
    """Whether a cell is still there; one of a row that the save itself removes is not."""
    head = cell.partition("/")[0]
    if KEY.fullmatch(head) and head not in kept:
        if head not in record.keys:
            raise UnknownCell(cell)
        return False
    return True


def _whole(cell: str) -> str:
    head, _, rest = cell.partition("/")
    return f"{head}/target" if rest in PARTS else cell
