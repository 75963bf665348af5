"""What a person does with a line of a batch: correct, confirm, choose its project, leave it out, file it.

Each act is one transaction with its event, and each changes only a line that is still open.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

import msgspec
from django.db import transaction
from django.utils import timezone
from msgspec.structs import replace

from jixiao.form import Form
from jixiao.office.filing.cells import Record, UnknownCell, cell_of
from jixiao.office.filing.changing import changed
from jixiao.office.filing.judging import form_text
from jixiao.office.intake.doubts import doubtful
from jixiao.office.intake.models import Entry
from jixiao.office.intake.received import NotTaken
from jixiao.office.intake.sorting import checked_of, present_form, projects_of, read_form, sort
from jixiao.office.intake.verdicts import FINAL
from jixiao.office.journal.record import record

_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@transaction.atomic
def correct(entry: Entry, pointer: str, text: str, *, by: Any) -> None:
    """Put a text at a field; the field counts as checked, whether or not it changed.

    Raises:
        NotTaken: the line is no longer open, or there is no such field.
    """
    _lock(entry)
    before = present_form(entry)
    after = with_text(before, pointer, text)
    if after != before:
        entry.mended = form_text(after)
        entry.name, entry.code = after.project.name[:200], (after.project.code or "")[:40]
        entry.unit = (after.unit or after.department)[:120]
        _tell("intake.corrected", entry, by, pointer=pointer, text=text[:500])
    _check(entry, [pointer])


def with_text(form: Form, pointer: str, text: str) -> Form:
    """The form with a text put at a field.

    Raises:
        NotTaken: there is no such field, or a year was expected.
    """
    if pointer == "/fiscal_year":
        year = text.strip().removesuffix("年度").removesuffix("年")
        if not _YEAR.fullmatch(year):
            raise NotTaken(f"年度读到“{text}”，应为四位年份，如 2024。", f"{text} is no year; write it like 2024.")
        return replace(form, fiscal_year=int(year))
    held = Record(form, tuple(f"k{number}" for number in range(1, len(form.indicators) + 1)))
    try:
        return changed(held, {cell_of(held, pointer): text}).form
    except (UnknownCell, ValueError, IndexError) as error:
        raise NotTaken(
            "没有这一栏。请刷新页面再试。", "There is no such field. Reload the page and try again."
        ) from error


@transaction.atomic
def confirm(entry: Entry, *, by: Any) -> None:
    """Confirm every place that is still doubtful: a person has compared them with the picture.

    Raises:
        NotTaken: the line is no longer open.
    """
    _lock(entry)
    _check(entry, doubtful(read_form(entry)))
    _tell("intake.confirmed", entry, by)


def _check(entry: Entry, pointers: Iterable[str]) -> None:
    """Note fields as checked, and sort the line again."""
    entry.checked = msgspec.json.encode(sorted(checked_of(entry) | set(pointers))).decode()
    entry.save(update_fields=["checked", "mended", "name", "code", "unit"])
    sort(entry.batch, [entry.project_id])
    entry.refresh_from_db(fields=["verdict", "doubts"])


@transaction.atomic
def choose(entry: Entry, project: int | None, *, by: Any) -> None:
    """Say whose the form is.

    Raises:
        NotTaken: the line is no longer open, or the project is none that this batch may be about for this person.
    """
    _lock(entry)
    known = {each.number for each in projects_of(entry.batch, by).candidates}
    if project is not None and project not in known:
        raise NotTaken("没有这个项目，或不在本次导入的范围内。", "No such project, or none that this import is about.")
    before = entry.project_id
    entry.project_id, entry.how = project, "person" if project else ""
    entry.save(update_fields=["project", "how"])
    _tell("intake.matched", entry, by, project=str(project or ""))
    sort(entry.batch, [before, project])
    entry.refresh_from_db()


@transaction.atomic
def leave(entry: Entry, *, out: bool, by: Any) -> None:
    """Leave a line out of the import, or take that back.

    Raises:
        NotTaken: it was filed, or there is no form in it.
    """
    locked = Entry.objects.select_for_update().get(pk=entry.pk)
    if locked.verdict in FINAL - {"left"} or not locked.form:
        raise _no_longer()
    entry.verdict = "left" if out else "doubtful"
    entry.save(update_fields=["verdict"])
    _tell("intake.left_out" if out else "intake.taken_up", entry, by)
    sort(entry.batch, [entry.project_id])
    entry.refresh_from_db()


def _lock(entry: Entry) -> None:
    """Hold the line until the end of the transaction, as it is now.

    Raises:
        NotTaken: it is no longer open.
    """
    now = Entry.objects.select_for_update().get(pk=entry.pk)
    if now.verdict in FINAL:
        raise _no_longer()
    for name in ("mended", "checked", "verdict", "project_id", "how", "doubts"):
        setattr(entry, name, getattr(now, name))


def _no_longer() -> NotTaken:
    return NotTaken(
        "这一条已经处理过了。请刷新页面看它现在的情况。",
        "This line was dealt with already. Reload the page to see how.",
    )


def _tell(act: str, entry: Entry, by: Any, **details: str) -> None:
    record(act, f"intake/{entry.batch_id}/{entry.pk}", actor=by, organisation=entry.batch.path, **details)


def filed(entry: Entry, *, by: Any, filing: int | None, version: int | None) -> None:
    """Note that a line went in; inside the transaction of the filing.

    Raises:
        NotTaken: somebody else did so meanwhile.
    """
    done = Entry.objects.filter(pk=entry.pk).exclude(verdict__in=FINAL)
    if not done.update(verdict="filed", filing=filing, version=version, filed=timezone.now(), filed_by=by):
        raise _no_longer()
    _tell("intake.filed", entry, by, filing=str(filing or ""), version=str(version or ""), sha256=entry.source.sha256)
