"""Evidence attached to actual values and to the spending: taken, given back, removed with a trace."""

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from jixiao.office.doors.ask import hold
from jixiao.office.filing import files
from jixiao.office.filing.cells import KEY
from jixiao.office.filing.judging import cell_row, note, record_of
from jixiao.office.filing.models import DRAFT, Evidence, Filing
from jixiao.office.filing.saving import FIGURES, Refused, editable, judged, still
from jixiao.office.journal.record import record
from jixiao.office.look.words import say

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES: Final = 20 * 2**20
MOST_FILES: Final = 100
MOST_TOGETHER: Final = 300 * 2**20
ENDINGS: Final = (
    "pdf", "ofd", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "jpg", "jpeg", "png", "bmp", "tif", "tiff",
    "txt", "csv", "eml", "zip",
)  # fmt: skip
"""The endings of files that are taken; what is in them is never opened here."""
_KEPT: Final = frozenset({"form", "keys", "last_key", "version", "saved", "saved_by"})


def is_evidence_cell(cell: str) -> bool:
    """Whether evidence can be attached to a cell: an actual value, or the spending."""
    row, _, rest = cell.partition("/")
    return cell == "execution" or (rest == "actual" and bool(KEY.fullmatch(row)))


def attach(user: Any, number: int, cell: str, upload: "UploadedFile[Any] | None", shows: str) -> Evidence:
    """Attach a file to an actual value or to the spending.

    Raises:
        Http404: there is no such filing for this person.
        Refused: the person may not now, the cell takes none, or the file is too large or of another kind.
    """
    filing = editable(user, number)
    if not is_evidence_cell(cell) or not cell_row(record_of(filing), cell):
        zh, en = "佐证只能附在实际完成值或预算执行上。", "Evidence goes to an actual value or to the spending."
        raise Refused(422, "cell", say(zh, en))
    held = _checked(filing, upload)
    stored = files.put(held.chunks())
    name = PurePath(str(held.name).replace("\\", "/")).name[-200:]
    with transaction.atomic():
        _still_draft(user, filing)
        made = Evidence.objects.create(
            filing=filing, cell=cell, name=name, sha256=stored.sha256, size=stored.size, note=shows.strip()[:300],
            by=user, at=timezone.now(),
        )  # fmt: skip
        _record(user, filing, "filing.evidence_attached", made)
        figure_again(filing)
    return made


def _checked(filing: Filing, upload: "UploadedFile[Any] | None") -> "UploadedFile[Any]":
    if upload is None or not upload.size:
        raise Refused(422, "file", say("请选择一个不空的文件。", "Choose a file that is not empty."))
    if upload.size > MOST_BYTES:
        words = "一个文件最大 20 MB；请压缩或分开。", "A file may have 20 MB at most; pack or split it."
        raise Refused(413, "large", say(*words))
    ending = PurePath(str(upload.name)).suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        listed = "、".join(ENDINGS)
        zh, en = f"不收 .{ending} 文件。可以是：{listed}。", f".{ending} files are not taken. Take one of: {listed}."
        raise Refused(422, "kind", say(zh, en))
    standing = Evidence.objects.filter(filing=filing, removed__isnull=True)
    together = (standing.aggregate(size=Sum("size"))["size"] or 0) + upload.size
    if standing.count() >= MOST_FILES or together > MOST_TOGETHER:
        words = (
            "这张表的佐证已满（100 个文件或 300 MB）。",
            "This form has all the evidence it can: 100 files or 300 MB.",
        )
        raise Refused(422, "many", say(*words))
    return upload


def remove(user: Any, number: int, piece: int) -> Evidence:
    """Take evidence away; that it was there, and the file, stay.

    Raises:
        Http404: there is no such filing for this person.
        Refused: the person may not now, or it is not there (any more).
    """
    filing = editable(user, number)
    with transaction.atomic():
        _still_draft(user, filing)
        standing = Evidence.objects.filter(pk=piece, filing=filing, removed__isnull=True)
        found = standing.first()
        if found is None or not standing.update(removed=timezone.now(), removed_by=user):
            raise Refused(
                404, "gone", say("没有这份佐证，或已被移除。", "There is no such evidence, or it was removed.")
            )
        _record(user, filing, "filing.evidence_removed", found)
        figure_again(filing)
    return found


def _still_draft(user: Any, filing: Filing) -> None:
    """Hold the filing until the end of the transaction, so that nobody hands it in meanwhile.

    Raises:
        Refused: somebody has done so since it was read, or it can no longer be filled in by this person.
    """
    hold(user)
    if Filing.objects.select_for_update(no_key=True).filter(pk=filing.pk, state=DRAFT).first() is None:
        words = "这张表刚被提交，佐证不能再改。", "This form has just been handed in; its evidence stays as it is."
        raise Refused(410, "state", say(*words))
    still(user, filing)


def figure_again(filing: Filing) -> None:
    """Compute a filing's figures anew: its evidence has changed. Not where a save was quicker and did so itself."""
    note(filing, judged(filing, record_of(filing)))
    columns = {name: getattr(filing, name) for name in FIGURES if name not in _KEPT}
    Filing.objects.filter(pk=filing.pk, version=filing.version).update(**columns)


def _record(user: Any, filing: Filing, act: str, piece: Evidence) -> None:
    record(
        act, f"filing/{filing.pk}", actor=user, organisation=filing.path, cell=piece.cell, name=piece.name,
        sha256=piece.sha256,
    )  # fmt: skip
