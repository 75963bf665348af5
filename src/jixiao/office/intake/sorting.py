"""Sorting what was found: each line of a batch gets its verdict anew from what the office holds now."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from jixiao.form import Form, decode_form
from jixiao.office.filing.judging import form_text
from jixiao.office.filing.models import Filing
from jixiao.office.intake.door import projects_within
from jixiao.office.intake.doubts import unchecked
from jixiao.office.intake.matching import Candidate, Projects
from jixiao.office.intake.models import TARGETS, Batch, Entry
from jixiao.office.intake.verdicts import FINAL, Held, Standing, judge
from jixiao.office.rounds.models import ApprovedTarget, Round

_PART: Final = 200


def projects_of(batch: Batch, user: Any) -> Projects:
    """The projects that a batch may be about for a person: below its place, not ended before its year, theirs.

    Args:
        batch: the batch.
        user: who chooses, or who handed the files in: only projects for which this person may import.
    """
    found = (
        projects_within(user, batch.what)
        .filter(unit__path__startswith=batch.path)
        .exclude(ended__lt=batch.round.fiscal_year)
        .order_by("pk")
        .values_list("pk", "code", "name", "unit__name")
    )
    return Projects(tuple(Candidate(*row) for row in found))


def read_form(entry: Entry) -> Form:
    """The form as it was read."""
    return decode_form(entry.form.encode())


def present_form(entry: Entry) -> Form:
    """The form as it would be filed: as corrected, else as read."""
    return decode_form((entry.mended or entry.form).encode())


def to_file(form: Form, round_: Round) -> Form:
    """A form as a round keeps it: of the round's year, without places and problems."""
    return replace(form, fiscal_year=form.fiscal_year or round_.fiscal_year, places={}, problems=())


def checked_of(entry: Entry) -> frozenset[str]:
    """The pointers that a person has confirmed or corrected."""
    return frozenset(msgspec.json.decode(entry.checked, type=list[str]))


def sort(batch: Batch, projects: Iterable[int | None] | None = None) -> None:
    """Give verdicts to the lines of a batch that are still open.

    Args:
        batch: the batch.
        projects: only lines of these projects (`None` among them for lines of no project); all lines if `None`.
    """
    entries = batch.entries.exclude(verdict__in=FINAL)
    standing = standing_of(batch, Counter(entries.exclude(project=None).values_list("project", flat=True)))
    if projects is not None:
        wanted = set(projects)
        entries = entries.filter(project__in=wanted - {None}) | (
            entries.filter(project=None) if None in wanted else entries.none()
        )
    changed = [entry for entry in entries.iterator(_PART) if _sorted(entry, batch, standing)]
    Entry.objects.bulk_update(changed, ["verdict", "doubts", "why_zh", "why_en"], batch_size=_PART)


def _sorted(entry: Entry, batch: Batch, standing: Standing) -> bool:
    """Give one line its verdict; whether that changed it."""
    read, present = read_form(entry), present_form(entry)
    before = (entry.verdict, entry.doubts, entry.why_zh)
    entry.doubts = len(unchecked(read, checked_of(entry)))
    text = form_text(to_file(present, batch.round))
    entry.verdict = judge(standing, present.fiscal_year, entry.project_id, text, entry.doubts)
    entry.why_zh, entry.why_en = _year(present, batch) if entry.verdict == "year" else ("", "")
    return (entry.verdict, entry.doubts, entry.why_zh) != before


def _year(form: Form, batch: Batch) -> tuple[str, str]:
    """The sentence on a form of another year."""
    read, wanted = form.fiscal_year, batch.round.fiscal_year
    return (
        f"表中年度是 {read}，本批次是 {wanted}；请到 {read} 年度的批次导入，若是读错请打开改正。",
        f"The form is of {read}, the round of {wanted}; import it into the round of {read}, or correct a misread year.",
    )


def standing_of(batch: Batch, shared: "Counter[int | None]") -> Standing:
    """What the lines of a batch are judged by."""
    counts: Counter[int] = Counter({project: count for project, count in shared.items() if project is not None})
    return Standing(batch.round.fiscal_year, _held(batch, list(counts)), counts)


def _held(batch: Batch, projects: list[int]) -> dict[int, Held]:
    """What there is already for these projects: filings of the round, or targets in force for its year."""
    held: dict[int, Held] = {}
    for start in range(0, len(projects), _PART):
        part = projects[start : start + _PART]
        if batch.what == TARGETS:
            targets = ApprovedTarget.objects.filter(
                project__in=part, fiscal_year=batch.round.fiscal_year, replaced__isnull=True
            ).order_by("pk")
            held |= {number: Held(text, typed=True) for number, text in targets.values_list("project", "form")}
        else:
            filings = Filing.objects.filter(round=batch.round_id, project__in=part)
            rows = filings.values_list("project", "form", "state", "version")
            held |= {number: Held(text, state, version > 1) for number, text, state, version in rows}
    return held
