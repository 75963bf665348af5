"""Moving a filing 流转: one act, guarded by the state and version that the person saw, in one transaction."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jixiao.office.doors.ask import hold, may
from jixiao.office.doors.table import DRAFT
from jixiao.office.filing.cells import Record
from jixiao.office.filing.door import NotNow
from jixiao.office.filing.judging import record_of
from jixiao.office.filing.models import Decision, Filing, Version
from jixiao.office.filing.saving import judged as score_and_ask
from jixiao.office.journal.record import record
from jixiao.office.people.models import User
from jixiao.office.publication.acts import Prepared, one_at_a_time, prepare, publish, withdraw
from jixiao.office.rounds.models import Round
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


@dataclass(frozen=True, slots=True)
class Ready:
    """An act that is allowed as things were read: all that takes time is done, what is left is to write it.

    Attributes:
        filing: as it was read.
        name: the act.
        by: who does it.
        said: reason, cells, score.
        after: the state it leads to.
        judged: the form scored and asked about.
        public: what the public will see, where the act publishes.
    """

    filing: Filing
    name: str
    by: User
    said: Said
    after: str
    judged: FormReport
    public: Prepared | None = None


def act(
    filing: Filing, name: str, by: User, said: Said = NOTHING, version: int | None = None, *,
    standing: Standing | None = None,
) -> Decision:  # fmt: skip
    """Do one act to a filing: look first, then write it in one short transaction.

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
    return carry_out(ready(filing, name, by, said, version, standing=standing))


def ready(
    filing: Filing, name: str, by: User, said: Said = NOTHING, version: int | None = None, *,
    standing: Standing | None = None,
) -> Ready:  # fmt: skip
    """Look whether an act may be done, and do all of it that only reads: scoring, asking, the public copy.

    Args and errors are those of `act`.
    """
    if name not in DONE or not may(by, name, filing):
        raise NotNow(name, filing)
    if version is not None and version != filing.version:
        raise Moved
    known = standing or standings([filing])[filing.pk]
    judged = score_and_ask(filing, record_of(filing))
    _check(filing, name, by, said, known, judged)
    return Ready(
        filing, name, by, said, after(filing, name, known), judged, prepare(filing) if name == "publish" else None
    )


@transaction.atomic
def carry_out(it: Ready) -> Decision:
    """Write an act: freeze the form with its review, note decision and event, move the filing.

    Raises:
        NotNow: the person has lost the role meanwhile.
        Refused: the round was closed meanwhile, or (`Moved`) somebody else was quicker; nothing was changed.
    """
    hold(it.by)
    filing = it.filing
    if it.name in ("publish", "unpublish"):
        one_at_a_time(filing)
    if not may(it.by, it.name, filing):
        raise NotNow(it.name, filing)
    columns = _columns(filing, it.name, it.said, it.after, timezone.now())
    if not _as_read(filing).update(**columns):
        raise Moved
    _check_round(filing, it.name)
    decision = _decide(it)
    for column, value in columns.items():
        setattr(filing, column, value)
    _publish(it)
    return decision


def _as_read(filing: Filing) -> QuerySet[Filing]:
    """The filing, if it stands as it was read; `moved` tells it from one that went away and came back."""
    return Filing.objects.filter(
        pk=filing.pk, state=filing.state, version=filing.version, moved=filing.moved, path=filing.path
    )


def _check_round(filing: Filing, name: str) -> None:
    """Once more, while the filing is held: nobody closes its round now before this act is written."""
    filing.round.closed = Round.objects.values_list("closed", flat=True).get(pk=filing.round_id)
    check_days(filing, name, timezone.localdate())


def _publish(it: Ready) -> None:
    """What the public sees goes with the state, in the same transaction."""
    if it.name == "publish":
        publish(it.filing, by=it.by, reason=it.said.reason.strip(), prepared=it.public)
    elif it.name == "unpublish":
        withdraw(it.filing, by=it.by, reason=it.said.reason.strip())


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


def _decide(it: Ready) -> Decision:
    filing, said = it.filing, it.said
    frozen = _freeze(filing, it.name, it.by, it.judged) if it.after != filing.state else None
    decision = Decision.objects.create(
        filing=filing, act=it.name, before=filing.state, after=it.after, by=it.by, at=timezone.now(),
        reason=said.reason.strip(), cells=cells_text(said.cells), score=said.score, version=frozen,
    )  # fmt: skip
    record(
        DONE[it.name], f"filing/{filing.pk}", actor=it.by, organisation=filing.path, before=filing.state,
        after=it.after, version=str(filing.version), sha256=frozen.sha256 if frozen else "", decision=str(decision.pk),
    )  # fmt: skip
    return decision


def _freeze(filing: Filing, name: str, by: User, judged: FormReport) -> Version:
    return Version.objects.create(
        filing=filing, number=filing.version, act=name, form=filing.form, keys=filing.keys,
        review=encode_form(judged).data.decode(), sha256=hashlib.sha256(filing.form.encode()).hexdigest(),
        by=by, at=timezone.now(),
    )  # fmt: skip
