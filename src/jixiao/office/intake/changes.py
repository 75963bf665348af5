"""What filing a line would change, in words people use: against the present filing, or the targets in force."""

from dataclasses import dataclass

from jixiao.form import Form
from jixiao.office.filing.cells import Record, pointer_of
from jixiao.office.filing.changing import ROWS, difference
from jixiao.office.filing.judging import form_of
from jixiao.office.filing.rows import keyed
from jixiao.office.intake.entering import changes_of
from jixiao.office.intake.models import TARGETS, Entry
from jixiao.office.intake.sorting import present_form, to_file
from jixiao.office.rounds.models import ApprovedTarget
from jixiao.review.naming import field_name
from jixiao.scoring.sheet import Text


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: its name, what it holds now, and what it would hold."""

    name: Text
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What would change.

    Attributes:
        new: whether there is nothing yet that could change.
        cells: the cells.
        added, removed: how many rows of indicators come and go.
    """

    new: bool
    cells: tuple[Change, ...] = ()
    added: int = 0
    removed: int = 0


def changes(entry: Entry) -> Changed:
    """What filing a line would change; the line has a project."""
    form = to_file(present_form(entry), entry.batch.round)
    found = _of_targets(entry, form) if entry.batch.what == TARGETS else changes_of(entry, form)
    if found is None:
        return Changed(new=True)
    record, differences = found
    rows = next(((was.split(), now.split()) for cell, was, now in differences if cell == ROWS), ([], []))
    cells = tuple(
        Change(_name(record, cell), was, now)
        for cell, was, now in differences
        if cell != ROWS and was != now and _stands(record, cell)
    )
    added, removed = len(set(rows[1]) - set(rows[0])), len(set(rows[0]) - set(rows[1]))
    return Changed(new=False, cells=cells, added=added, removed=removed)


def _of_targets(entry: Entry, form: Form) -> tuple[Record, tuple[tuple[str, str, str], ...]] | None:
    held = (
        ApprovedTarget.objects.filter(
            project=entry.project_id, fiscal_year=entry.batch.round.fiscal_year, replaced__isnull=True
        )
        .order_by("-pk")
        .values_list("form", flat=True)
        .first()
    )
    if held is None:
        return None
    before = form_of(held)
    old = Record(before, tuple(f"k{number}" for number in range(1, len(before.indicators) + 1)))
    record, _, _ = keyed(form, old, len(old.keys))
    return record, tuple(difference(old, record))


def _stands(record: Record, cell: str) -> bool:
    """Whether the cell is of a row that stays or comes."""
    head = cell.partition("/")[0]
    return head in record.keys or not (head[:1] == "k" and head[1:].isdecimal())


def _name(record: Record, cell: str) -> Text:
    pointer = pointer_of(record, cell)
    label = cell.rpartition("/")[2].removeprefix("+")
    return field_name(record.form, pointer) if pointer and "extras" not in pointer else Text(label, label)
