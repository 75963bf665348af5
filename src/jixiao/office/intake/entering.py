"""Filing what was found: a new version of the project's filing, or its approved targets.

Nothing typed is lost: the history keeps every value, and a filing that was handed in is never touched.
"""

from contextlib import suppress
from typing import Any, Final

from django.db import IntegrityError, transaction

from jixiao.form import Form
from jixiao.office.doors.ask import hold
from jixiao.office.doors.table import DRAFT
from jixiao.office.filing.cells import Record
from jixiao.office.filing.changing import difference
from jixiao.office.filing.judging import record_of, with_beside
from jixiao.office.filing.merging import Asked, Merged
from jixiao.office.filing.models import Filing
from jixiao.office.filing.rows import keyed
from jixiao.office.filing.saving import Refused, closed, write
from jixiao.office.filing.starting import start_filing
from jixiao.office.intake.acts import filed
from jixiao.office.intake.door import may_import
from jixiao.office.intake.models import TARGETS, Entry
from jixiao.office.intake.received import NotTaken
from jixiao.office.intake.sorting import present_form, to_file

_TRIES: Final = 6
"""How often filing a line begins again because a save was quicker, before it gives up."""
Change = tuple[str, str, str]
_NOT_YOURS: Final = NotTaken("您不能在这个单位导入。", "You may not import for this unit.")


def enter(entry: Entry, *, by: Any) -> None:
    """File one line.

    Args:
        entry: the line, with batch, round, project and its unit.
        by: the person.

    Raises:
        NotTaken: it is not known whose it is; the person may not; the filing was handed in; the round is closed;
            or somebody else was quicker.
    """
    if entry.project is None:
        raise NotTaken("还没有选定项目。请先选定。", "No project is chosen. Choose one first.")
    if not may_import(by, entry.batch.what, entry.project.unit):
        raise _NOT_YOURS
    if why := closed(entry.batch.round):
        raise NotTaken(why, why)
    form = to_file(present_form(entry), entry.batch.round)
    year = entry.batch.round.fiscal_year
    if form.fiscal_year != year:
        raise NotTaken(
            f"表中年度是 {form.fiscal_year}，本批次是 {year}。请核对年度，或到那一年的批次导入。",
            f"The form is of {form.fiscal_year}, the round of {year}. Check the year, or import it into that year's"
            " round.",
        )
    if entry.batch.what == TARGETS:
        _enter_targets(entry, form, by)
    else:
        _enter_form(entry, form, by)


def _enter_form(entry: Entry, form: Form, by: Any) -> None:
    assert entry.project is not None  # noqa: S101 -- asked before
    for _ in range(_TRIES):
        with suppress(IntegrityError), transaction.atomic():  # somebody has just begun the same project's form
            hold(by)
            if not may_import(by, entry.batch.what, entry.project.unit):
                raise _NOT_YOURS
            version = _written(entry, form, by)
            if version is not None:
                filed(entry, by=by, filing=version[0], version=version[1])
                return
    raise NotTaken("同时保存的人太多，请再试一次。", "Too many saves at once; please try again.")


def _written(entry: Entry, form: Form, by: Any) -> tuple[int, int] | None:
    """The filing and its new version; `None` where another save was quicker."""
    assert entry.project is not None  # noqa: S101 -- asked before
    filing = with_beside(Filing.objects.all()).filter(round=entry.batch.round_id, project=entry.project).first()
    if filing is None:
        return _begun(entry, form, by)
    if filing.state != DRAFT:
        raise NotTaken(
            "该项目已提交或审定，不能覆盖。如需修改，请先退回。",
            "This project was submitted or approved and is not overwritten. Have it returned first.",
        )
    held = record_of(filing)
    record, new, last_key = keyed(form, held, filing.last_key)
    changes = tuple(difference(held, record))
    if not changes:
        return filing.pk, filing.version
    merged = Merged(record, changes, new, last_key)
    try:
        saved = write(by, filing, merged, Asked(base=filing.version), "import")
    except Refused as refused:
        raise NotTaken(refused.words, refused.words) from refused
    return None if saved is None else (saved.filing.pk, saved.filing.version)


def _begun(entry: Entry, form: Form, by: Any) -> tuple[int, int]:
    assert entry.project is not None  # noqa: S101 -- asked before
    try:
        made = start_filing(entry.batch.round, entry.project, form, by=by, kind="import")
    except Refused as refused:
        raise NotTaken(refused.words, refused.words) from refused
    return made.pk, made.version


def changes_of(entry: Entry, form: Form) -> tuple[Record, tuple[Change, ...]] | None:
    """What filing a line would change of the present filing, and how the form would be; `None` where there is none."""
    filing = Filing.objects.filter(round=entry.batch.round_id, project=entry.project_id).first()
    if filing is None:
        return None
    held = record_of(filing)
    record, _, _ = keyed(form, held, filing.last_key)
    return record, tuple(difference(held, record))


def _enter_targets(entry: Entry, form: Form, by: Any) -> None:
    from jixiao.office.rounds.targets import approve_targets

    assert entry.project is not None  # noqa: S101 -- asked before
    with transaction.atomic():
        filed(entry, by=by, filing=None, version=None)
        approve_targets(entry.project, entry.batch.round.fiscal_year, form, by=by, source="import")
