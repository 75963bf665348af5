"""The use case of the annotated original: review a file, and give the same file back with the findings at their cells.

What comes back is read again, in a child as the original was, and is only written where it still holds the same forms.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from jixiao import __version__
from jixiao.desk.copies import copies_in
from jixiao.desk.crafts import CRAFT, is_pdf
from jixiao.desk.errors import WrongUse
from jixiao.desk.files import made_folder, refuse_output, replace_file
from jixiao.desk.reviewing import review_files, trials_left_out
from jixiao.form import Form
from jixiao.reading import DEFAULT_LIMITS, Limits, Unreadable, label_of, load, read_bytes, rework_file
from jixiao.scoring.sheet import Text
from jixiao.writing.formats.pdf import write_pdf
from jixiao.writing.original.job import Job
from jixiao.writing.original.marking import By, Language, job_of
from jixiao.writing.original.summary import lay_out_summary
from jixiao.writing.paper.faces import faces
from jixiao.writing.report import FileReport, ReportError

_ADDED: Final = ".复核"
"""What is put before the ending of a file's name, where its marked copy goes into a folder."""


class Asked(Struct, frozen=True):
    """How originals are to be marked.

    Attributes:
        day: ISO day that the notes carry.
        author: whose name they carry.
        language: of their words.
        rulebook: id of the book for every form; `None` recognises the place.
        trial: whether checks on trial ask, too.
        limits: what each file may cost.
    """

    day: str
    author: str = "Jixiao"
    language: Language = "zh"
    rulebook: str | None = None
    trial: bool = False
    limits: Limits = DEFAULT_LIMITS


class Marked(Struct, frozen=True):
    """One original that was marked, or why it was not.

    Attributes:
        file: the original.
        out: where the marked file was written; `None` where none was.
        findings: how many findings it has.
        error: why nothing was written.
        remarks: what else must be said.
    """

    file: str
    out: Path | None
    findings: int = 0
    error: ReportError | None = None
    remarks: tuple[Text, ...] = ()


def outputs(names: Iterable[str], files: Iterable[Path], out: Path) -> dict[Path, Path]:
    """Where the marked copy of each file goes.

    One file named by itself goes to `out`, unless that is a folder. Several go into the folder `out`, which is made,
    below it as they lie below the folder that was named, with 复核 before the ending.

    Args:
        names: as the caller named files, folders and patterns.
        files: what was found under those names.
        out: the file or folder to write to.

    Raises:
        WrongUse: a copy would overwrite an original or another copy, or cannot be written; its ending says another
            kind of file; the folder is one that is read.
    """
    every, named = list(files), [Path(name) for name in names]
    if every == named and len(every) == 1 and not out.is_dir():
        _refuse_another_ending(every[0], out)
        refuse_output(out, every)
        return {every[0]: out}
    return copies_in(out, named, every, _ADDED, lambda file: file.suffix)


def _refuse_another_ending(file: Path, out: Path) -> None:
    if out.suffix.lower() != file.suffix.lower():
        zh = f"{out}：写出的是 {file} 的同一种文件。请用后缀 {file.suffix or '（无）'}。"
        raise WrongUse(zh, f"{out}: what is written is a file of the kind of {file}. Use its ending.")


def annotate_files(targets: dict[Path, Path], asked: Asked) -> Iterator[Marked]:
    """Mark every original, and write each marked copy whole or not at all.

    Args:
        targets: each original with where its copy goes, as `outputs` gives them.
        asked: how.

    Raises:
        WrongUse: there is no such rulebook; a copy cannot be written.
    """
    left_out = trials_left_out(asking=True, trial=asked.trial)
    by = By(asked.author, asked.day, __version__)
    reports = review_files(targets, rulebook=asked.rulebook, trial=asked.trial, limits=asked.limits)
    for report in reports:
        target = targets.get(Path(report.file))
        yield _marked(report, target, asked.limits, job_of(report, by, asked.language, left_out))


def _marked(report: FileReport, target: Path | None, limits: Limits, job: Job) -> Marked:
    """Mark one original and write the copy."""
    findings = len(job.marks)
    if report.error is not None:
        return Marked(report.file, None, error=report.error)
    if target is None:
        return Marked(report.file, None, error=_IN_AN_ARCHIVE)
    try:
        data = load(report.file, label_of(report.file), limits)
        if sha256(data).hexdigest() != report.sha256:
            return Marked(report.file, None, findings, _CHANGED_MEANWHILE)
        result = changed_original(data, label_of(report.file), job, limits)
        again = read_bytes(result, label_of(report.file), limits=with_room(limits))
        if same_forms([form.form for form in report.forms], again):
            made_folder(target.parent, above=True)
            replace_file(target, result)
            return Marked(report.file, target, findings, remarks=_remarks(data))
    except Unreadable as error:
        told = ReportError(error.code, Text(error.zh, error.en), Text(error.advice_zh, error.advice_en))
        return Marked(report.file, None, findings, told)
    return Marked(report.file, None, findings, _NOT_THE_SAME)


def changed_original(data: bytes, label: str, job: Job, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """An original with what a job puts into it, made in a limited child.

    Raises:
        Unreadable: it is of no kind that can be changed, or its craft refuses it.
    """
    if is_pdf(data):
        job = replace(job, pages=summary_pages(job))
    return rework_file(data, CRAFT, msgspec.json.encode(job), limits=limits, label=label)


def with_room(limits: Limits) -> Limits:
    """Limits for reading back what was made: notes and the summary's sheet must not keep a file out that was let in."""
    return dataclasses.replace(
        limits, file_megabytes=max(limits.file_megabytes, limits.answer_megabytes), sheets=limits.sheets + 1
    )


def summary_pages(job: Job) -> bytes:
    """The summary of a job as a PDF of its own, in the fonts that are shipped."""
    fonts = faces()

    def covers(letter: str) -> bool:
        try:
            return fonts.typeface("body", letter) is not None
        except KeyError:
            return False

    return b"".join(write_pdf([lay_out_summary(job, covers)], fonts))


def same_forms(before: Iterable[Form], after: Iterable[Form]) -> bool:
    """Whether forms are the same, wherever they stand and whatever is told of how they were read."""
    return [_bare(form) for form in before] == [_bare(form) for form in after]


def _bare(form: Form) -> Form:
    return replace(form, places={}, problems=())


def _remarks(data: bytes) -> tuple[Text, ...]:
    """What must be said of an original that is signed."""
    return (_SIGNED,) if b"/ByteRange" in data and is_pdf(data) else ()


_SIGNED: Final = Text(
    zh="原件带有电子签名：标注附加在签名所覆盖的内容之后，该内容一字未动；阅读器会提示签名之后有改动。"
    "汇总没有附成页面（会使签名失效），写在第 1 页右上角的便笺里。",
    en="The original is signed. The notes stand behind what the signature covers, of which nothing was changed; viewers"
    " will say that there are changes after it. The summary is no further page, which would break the signature, but"
    " a note at the upper right of page 1.",
)
_IN_AN_ARCHIVE: Final = ReportError(
    "unsupported_format",
    Text(zh="压缩包里的文件不能直接标注。", en="A file in an archive cannot be marked there."),
    Text(zh="请先解压，再标注其中的文件或文件夹。", en="Unpack the archive, then mark the files or the folder."),
)
_CHANGED_MEANWHILE: Final = ReportError(
    "cannot_be_changed",
    Text(zh="处理期间文件被改动过，没有写出。", en="The file was changed meanwhile; nothing was written."),
    Text(zh="请再试一次。", en="Try again."),
)
_NOT_THE_SAME: Final = ReportError(
    "cannot_be_changed",
    Text(
        zh="标注后再读，读出的表与原件不同，没有写出。",
        en="Read again after marking, the forms were not the same; nothing was written.",
    ),
    Text(
        zh="请用 jixiao check 出报告，并把这个文件报告给我们。",
        en="Use jixiao check for a report, and report this file to us.",
    ),
)
