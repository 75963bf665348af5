"""Receiving files: each is kept in the store of files, and a batch is put into the queue. Nothing is opened here."""

import re
from collections.abc import Iterable
from typing import Any, Final, Protocol

from django.db import transaction
from django.utils import timezone

from jixiao.office.filing import files
from jixiao.office.intake.models import Batch, Entry, Source
from jixiao.office.journal.record import record
from jixiao.office.people.models import Organisation
from jixiao.office.rounds.models import Round
from jixiao.reading import DEFAULT_LIMITS
from jixiao.scoring.sheet import Text

MOST_FILES: Final = 2000
"""Files of one batch at most, members of archives not counted."""
MOST_BYTES: Final = 512 * 2**20
"""Bytes of one batch at most."""
ARCHIVE_BYTES: Final = 100 * 2**20
"""Bytes of one archive at most; other files have the limit of reading."""
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_LONGEST: Final = 200


class Upload(Protocol):
    """A file as Django hands it over."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterable[bytes]:
        """Its bytes, piece by piece."""


class NotTaken(Exception):
    """The files cannot be taken at all; the sentence says why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        """Take the sentence."""
        super().__init__(en)
        self.why = Text(zh, en)


def receive(round_: Round, organisation: Organisation, what: str, uploads: list[Upload], *, by: Any) -> Batch:
    """Keep files and have them read.

    Args:
        round_: the round.
        organisation: where its projects are.
        what: `models.FORMS` or `models.TARGETS`.
        uploads: the files.
        by: who hands them in.

    Raises:
        NotTaken: there is none, or there are too many, or they are too large together.
    """
    from jixiao.office.intake.tasks import read_batch

    _refuse(uploads)
    stored = [(tidy(upload.name or ""), *_kept(upload)) for upload in uploads]
    with transaction.atomic():
        batch = Batch.objects.create(
            round=round_, organisation=organisation, path=organisation.path, what=what, by=by, made=timezone.now()
        )
        for name, kept, too_large in stored:
            source = Source.objects.create(batch=batch, name=name, sha256=kept.sha256, size=kept.size)
            if too_large:
                refuse(source, too_large)
        mark_copies(batch)
        batch.job = read_batch.using(unique=f"intake.read {batch.pk}").enqueue(batch.pk).pk
        batch.save(update_fields=["job"])
        record(
            "intake.received", f"intake/{batch.pk}", actor=by, organisation=batch.path, what=what,
            files=str(len(stored)), round=str(round_.pk),
        )  # fmt: skip
    return batch


def _refuse(uploads: list[Upload]) -> None:
    if not uploads:
        raise NotTaken("没有选择文件。请选择或拖入文件。", "No file was chosen. Choose files or drop them here.")
    if len(uploads) > MOST_FILES:
        raise NotTaken(
            f"一次选了 {len(uploads)} 个文件，最多 {MOST_FILES} 个。请分批，或打成 ZIP。",
            f"{len(uploads)} files at once; at most {MOST_FILES}. Send them in parts, or as a ZIP.",
        )
    if (size := sum(upload.size or 0 for upload in uploads)) > MOST_BYTES:
        raise NotTaken(
            f"这些文件共 {size // 2**20} MB，一次最多 {MOST_BYTES // 2**20} MB。请分批导入。",
            f"These files have {size // 2**20} MB; at most {MOST_BYTES // 2**20} MB at once. Send them in parts.",
        )


def _kept(upload: Upload) -> tuple[files.Stored, Text | None]:
    """The file in the store; one that is too large to be read is not kept, and the sentence says so."""
    size = upload.size or 0
    most = ARCHIVE_BYTES if (upload.name or "").lower().endswith(".zip") else DEFAULT_LIMITS.file_bytes
    if size <= most:
        return files.put(upload.chunks()), None
    limit = f"{most // 2**20} MB"
    said = Text(
        f"文件有 {size // 2**20} MB，上限 {limit}。请拆分后再试。",
        f"The file has {size // 2**20} MB, at most {limit}. Split it and try again.",
    )
    return files.Stored("", size), said


def tidy(name: str) -> str:
    """A file's name without letters that cannot be seen; very long ones are cut in their middle."""
    name = _UNPRINTABLE.sub("\ufffd", name) or "—"
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 2 :]}"


def refuse(source: Source, why: Text) -> None:
    """Note that a file cannot be read, as a line of the table of verdicts."""
    source.state = "refused"
    source.save(update_fields=["state"])
    Entry.objects.create(batch_id=source.batch_id, source=source, verdict="refused", why_zh=why.zh, why_en=why.en)


def mark_copies(batch: Batch) -> None:
    """Note which waiting files are byte for byte another of the batch: they are not read."""
    first: dict[str, Source] = {}
    for source in batch.sources.exclude(sha256=""):
        other = first.setdefault(source.sha256, source)
        if other is not source and source.state == "waiting":
            source.state = "twice"
            source.save(update_fields=["state"])
            why = Text(f"与“{other.name}”是同一个文件。", f"The same file as {other.name}.")
            Entry.objects.create(batch=batch, source=source, verdict="copy", why_zh=why.zh, why_en=why.en)
