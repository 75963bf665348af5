"""What the caller hands in beside the forms: last year's forms, approved targets, statistics of similar projects."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from jixiao.corpus.formsfile import FORMS_FILES
from jixiao.desk.errors import WrongUse
from jixiao.desk.inputs import DOCUMENTS, gather
from jixiao.desk.reviewing import stream_files
from jixiao.form import Form
from jixiao.reading import DEFAULT_LIMITS, Limits
from jixiao.review import Context, Peers
from jixiao.review.context import NOTHING, decode_peers, encode_peers
from jixiao.review.matching import Matcher, Wanted
from jixiao.review.statistics import peers_from
from jixiao.scoring.sheet import Text

_LARGEST = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Known:
    """The documents handed in, ready to be found for each form.

    Attributes:
        last_year: finds last year's form; `None` where none was handed in.
        approved: finds the approved targets.
        peers: statistics of similar projects.
        problems: files that could not be read.
    """

    last_year: Matcher | None = None
    approved: Matcher | None = None
    peers: Peers | None = None
    problems: tuple[Text, ...] = ()

    def beside(self, form: Form, context: Context = NOTHING) -> tuple[Context, tuple[Text, ...]]:
        """A form's context with what was handed in, and why something was not found for it."""
        before, approved = (matcher and matcher.find(form) for matcher in (self.last_year, self.approved))
        known = msgspec.structs.replace(
            context,
            last_year=before if isinstance(before, Form) else context.last_year,
            approved=approved if isinstance(approved, Form) else context.approved,
            peers=self.peers or context.peers,
        )
        return known, tuple(found for found in (before, approved) if isinstance(found, Text))


def known_of(last_year: str | None, approved: str | None, peers: Path | None, limits: Limits = DEFAULT_LIMITS) -> Known:
    """Read what was handed in, each file in the same confined way as the forms under review.

    Raises:
        WrongUse: a path holds no form that can be read, or the statistics are not of the contract.
    """
    problems: list[Text] = []
    index = _Index(limits, problems)
    return Known(index.of(last_year, "last_year"), index.of(approved, "approved"), _peers(peers), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Index:
    limits: Limits
    problems: list[Text]

    def of(self, path: str | None, wanted: Wanted) -> Matcher | None:
        if path is None:
            return None
        forms = forms_below(path, self.limits, self.problems.append)
        return Matcher(forms, wanted)


def forms_below(path: str, limits: Limits, tell: Callable[[Text], None]) -> list[Form]:
    """The forms of a file, folder or pattern.

    Args:
        path: as on the command line.
        limits: what each file may cost.
        tell: takes a sentence for each file that could not be read.

    Raises:
        WrongUse: there is not one form.
    """
    forms: list[Form] = []
    for file in stream_files(gather([path], DOCUMENTS | FORMS_FILES).files, _as_read, None, limits):
        if file.error is not None:
            tell(Text(f"{file.file}：{file.error.message.zh}", f"{file.file}: {file.error.message.en}"))
        forms += file.forms
    if not forms:
        raise WrongUse(f"{path}：没有读到自评表。请检查路径。", f"{path}: no form was read there. Check the path.")
    return forms


def _as_read(form: Form, _: Context = NOTHING) -> Form:
    return form


def make_peers(paths: Iterable[str], source: str, least: int, limits: Limits, tell: Callable[[Text], None]) -> bytes:
    """Statistics of the forms of files and folders, as JSON, dated today.

    Raises:
        WrongUse: there is not one form at one of the paths.
    """
    named = list(paths)
    forms = [form for path in named for form in forms_below(path, limits, tell)]
    today = date.today().isoformat()  # noqa: DTZ011 -- the day of the person who makes them
    return encode_peers(peers_from(forms, source=source or "、".join(named), on=today, least=least))


def _peers(path: Path | None) -> Peers | None:
    if path is None:
        return None
    try:
        if path.stat().st_size > _LARGEST:
            raise _unusable(path, "larger than 64 MB")
        return decode_peers(path.read_bytes())
    except (OSError, msgspec.MsgspecError, RecursionError) as error:
        raise _unusable(path, str(error)) from error


def _unusable(path: Path, why: str) -> WrongUse:
    zh = f"{path} 不是同类项目统计（{why}）。请用 jixiao peers 文件夹 --out peers.json 生成。"
    return WrongUse(zh, f"{path} holds no statistics of projects ({why}). Make them: jixiao peers FOLDER --out FILE.")
