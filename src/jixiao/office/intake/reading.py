"""Reading a batch: every file in the confined child, its forms matched with projects, its refusals in their own words.

Each file is one transaction, so a batch that is begun again goes on where it was.
"""

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec
from django.db import transaction

from jixiao.form import Form, encode, to_wire
from jixiao.office.filing import files
from jixiao.office.intake.doubts import doubtful
from jixiao.office.intake.matching import Match, Projects
from jixiao.office.intake.models import TARGETS, Batch, Entry, Source
from jixiao.office.intake.received import ARCHIVE_BYTES, mark_copies, refuse, tidy
from jixiao.office.intake.targets import as_targets
from jixiao.reading import DEFAULT_LIMITS, Member, Reading, Unreadable, read_all, unpack_file
from jixiao.scoring.sheet import Text

_AHEAD: Final = 64
_UNPACKING: Final = replace(
    DEFAULT_LIMITS, file_megabytes=ARCHIVE_BYTES // 2**20, unpacked_megabytes=400, memory_megabytes=768,
    cpu_seconds=60, seconds=120,
)  # fmt: skip
"""What an archive of hundreds of forms may hold; each member has the usual limits when it is read."""

_ARCHIVE_IN_ARCHIVE: Final = Text(
    "这是压缩包中的压缩包，不会解开。请先解压，再导入其中的文件。",
    "An archive inside an archive is not opened. Unpack it first, then import the files in it.",
)


def read_some(batch: Batch, projects: Projects, go_on: Callable[[str], bool]) -> None:
    """Read files of a batch that wait, until all are read or it is time to stop.

    Args:
        batch: the batch.
        projects: of which its forms may be.
        go_on: asked after each file, with its name; whether there is time for another.
    """
    while waiting := list(batch.sources.filter(state="waiting")[:_AHEAD]):
        for archive in [source for source in waiting if _may_be_large(source)]:
            unpack(archive)
        if not _read(batch, [source for source in waiting if source.state == "waiting"], projects, go_on):
            return


def _may_be_large(source: Source) -> bool:
    """Whether a file is an archive beyond the limit of reading: it can only be unpacked."""
    return source.size > DEFAULT_LIMITS.file_bytes


def _read(batch: Batch, sources: list[Source], projects: Projects, go_on: Callable[[str], bool]) -> bool:
    """Read these files; whether to go on afterwards."""
    paths = [files.path_of(source.sha256) for source in sources]
    names = {str(path): source.name for path, source in zip(paths, sources, strict=True)}
    with closing(read_all(paths, label=lambda path: names[os.fspath(path)], archives=False)) as readings:
        for source, reading in zip(sources, readings, strict=True):
            if reading.is_archive:
                unpack(source)
            else:
                take(batch, source, reading, projects)
            if not go_on(source.name):
                return False
    return True


@transaction.atomic
def take(batch: Batch, source: Source, reading: Reading, projects: Projects) -> None:
    """Note what came of one file; without effect if another has done so meanwhile."""
    outcome = reading.outcome
    state = "refused" if isinstance(outcome, Unreadable) else "read"
    if not Source.objects.filter(pk=source.pk, state="waiting").update(state=state):
        return
    if isinstance(outcome, Unreadable):
        refuse(source, _sentence(outcome))
        return
    for number, form in enumerate(outcome, 1):
        _entry(batch, source, number, as_targets(form) if batch.what == TARGETS else form, projects)


def _entry(batch: Batch, source: Source, number: int, form: Form, projects: Projects) -> None:
    match = projects.match(form.project.code or "", form.project.name, form.unit or form.department)
    Entry.objects.create(
        batch=batch, source=source, number=number, form=encode(to_wire(form)).decode(),
        name=form.project.name[:200], code=(form.project.code or "")[:40], unit=(form.unit or form.department)[:120],
        doubts=len(doubtful(form)), verdict="doubtful", **_whose(match),
    )  # fmt: skip


def _whose(match: Match) -> dict[str, object]:
    near = msgspec.json.encode(match.near).decode()
    return {"project_id": match.project, "how": match.how, "near": near}


def unpack(source: Source) -> None:
    """Put the members of an archive into the batch as files that wait; an archive in an archive is refused."""
    if source.archive_id is not None:
        with transaction.atomic():
            refuse(source, _ARCHIVE_IN_ARCHIVE)
        return
    try:
        path = files.path_of(source.sha256)
        with closing(unpack_file(path, limits=_UNPACKING, file_label=source.name)) as members:
            kept = [_member(member, source.name) for member in members]
    except Unreadable as refusal:
        with transaction.atomic():
            refuse(source, _sentence(refusal))
        return
    _put_members(source, kept)


Kept = tuple[str, files.Stored | Text]


def _member(member: Member, archive: str) -> Kept:
    name = tidy(f"{archive}/{member.name}")
    if isinstance(member.content, Unreadable):
        return name, _sentence(member.content)
    return name, files.put([member.content])


@transaction.atomic
def _put_members(source: Source, members: list[Kept]) -> None:
    if not Source.objects.filter(pk=source.pk, state="waiting").update(state="unpacked"):
        return
    source.state = "unpacked"
    for name, kept in members:
        made = Source(batch_id=source.batch_id, archive=source, name=name)
        if isinstance(kept, Text):
            made.save()
            refuse(made, kept)
        else:
            made.sha256, made.size = kept.sha256, kept.size
            made.save()
    mark_copies(source.batch)


def _sentence(refusal: Unreadable) -> Text:
    return Text(f"{refusal.zh}{refusal.advice_zh}", f"{refusal.en} {refusal.advice_en}")


def original(source: Source) -> Path:
    """Where the bytes of a file lie."""
    return files.path_of(source.sha256)
