"""Sealing a verdict: forms read, scored and questioned, with all that it follows from, in one signed file; and back."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from jixiao import __version__
from jixiao.desk.errors import WrongUse
from jixiao.desk.library import shelf, texts
from jixiao.desk.replaying import chosen, differences, replay
from jixiao.desk.reviewing import review_files
from jixiao.journal import times
from jixiao.journal.hashing import self_test
from jixiao.journal.keys import KeyInFile, Public, load_key, make_key
from jixiao.journal.sealing import open_sealed, seal, sm3_of
from jixiao.journal.verdict import Fault
from jixiao.journal.words import Unreadable, Words
from jixiao.reading import DEFAULT_LIMITS, Limits
from jixiao.rulebook.errors import RulebookError
from jixiao.writing.report import FileReport, FormReport
from jixiao.writing.sealed import (
    Body,
    EvidenceFile,
    SealedBook,
    SealedChecks,
    Source,
    body_bytes,
    read_body,
    sealed_checks,
    sealed_texts,
    verdict_of,
)

_NAME: Final = "jixiao.seal"
"""What a key that is made here is called."""
_MOST: Final = 256 * 1024 * 1024
"""Bytes of the largest seal that is read."""
_TOLD: Final = 20
"""Forms of which it is told that another rulebook would have been taken."""


class Unsealable(RuntimeError):
    """What was scored cannot be worked out again from the seal: a fault of the program, and nothing is written."""


@dataclass(slots=True)
class SealVerdict:
    """What was found in a sealed file.

    Attributes:
        faults: in the order of the lines; empty for a sound one.
        unshown: what could not be shown, and what would show it.
        key: the public key that it brings along.
        sealed: when; "" if nobody known signed.
        program: the version of the program that sealed it; "" if it was not read.
        forms: how many forms were worked out anew.
        lines: how many lines were signed.
    """

    faults: list[Fault] = field(default_factory=list)
    unshown: list[Words] = field(default_factory=list)
    key: str = ""
    sealed: str = ""
    program: str = ""
    forms: int = 0
    lines: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def seal_file(
    path: Path,
    key: KeyInFile,
    *,
    evidence: Iterable[Path] = (),
    rulebook: str | None = None,
    trial: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> bytes:
    """Read a file, score its forms, ask, and seal it all.

    Args:
        path: a document, or forms as data.
        key: what signs.
        evidence: files whose digests go into the seal.
        rulebook: id of the book to use; `None` recognises the place.
        trial: whether checks on trial ask, too.
        limits: what reading may cost.

    Raises:
        Unreadable: the file cannot be read or holds no form.
        WrongUse: evidence cannot be read, it is an archive of several files, or there is no such rulebook.
    """
    hashed = tuple(map(_evidence, evidence))
    (report, *rest) = review_files([path], rulebook=rulebook, trial=trial, limits=limits)
    if report.error is not None:
        message, advice = report.error.message, report.error.advice
        raise Unreadable(f"{message.zh}{advice.zh}", f"{message.en} {advice.en}")
    if rest or not report.forms:
        zh = f"{path}：没有读到自评表，或者是装有多个文件的压缩包；请给出一个文件。"
        raise WrongUse(zh, f"{path}: no form in it, or an archive of several files; name one file.")
    return sealed(report, key, evidence=hashed, override=rulebook, trial=trial)


def sealed(
    report: FileReport,
    key: KeyInFile,
    *,
    evidence: tuple[EvidenceFile, ...] = (),
    override: str | None = None,
    trial: bool = False,
    at: datetime | None = None,
) -> bytes:
    """A reviewed file as a sealed one; it is worked out once more from the seal before it is signed.

    Args:
        report: the file, its forms scored and questioned, by nothing but rulebook, checks and evidence beside it.
        key: what signs.
        evidence: files whose digests go into the seal.
        override: the rulebook that was asked for.
        trial: whether checks on trial asked.
        at: when; now.

    Raises:
        Unsealable: it cannot be worked out again.
    """
    moment = at or datetime.now(UTC)
    books = {(each.sheet.rulebook, each.sheet.on) for each in report.forms}
    files = {key: shelf().on(key[0], date.fromisoformat(key[1])).files for key in sorted(books)}
    shelved = _texts("rulebook", "books")
    body = Body(
        schema="jixiao/seal/1",
        program=__version__,
        sealed=times.written(moment),
        source=Source(Path(report.file).name, report.sha256),
        evidence=evidence,
        override=override,
        trial=trial,
        rulebooks=tuple(SealedBook(*which, names) for which, names in files.items()),
        texts=sealed_texts({file: shelved[file] for names in files.values() for file in names}),
        checks=_checks(),
        verdicts=tuple(map(_verdict, report.forms)),
    )
    if replay(body) != body:
        raise Unsealable(report.file)
    return seal(body_bytes(body), moment, key)


def _verdict(report: FormReport) -> msgspec.Raw:
    return verdict_of(msgspec.structs.replace(report, remarks=()))


@cache
def _texts(room: str, folder: str) -> dict[str, str]:
    return texts(room, folder)


@cache
def _checks() -> SealedChecks:
    return sealed_checks(_texts("review", "checks"), _texts("review", "lexicons"))


def _evidence(path: Path) -> EvidenceFile:
    try:
        data = path.read_bytes()
    except OSError as error:
        zh = f"--evidence：{path} 读不了（{error.strerror}）。"
        raise WrongUse(zh, f"--evidence: {path} cannot be read ({error.strerror}).") from error
    return EvidenceFile(path.name, len(data), sha256(data).hexdigest(), sm3_of(data))


def default_key() -> Path:
    """Where the key that seals lies: `JIXIAO_KEY`, else the user's folder of settings."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(os.environ.get("JIXIAO_KEY") or Path(home) / "jixiao" / "seal.key")


def key_at(path: Path) -> tuple[KeyInFile, bool]:
    """The key in a file, made there if there is none; whether it was made.

    Raises:
        WrongUse: it is no key, or cannot be read or written.
    """
    try:
        if path.exists():
            return load_key(path), False
        path.parent.mkdir(parents=True, exist_ok=True)
        return make_key(path, _NAME), True
    except Unreadable as error:
        raise WrongUse(f"{error.words.zh}。", f"{error.words.en}.") from error
    except OSError as error:
        zh = f"密钥 {path} 读写不了（{error.strerror}）。请用 --key 指明别处。"
        en = f"The key {path} cannot be read or written ({error.strerror}). Name another place with --key."
        raise WrongUse(zh, en) from error


def verify_seal(path: Path, keys: Sequence[Public] = ()) -> SealVerdict:
    """Verify a sealed file: its signature, each of its lines, and its scores and findings, worked out anew.

    Args:
        path: the file.
        keys: the public keys that are trusted; none to take the one that it brings along, which the verdict says.

    Raises:
        Unreadable: it is no sealed file.
        NoSM3: the platform has no SM3.
    """
    self_test()
    return verify_sealed(_read(path), path.name, keys)


def verify_sealed(data: bytes, name: str, keys: Sequence[Public] = ()) -> SealVerdict:
    """The same for the bytes of a file.

    Raises:
        Unreadable: it is no sealed file.
    """
    opened = open_sealed(data, name, keys)
    verdict = SealVerdict(opened.faults, [] if keys else [_NO_KEY], opened.key, lines=opened.lines)
    verdict.sealed = times.written(opened.at) if opened.at else ""
    if opened.faults:
        verdict.unshown.append(_NOT_REPLAYED)
        return verdict
    try:
        body = read_body(opened.body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unreadable(f"{name}：不是 jixiao/seal/1（{error}）", f"{name}: not jixiao/seal/1 ({error})") from error
    verdict.program, verdict.forms = body.program, len(body.verdicts)
    verdict.faults += differences(opened.body, replay(body), name)
    verdict.unshown += _unlike_ours(body)
    verdict.unshown += islice(_chosen_otherwise(body), _TOLD)
    return verdict


def _chosen_otherwise(body: Body) -> Iterator[Words]:
    """Forms scored under a rulebook, or the rules of a day, that this program would not have taken for them."""
    for number, (form, told) in enumerate(chosen(body), 1):
        try:
            ours = shelf().choose(
                title=form.title, department=form.department, unit=form.unit, fiscal_year=form.fiscal_year
            )
        except RulebookError:
            continue
        if (ours.book.id, ours.book.on, ours.zh, ours.en) != (told.id, told.on, told.why.zh, told.why.en):
            yield Words(
                f"第 {number} 张表按 {told.id}（{told.on}）计分，封存写的理由是“{told.why.zh}”；"
                f"本程序（{__version__}）会用 {ours.book.id}（{ours.book.on}）：{ours.zh}。用哪一个对，请核对。",
                f"Form {number} was scored under {told.id} ({told.on}), as the seal says because: {told.why.en}. This "
                f"program ({__version__}) would take {ours.book.id} ({ours.book.on}): {ours.en}. Which one is right is "
                f"to be checked.",
            )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST + 1)
    except OSError as error:
        raise Unreadable(f"{path} 读不了（{error.strerror}）", f"{path} cannot be read ({error.strerror})") from error
    if len(data) > _MOST:
        raise Unreadable(f"{path} 超过 {_MOST} 字节", f"{path} has more than {_MOST} bytes")
    return data


def _unlike_ours(body: Body) -> Iterator[Words]:
    """What of the law in the seal is not what this program carries; it was replayed all the same."""
    shelved = _texts("rulebook", "books")
    for each in body.texts:
        if shelved.get(each.file) != "\n".join(each.lines):
            yield Words(
                f"规则集 {each.file} 与本程序（{__version__}）所带的不同：按封存的文本重算；是不是当时的规则，请核对。",
                f"The rulebook {each.file} is not the one this program ({__version__}) carries: all was worked out by "
                f"the text in the seal; whether that was the rule of its day is to be checked.",
            )
    if body.checks.sha256 != _checks().sha256:
        yield Words(
            f"检查与本程序（{__version__}）所带的不同：疑点按封存的检查重算。",
            f"The checks are not those this program ({__version__}) carries: findings were worked out by those in the "
            f"seal.",
        )


_NO_KEY: Final = Words(
    "没有给出密钥，用的是文件自带的公钥：是谁封存的，这里看不出来。请用 --key 给出另行取得的公钥。",
    "No key was given, the one in the file was used: who sealed it does not show here. Give --key with the public key "
    "had from elsewhere.",
)
_NOT_REPLAYED: Final = Words("内容被动过，没有重算。", "Something was changed, so nothing was worked out anew.")
