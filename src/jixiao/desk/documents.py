"""Official documents at the desk: forms, as data or read from documents, laid out and written in one format."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from jixiao.desk.errors import WrongUse
from jixiao.desk.files import safe_name
from jixiao.desk.reviewing import stream_files
from jixiao.form import Form
from jixiao.layout.families import Family, load_families
from jixiao.reading import DEFAULT_LIMITS, Limits
from jixiao.review.context import NOTHING, Context
from jixiao.writing.official import Laid, lay_out, lay_out_blank
from jixiao.writing.paper.model import Document
from jixiao.writing.report import ReportError

Language = Literal["zh", "en"]
KINDS: Final = ("pdf", "docx", "xlsx", "html", "ofd")
"""The formats that documents are written in; each is also the ending of its files."""


class Wanted(Struct, frozen=True):
    """How documents are to be written.

    Attributes:
        layout: id of the layout.
        kind: one of `KINDS`.
        day: the day that the file says it was made on.
        fonts: a folder of an office's own fonts; `None` for those shipped.
    """

    layout: str
    kind: str
    day: date
    fonts: Path | None = None


class FileLaid(Struct, frozen=True):
    """One file: its name, its forms as documents one by one, or why there are none."""

    file: str
    error: ReportError | None
    forms: Iterable[Laid]


def printed_layouts() -> tuple[Family, ...]:
    """The layouts that can be written, by id."""
    return tuple(family for family in load_families() if family.printing is not None)


def layout_named(name: str) -> Family:
    """A layout that can be written.

    Raises:
        WrongUse: there is no such layout, or it is only read; the sentence lists those there are.
    """
    known = {family.id: family for family in printed_layouts()}
    if name not in known:
        only_read = any(family.id == name for family in load_families())
        zh = f"版式“{name}”{'只能读取，不能写出' if only_read else '不存在'}。可用的版式："
        zh += "、".join(f"{family.id}（{family.name}）" for family in known.values()) + "。"
        why = "can be read, not written" if only_read else "does not exist"
        raise WrongUse(zh, f"The layout {name!r} {why}. There are: {', '.join(known)}.")
    return known[name]


def kind_of(out: Path, asked: str | None) -> str:
    """The format that a file's ending, or the caller, asks for.

    Raises:
        WrongUse: neither says which, or they contradict each other.
    """
    ending = out.suffix.lower().removeprefix(".")
    if asked is None and ending not in KINDS:
        listed = "、".join(KINDS)
        zh = f"{out}：看不出要什么格式。请用 --format 指明，或用 {listed} 作后缀。"
        raise WrongUse(zh, f"{out}: which format? Say --format, or end the name with one of {', '.join(KINDS)}.")
    if asked and ending in KINDS and ending != asked:
        zh = f"{out}：后缀是 {ending}，--format 却是 {asked}。请改成一致。"
        raise WrongUse(zh, f"{out}: its ending says {ending}, --format says {asked}. Make them agree.")
    return asked or ending


def laid_files(paths: Iterable[Path], layout: str, limits: Limits = DEFAULT_LIMITS) -> Iterator[FileLaid]:
    """Every form of every file as a document of a layout; a file that cannot be read carries its error.

    Raises:
        WrongUse: there is no such layout, said before any file is read.
    """
    make = partial(_laid, layout_named(layout).id)
    for file in stream_files(paths, make, None, limits):
        yield FileLaid(file.file, file.error, file.forms)


def blank_document(layout: str, rows: int) -> Document:
    """An empty form of a layout.

    Args:
        layout: its id.
        rows: how many indicators there is room for under each second-level heading.

    Raises:
        WrongUse: there is no such layout.
    """
    return lay_out_blank(layout_named(layout), rows).document


def document_file(documents: Iterable[Document], wanted: Wanted) -> Iterable[bytes]:
    """The documents in one file, in pieces; one that holds several is called what the layout is.

    Raises:
        WrongUse: a letter has no font, or a text does not fit the format; the sentence names it.
    """
    from jixiao.writing.kinds import write_documents
    from jixiao.writing.paper.unprintable import Unprintable

    coming = iter(documents)
    begun = list(islice(coming, 2))
    title = layout_named(wanted.layout).title if len(begun) > 1 else ""
    try:
        yield from write_documents(chain(begun, coming), wanted.kind, wanted.day, wanted.fonts, title)
    except Unprintable as fault:
        raise WrongUse(fault.zh, fault.en) from fault


def _laid(layout: str, form: Form, _: Context = NOTHING) -> Laid:
    return lay_out(form, layout_named(layout))


def file_name(number: int, name: str, kind: str) -> str:
    """A name for the file of one form: its number, then what of its project's name any file system takes."""
    safe = safe_name(name)
    return f"{number:03d}{'-' if safe else ''}{safe}.{kind}"
