"""Letters to units and summaries of departments from the review of a folder, one file each, all of them or none."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from jixiao.desk.copies import is_read
from jixiao.desk.errors import WrongUse
from jixiao.desk.files import refuse_output, replace_file, safe_name
from jixiao.review.wording import squeeze
from jixiao.writing.folder.report import FolderReport
from jixiao.writing.letter.data import Sending
from jixiao.writing.letter.gather import by_unit, letters
from jixiao.writing.letter.gather_summary import by_department, summaries
from jixiao.writing.letter.kinds import ENDINGS, write_letter
from jixiao.writing.letter.letter import Letter
from jixiao.writing.letter.sentences import Language, Sentences
from jixiao.writing.letter.summary import Summary
from jixiao.writing.paper.unprintable import Unprintable
from jixiao.writing.whole_file import reason_of

Kind = Literal["review", "summary"]
_MOST_NAMED: Final = 10


class Order(Struct, frozen=True):
    """What is to be written.

    Attributes:
        kind: letters to units, or summaries of departments.
        formats: keys of `ENDINGS`.
        sending: what the sender says.
        units: names of the units, or of the departments, wanted; empty for all.
        language: of the text; JSON holds both.
        fonts: a folder of an office's own fonts for PDF and OFD; `None` for those shipped.
    """

    kind: Kind
    formats: tuple[str, ...]
    sending: Sending
    units: tuple[str, ...] = ()
    language: Language = "zh"
    fonts: Path | None = None


class Written(Struct, frozen=True):
    """A file that was written: for whom ("" for nobody in particular), on how many forms, with how many findings.

    Attributes:
        path: the file.
        unit: the unit or department.
        forms: how many forms.
        items: how many findings.
        recalled: how many of them rest on a clause whose text was not seen: to be verified before it is sent.
    """

    path: Path
    unit: str
    forms: int
    items: int
    recalled: int


def check_order(order: Order) -> None:
    """Say before anything is read that an answer is asked for before the letter is dated.

    Raises:
        WrongUse: so it is.
    """
    sending = order.sending
    if sending.reply_by is not None and sending.reply_by < sending.day:
        zh = f"回复期限 {sending.reply_by} 早于函件日期 {sending.day}。请改 --reply-by 或 --on。"
        en = f"The day of reply {sending.reply_by} is before the day of the letter {sending.day}. Change one of them."
        raise WrongUse(zh, en)


def check_folder(out: Path, inputs: Iterable[str]) -> None:
    """Say before anything is read that files cannot be put into a folder; it may be one that is yet to be made.

    Args:
        out: the folder.
        inputs: what is to be read: letters in a folder of forms would be read as forms the next time.

    Raises:
        WrongUse: it is a file, it stands in a folder that is to be read, or it cannot be written to.
    """
    if is_read(out, inputs):
        zh = f"{out}：这是要读取的文件夹，函件放进去，下次会被当作自评表读取。请另给一个文件夹。"
        en = f"{out}: this is in a folder to be read; letters there would be read as forms next time. Name another."
        raise WrongUse(zh, en)
    if out.exists() and not out.is_dir():
        raise WrongUse(f"{out}：这不是文件夹。请给出一个文件夹。", f"{out}: this is no folder. Name a folder.")
    held = out if out.is_dir() else out.parent
    if not os.access(held, os.W_OK | os.X_OK):
        zh = f"{out}：文件夹 {held} 不存在或不可写。请给出一个可以写入的文件夹。"
        raise WrongUse(zh, f"{out}: the folder {held} does not exist or cannot be written to. Name another.")


def write_letters(report: FolderReport, order: Order, out: Path, inputs: Sequence[Path] = ()) -> list[Written]:
    """Write all files that are asked for into a folder, or none.

    Args:
        report: the review; it must still be open.
        order: what is asked for.
        out: the folder; it is made if it is not there.
        inputs: the files that were read; none of them is written over.

    Raises:
        WrongUse: there is no unit of a name, or the files cannot be written.
    """
    wanted = _wanted(report, order)
    made = not out.is_dir()
    try:
        out.mkdir(exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=out, prefix=".jixiao-"))
    except OSError as error:
        raise _cannot(out, error) from error
    try:
        written = list(_write_aside(report, order, wanted, aside))
        for each in written:
            refuse_output(out / each.path.name, inputs)
        _move(written, aside, out)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        if made:
            shutil.rmtree(out, ignore_errors=True)
        raise
    aside.rmdir()
    return [msgspec.structs.replace(each, path=out / each.path.name) for each in written]


def _wanted(report: FolderReport, order: Order) -> list[str] | None:
    """The keys of the units asked for; `None` for all."""
    if not order.units:
        return None
    known = by_unit(report.briefs) if order.kind == "review" else by_department(report.briefs)
    keys = [squeeze(unit) for unit in order.units]
    for key, unit in zip(keys, order.units, strict=True):
        if key not in known:
            some = "、".join([name for name in known if name][:_MOST_NAMED])
            raise WrongUse(
                f"没有“{unit}”的自评表。有这些单位：{some}。", f"There is no form of {unit!r}. There are: {some}."
            )
    return list(dict.fromkeys(keys))


def _write_aside(report: FolderReport, order: Order, wanted: list[str] | None, aside: Path) -> Iterator[Written]:
    names = Names()
    for data in _data(report, order, wanted):
        unit = data.unit if isinstance(data, Letter) else data.department
        name = names.of(unit, order)
        for kind in dict.fromkeys(order.formats):
            path = aside / (name + ENDINGS[kind])
            replace_file(path, _pieces(data, kind, order), named=aside.parent / path.name)
            yield Written(path, unit, data.counts.forms, data.counts.items, data.counts.recalled)


def _data(report: FolderReport, order: Order, wanted: list[str] | None) -> Iterator[Letter | Summary]:
    if order.kind == "review":
        return letters(report, order.sending, wanted)
    return summaries(report, order.sending, wanted)


def _move(written: Sequence[Written], aside: Path, out: Path) -> None:
    """Put the files where they belong; if one cannot be, what was put there anew is taken away again."""
    moved: list[Path] = []
    try:
        for each in written:
            target = out / each.path.name
            fresh = not target.exists()
            (aside / each.path.name).replace(target)
            moved += [target] if fresh else []
    except OSError as error:
        for target in moved:
            target.unlink(missing_ok=True)
        raise _cannot(out, error) from error


def _cannot(out: Path, error: OSError) -> WrongUse:
    zh, en = reason_of(error)
    zh = f"{out}：写不进去（{zh}）。请给出一个可以写入的文件夹。"
    return WrongUse(zh, f"{out}: cannot be written ({en}). Name a folder that can be written to.")


def _pieces(data: Letter | Summary, kind: str, order: Order) -> Iterator[bytes]:
    """The file piece by piece.

    Raises:
        WrongUse: a text of the forms has a letter that the format cannot hold, or that no font has; it is named.
    """
    try:
        yield from write_letter(data, kind, order.language, order.sending.day, order.fonts)
    except Unprintable as fault:
        raise WrongUse(fault.zh, fault.en) from fault


class Names:
    """File names that are safe on every system, and each given once."""

    def __init__(self) -> None:
        """Begin with none given."""
        self._given: set[str] = set()

    def of(self, unit: str, order: Order) -> str:
        """The name of a unit's letter or summary, without its ending."""
        say = Sentences(order.language)
        kind = "letter" if order.kind == "review" else "summary"
        whole = say(f"files.{kind}", unit=safe_name(unit) or say("files.nobody"))
        name, number = whole, 1
        while name.casefold() in self._given:
            number += 1
            name = f"{whole}-{number}"
        self._given.add(name.casefold())
        return name
