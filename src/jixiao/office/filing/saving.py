"""Saving a form: read, merge and score first; then one short write that holds only against the version read."""

from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any, Final, TypeVar

import msgspec
from django.db import transaction
from django.utils import timezone
from msgspec import Struct
from msgspec.structs import replace

from jixiao.office.doors.ask import hold, may
from jixiao.office.filing.cells import Record, texts
from jixiao.office.filing.door import visible_filing
from jixiao.office.filing.judging import attached, filings_to_save, form_text, note, record_of, report
from jixiao.office.filing.merging import Asked, Clash, Earlier, Merged, merge
from jixiao.office.filing.models import DRAFT, Evidence, Filing, Save
from jixiao.office.journal.record import record
from jixiao.office.look.words import say
from jixiao.office.rounds.models import Round
from jixiao.writing.report import FormReport

Made = TypeVar("Made")
_TURNS: Final = tuple(Lock() for _ in range(64))
"""Who waits for a turn waits here first: SQLite lets its waiters ask again and again, and forgets who came first."""
FIGURES: Final = (
    "form", "keys", "last_key", "version", "claimed", "computed", "low", "supported", "grade", "grade_computed",
    "initial", "adjusted", "executed", "arithmetic", "clause", "doubt", "codes", "at_stake", "fingerprint", "saved",
    "saved_by",
)  # fmt: skip
"""The columns that a save writes."""


class Refused(Exception):
    """The save is not taken: a status of HTTP, a code and the sentence."""

    def __init__(self, status: int, code: str, words: str) -> None:
        """Take what is answered."""
        super().__init__(code)
        self.status, self.code, self.words = status, code, words


class Met(Refused):
    """The save met another's changes; they are kept as a refused save, and both are shown."""

    def __init__(self, filing: Filing, clash: Clash, kept: int) -> None:
        """Take the filing as it is, the cells, and the number of the save that keeps what was refused."""
        words = say(
            f"有 {len(clash.conflicts)} 格在您打开之后被别人改过，本次保存未生效；双方的内容都留着，请逐格选定。",
            f"{len(clash.conflicts)} cells were changed by others after you opened the form. Nothing of this save was"
            " taken, both texts are kept: please choose for each cell.",
        )
        super().__init__(409, "conflict", words)
        self.filing, self.conflicts, self.kept = filing, clash.conflicts, kept


class Saved(Struct, frozen=True):
    """A save that holds.

    Attributes:
        filing: as it is now.
        record: its form and keys.
        made: its scores and findings.
        keys: the keys given to new rows, by the name the page had for them.
        changes: what it changed, as (cell, was, now); none where there was nothing to do.
        cells: the cells whose text is not what the page shows: others' changes, and texts as the form writes them.
    """

    filing: Filing
    record: Record
    made: FormReport
    keys: dict[str, str]
    changes: tuple[tuple[str, str, str], ...] = ()
    cells: dict[str, str] = {}


def save(user: Any, number: int, asked: Asked, kind: str = "typed") -> Saved:
    """Save changes of cells.

    Raises:
        Http404: there is no such filing for this person.
        Refused: the person may not, the round or the state is past it, or the base is none.
        Met: others changed the same cells since the base.
        UnknownCell: it names a cell that no form has.
    """
    filing = editable(user, number)
    alone = asked.base == filing.version  # an older base says that others are at work on the form
    done = _saved(user, filing, asked, kind) if alone else None
    return done or in_turn(user, number, lambda: _saved(user, editable(user, number), asked, kind))


def in_turn(user: Any, number: int, attempt: Callable[[], Made | None]) -> Made:
    """What an attempt makes while nobody else writes the filing: of many who save at once each gets its turn.

    Args:
        user: whose attempt it is.
        number: of the filing.
        attempt: reads, works and writes; `None` where another was quicker.

    Raises:
        Refused: as the attempt does; what it kept beside its refusal stays kept.
    """
    refused = Refused(503, "busy", say("同时保存的人太多，请再试一次。", "Too many saves at once; please try again."))
    with _TURNS[number % len(_TURNS)], transaction.atomic():
        hold(user)
        Filing.objects.select_for_update(no_key=True).filter(pk=number).values_list("pk").first()
        try:
            if (done := attempt()) is not None:
                return done
        except Refused as fault:
            refused = fault
    raise refused


def editable(user: Any, number: int) -> Filing:
    """A filing that this person may fill in now, with what stands beside it.

    Raises:
        Http404: there is no such filing for this person.
        Refused: 403 where the person never fills it in, 410 where it is too early or too late.
    """
    filing = visible_filing(user, number, filings_to_save())
    if may(user, "edit", filing):
        if why := closed(filing.round):
            raise Refused(410, "round", why)
        return filing
    if may(user, "edit", Filing(path=filing.path, state=DRAFT)):
        words = say(
            f"这张表已是“{filing.get_state_display()}”，不能再改；您未保存的内容仍在页面上，可复制。",
            "This form is with a reviewer by now and cannot be changed; what you typed is still on your page.",
        )
        raise Refused(410, "state", words)
    raise _reads_only()


def _reads_only() -> Refused:
    return Refused(403, "role", say("您的角色只能查看这张表。", "Your role may only read this form."))


def is_closed() -> str:
    """The sentence on a round that is closed."""
    return say("本批次已关闭，不能再填报。", "This round is closed; nothing can be filed any more.")


def closed(round_: Round) -> str:
    """Why nothing can be filed in a round now; empty where it can."""
    if round_.closed:
        return is_closed()
    if timezone.localdate() < round_.opens:
        return say(f"本批次 {round_.opens} 开始填报。", f"This round opens on {round_.opens}.")
    return ""


def _saved(user: Any, filing: Filing, asked: Asked, kind: str) -> Saved | None:
    """One attempt; `None` where another save was quicker."""
    if asked.base > filing.version:
        raise Refused(422, "base", say("版本号有误，请刷新页面。", "No such version; please reload the page."))
    held, saves = record_of(filing), _since(filing, asked.base)
    earlier = [_earlier(save) for save in saves]
    if any(asked.token and save.token == asked.token and save.by_id == user.pk for save in saves):
        return _with_cells(Saved(filing, held, judged(filing, held), {}), asked, earlier)
    try:
        merged = merge(held, asked, earlier, filing.last_key)
    except Clash as clash:
        raise Met(filing, clash, keep_refused(user, filing, asked)) from clash
    if merged.changes:
        done = write(user, filing, merged, asked, kind)
    else:
        done = Saved(filing, merged.record, judged(filing, merged.record), dict(merged.keys))
    return done and _with_cells(done, asked, earlier)


def _with_cells(done: Saved, asked: Asked, earlier: Iterable[Earlier]) -> Saved:
    shown = {cell: None for save in earlier for cell, _, _ in save.changes}
    typed = {_named(done.keys, change.cell): change.now for change in asked.changes}
    now = texts(done.record)
    apart = {cell: now[cell] for cell, text in {**shown, **typed}.items() if cell in now and now[cell] != text}
    return replace(done, cells=apart)


def _named(keys: Mapping[str, str], cell: str) -> str:
    head, slash, rest = cell.partition("/")
    return f"{keys.get(head, head)}{slash}{rest}"


def judged(filing: Filing, held: Record) -> FormReport:
    """The form of a filing scored and asked about with the evidence that stands."""
    pieces = Evidence.objects.filter(filing=filing, removed__isnull=True)
    return report(filing, evidence=attached(held, pieces))


def write(user: Any, filing: Filing, merged: Merged, asked: Asked, kind: str) -> Saved | None:
    """Score the merged form and write it, if the filing is still as it was read; otherwise `None`."""
    read, now = filing.version, timezone.now()
    filing.form, filing.keys = form_text(merged.record.form), " ".join(merged.record.keys)
    filing.last_key, filing.version, filing.saved, filing.saved_by = merged.last_key, read + 1, now, user
    made = judged(filing, merged.record)
    note(filing, made)
    with transaction.atomic():
        hold(user)
        columns = {name: getattr(filing, name) for name in FIGURES}
        as_read = Filing.objects.filter(pk=filing.pk, version=read, state=DRAFT, path=filing.path)
        if not as_read.update(**columns):
            return None
        still(user, filing, kind)
        rows = filing.keys if merged.changes[0][0] == "rows" else ""
        Save.objects.create(
            filing=filing, number=filing.version, base=asked.base, by=user, at=now, rows=rows, kind=kind,
            changes=changes_text(merged.changes), token=asked.token,
        )  # fmt: skip
        _record(user, filing, "filing.saved", version=filing.version, cells=len(merged.changes), kind=kind)
    return Saved(filing, merged.record, made, dict(merged.keys), merged.changes)


def still(user: Any, filing: Filing, kind: str = "typed") -> None:
    """Look once more, while the filing is held, at what may have changed since it was read: the round, the role.

    Raises:
        Refused: the round was closed, or the person's role taken back.
    """
    if Round.objects.filter(pk=filing.round_id, closed=True).exists():
        raise Refused(410, "round", is_closed())
    if kind != "import" and not may(user, "edit", filing):
        raise _reads_only()


def keep_refused(user: Any, filing: Filing, asked: Asked) -> int:
    """Keep the changes of a save that was not taken; gives the number under which they can be read."""
    changes = [(change.cell, change.was, change.now) for change in asked.changes]
    if asked.rows is not None:
        changes.insert(0, ("rows", "", " ".join(asked.rows)))
    with transaction.atomic():
        kept = Save.objects.create(
            filing=filing, number=filing.version, base=asked.base, by=user, at=timezone.now(), refused=True,
            changes=changes_text(changes), token=asked.token,
        )  # fmt: skip
        _record(user, filing, "filing.save_refused", version=filing.version, cells=len(changes), kept=kept.pk)
    return int(kept.pk)


def changes_text(changes: Any) -> str:
    """Changes as the history keeps them: JSON list of {"cell", "was", "now"}."""
    return msgspec.json.encode([{"cell": cell, "was": was, "now": now} for cell, was, now in changes]).decode()


def changes_of(text: str) -> tuple[tuple[str, str, str], ...]:
    """Changes of the history, as (cell, was, now)."""
    return tuple((change.cell, change.was, change.now) for change in _CHANGES.decode(text))


class _Kept(Struct, frozen=True):
    cell: str
    was: str
    now: str


_CHANGES: Final = msgspec.json.Decoder(tuple[_Kept, ...])


def _since(filing: Filing, base: int) -> list[Save]:
    if base == filing.version:
        return []
    later = Save.objects.filter(filing=filing, number__gt=base, refused=False)
    return list(later.select_related("by").order_by("number"))


def _earlier(save: Save) -> Earlier:
    at = timezone.localtime(save.at).strftime("%Y-%m-%d %H:%M")
    return Earlier(save.number, str(save.by or say("系统", "the system")), at, changes_of(save.changes))


def _record(user: Any, filing: Filing, act: str, **details: Any) -> None:
    record(act, f"filing/{filing.pk}", actor=user, organisation=filing.path, **details)
