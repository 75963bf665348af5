"""What the form page shows of a filing: its table with marks, figures, findings, who may do what."""

from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from jixiao.form import Form
from jixiao.layout.families import Family
from jixiao.office.doors.ask import may
from jixiao.office.filing import answers
from jixiao.office.filing.cells import Record, texts
from jixiao.office.filing.judging import approved, attached, form_of, last_year, record_of, report
from jixiao.office.filing.models import DRAFT, Evidence, Filing, Version
from jixiao.office.filing.saving import closed
from jixiao.office.filing.table import PageTable, page_table
from jixiao.office.filing.typed import shown
from jixiao.review import Context
from jixiao.review.wording import bare
from jixiao.writing.report import FormReport

_COMPARED: Final = ("target", "actual", "weight", "score")


class Beside(Struct, frozen=True):
    """What stands for the same cell in the approved targets and in last year's form."""

    approved: str = ""
    last: str = ""


class Seen(Struct, frozen=True):
    """A filing as the form page shows it.

    Attributes:
        filing: the filing, with round, project and unit.
        record: its form and keys.
        made: its scores and findings.
        context: what it was reviewed beside.
        table: the official table.
        editable: whether the person may fill it in now; if not, `why` says so, where there is something to say.
        findings: as `answers.findings` gives them.
        changed: cells that differ from what reviewers last saw, with what stood there.
        pieces: the evidence that stands.
    """

    filing: Filing
    record: Record
    made: FormReport
    context: Context
    table: PageTable
    editable: bool
    why: str
    findings: list[dict[str, Any]]
    changed: dict[str, str]
    pieces: list[Evidence]


def seen(user: Any, filing: Filing, family: Family) -> Seen:
    """Read, score and lay out a filing for a person."""
    held = record_of(filing)
    pieces = list(Evidence.objects.filter(filing=filing, removed__isnull=True).select_related("by"))
    evidence = attached(held, pieces)
    made = report(filing, evidence=evidence)
    why = closed(filing.round) if may(user, "edit", filing) else ""
    return Seen(
        filing=filing,
        record=held,
        made=made,
        context=Context(last_year(filing), approved(filing), None, evidence),
        table=page_table(held, family),
        editable=may(user, "edit", filing) and not why,
        why=why,
        findings=answers.findings(held, made),
        changed=changed_cells(filing, held),
        pieces=pieces,
    )


def changed_cells(filing: Filing, held: Record) -> dict[str, str]:
    """The cells that differ from what the reviewers last saw, with what stood there; none where they saw nothing yet.

    A draft is held against the version last handed in; a form under review against the one handed in before it.
    """
    handed = Version.objects.filter(filing=filing, act="submit").order_by("-pk").values_list("form", "keys")
    last = list(handed[:2])
    before = last[:1] if filing.state == DRAFT else last[1:]
    if not before:
        return {}
    form, keys = before[0]
    was, now = texts(Record(form_of(form), tuple(keys.split()))), texts(held)
    return {cell: was.get(cell, "") for cell, text in now.items() if was.get(cell, "") != text}


def beside(held: Record, context: Context) -> dict[str, Beside]:
    """What the approved targets and last year's form have for the same cells, by cell."""
    found: dict[str, Beside] = {}
    for name, other in (("approved", context.approved), ("last", context.last_year)):
        for cell, text in _same_cells(held, other):
            found[cell] = replace(found.get(cell, Beside()), **{name: text})
    return found


def _same_cells(held: Record, other: Form | None) -> Iterator[tuple[str, str]]:
    """The cells of another form of the project, under the names they have here; rows by the name of the indicator."""
    if other is None:
        return
    rows = {bare(row.name): row for row in other.indicators if row.name}
    for key, row in zip(held.keys, held.form.indicators, strict=True):
        if same := rows.get(bare(row.name)):
            yield from ((f"{key}/{name}", shown(getattr(same, name))) for name in _COMPARED)
    for cell, text in texts(Record(other, tuple(f"k{n}" for n in range(1, len(other.indicators) + 1)))).items():
        if cell.startswith(("funds/", "goal/")):
            yield cell, text
