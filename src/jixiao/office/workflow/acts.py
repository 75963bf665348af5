"""Moving a filing 流转: one act, guarded by the state and version that the person saw, in one transaction."""

import hashlib
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from jixiao.office.doors.ask import may
from jixiao.office.doors.table import DRAFT
from jixiao.office.filing.cells import Record
from jixiao.office.filing.door import NotNow
from jixiao.office.filing.judging import record_of
from jixiao.office.filing.models import Decision, Filing, Version
from jixiao.office.filing.saving import judged as score_and_ask
from jixiao.office.journal.record import record
from jixiao.office.people.models import User
from jixiao.office.publication.acts import publish, withdraw
from jixiao.office.workflow.refusals import Moved
from jixiao.office.workflow.rules import (
    check_cells,
    check_complete,
    check_days,
    check_hands,
    check_score,
    check_words,
    is_late,
)
from jixiao.office.workflow.said import NOTHING, Said, cells_text
from jixiao.office.workflow.standing import Standing, after, standings
from jixiao.writing.json_report import encode_form
from jixiao.writing.report import FormReport

DONE: Final = {
    "submit": "filing.submitted",
    "recall": "filing.recalled",
    "approve_unit": "filing.unit_approved",
    "return_unit": "filing.unit_returned",
    "approve_department": "filing.department_approved",
    "return_department": "filing.department_returned",
    "approve_finance": "filing.finance_approved",
    "return_finance": "filing.finance_returned",
    "reopen": "filing.reopened",
    "publish": "filing.published",
    "unpublish": "filing.unpublished",
    "score": "filing.scored",
}
"""Acts and what the journal calls them."""


@transaction.atomic
def act(
    filing: Filing, name: str, by: User, said: Said = NOTHING, version: int | None = None, *,
    standing: Standing | None = None,
) -> Decision:  # fmt: skip
    """Do one act to a filing: freeze the form with its review, write the decision and the event, move it.

    Args:
        filing: as it was read, with its round; moved in place.
        name: an act of `doors.table.FILING`, such as "approve_unit".
        by: who does it.
        said: reason, cells, score.
        version: the version that the person looked at; none for the one of `filing`.
        standing: as `standings` gives it, where it is known already.

    Raises:
        NotNow: the person may not do this in that state.
        Refused: a rule forbids it, or (`Moved`) somebody else was quicker; nothing was changed.
    """
    if name not in DONE or not may(by, name, filing):
        raise NotNow(name, filing)
    if version is not None and version != filing.version:
        raise Moved
    known = standing or standings([filing])[filing.pk]
    now, judged = timezone.now(), score_and_ask(filing, record_of(filing))
    _check(filing, name, by, said, known, judged)
    before, columns = filing.state, _columns(filing, name, said, after(filing, name, known), now)
    moved = Filing.objects.filter(pk=filing.pk, state=before, version=filing.version).update(**columns)
    if not moved:
        raise Moved
    decision = _decide(filing, name, by, said, columns["state"], judged)
    for column, value in columns.items():
        setattr(filing, column, value)
    _publish(filing, name, by, said)
    return decision


def _publish(filing: Filing, name: str, by: User, said: Said) -> None:
    """What the public sees goes with the state, in the same transaction."""
    if name == "publish":
        publish(filing, by=by, reason=said.reason.strip())
    elif name == "unpublish":
        withdraw(filing, by=by, reason=said.reason.strip())


def _check(filing: Filing, name: str, by: User, said: Said, standing: Standing, judged: FormReport) -> None:
    check_hands(name, by.pk, standing)
    check_days(filing, name, timezone.localdate())
    check_words(name, said)
    check_score(name, said, judged.form)
    check_cells(said.cells, Record(judged.form, filing.row_keys()))
    if name == "submit":
        check_complete(filing, judged, said)


def _columns(filing: Filing, name: str, said: Said, state: str, now: datetime) -> dict[str, Any]:
    """The columns of the filing that an act changes."""
    columns: dict[str, Any] = {"state": state}
    if state != filing.state:
        columns |= {"moved": now, "returned": state == DRAFT and name != "recall"}
    if name == "submit":
        late = filing.late if filing.submitted else is_late(filing.round, timezone.localdate(now))
        columns |= {"submitted": now, "late": late, "department_score": None, "finance_score": None}
    return columns | _scores(filing, name, said.score)


def _scores(filing: Filing, name: str, score: Decimal | None) -> dict[str, Decimal]:
    if score is None:
        return {}
    level = "finance" if name.endswith("_finance") or filing.state == "with_finance" else "department"
    return {f"{level}_score": score}


def _decide(filing: Filing, name: str, by: User, said: Said, state: str, judged: FormReport) -> Decision:
    frozen = _freeze(filing, name, by, judged) if state != filing.state else None
    decision = Decision.objects.create(
        filing=filing, act=name, before=filing.state, after=state, by=by, at=timezone.now(),
        reason=said.reason.strip(), cells=cells_text(said.cells), score=said.score, version=frozen,
    )  # fmt: skip
    record(
        DONE[name], f"filing/{filing.pk}", actor=by, organisation=filing.path, before=filing.state, after=state,
        version=str(filing.version), sha256=frozen.sha256 if frozen else "", decision=str(decision.pk),
    )  # fmt: skip
    return decision


def _freeze(filing: Filing, name: str, by: User, judged: FormReport) -> Version:
    return Version.objects.create(
        filing=filing, number=filing.version, act=name, form=filing.form, keys=filing.keys,
        review=encode_form(judged).data.decode(), sha256=hashlib.sha256(filing.form.encode()).hexdigest(),
        by=by, at=timezone.now(),
    )  # fmt: skip
