"""Inputs gathered, progress shown, output written: the same in every command."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from jixiao.cli.options import Language
from jixiao.desk.inputs import DOCUMENTS, Inputs
from jixiao.desk.inputs import gather as gather_inputs

if TYPE_CHECKING:
    from jixiao.desk.known import Known
    from jixiao.reading import Limits
    from jixiao.scoring.sheet import Text

Item = TypeVar("Item")


def known(options: dict[str, Any], language: Language, limits: "Limits") -> "Known | None":
    """What was handed in beside the forms; `None` for nothing."""
    named = (options["last_year"], options["approved"], options["peers"])
    if named == (None, None, None):
        return None
    from jixiao.desk.known import known_of

    known = known_of(*named, limits)
    tell(known.problems, language)
    return known


def tell(sentences: "Iterable[Text]", language: Language) -> None:
    """Say sentences on stderr."""
    for sentence in sentences:
        click.echo(sentence.zh if language == "zh" else sentence.en, err=True)


def gather(
    paths: tuple[str, ...], language: Language, *outputs: Path | None, endings: frozenset[str] = DOCUMENTS
) -> Inputs:
    """The files named, in folders too; says what was not found, and refuses outputs that cannot be written.

    Raises:
        WrongUse: an output is one of the inputs, or cannot be written.
    """
    inputs = gather_inputs(paths, endings)
    for output in filter(None, outputs):
        from jixiao.desk.files import refuse_output

        refuse_output(output, inputs.files)
    for name in inputs.empty:
        zh, en = f"{name}：没有找到可读的文件。请检查路径。", f"{name}: no document found there. Check the path."
        click.echo(zh if language == "zh" else en, err=True)
    if inputs.left_out:
        zh = f"文件夹中另有 {len(inputs.left_out)} 个其他类型的文件未读取；要读取请直接写出文件名。"
        en = f"{len(inputs.left_out)} files of other kinds in folders were left out; name them to have them read."
        click.echo(zh if language == "zh" else en, err=True)
    return inputs


def progress(items: Iterable[Item], length: int, language: Language) -> Iterator[Item]:
    """The same items, with a bar on a terminal where there are several."""
    if length < 2 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    description = "读取" if language == "zh" else "Reading"
    yield from track(items, description=description, total=length, console=Console(stderr=True), transient=True)


def write(content: str | bytes | Iterable[bytes], out: Path | None) -> None:
    """Put a text, or what is printed as one, on stdout or whole into a file; it ends with a line end.

    Raises:
        WrongUse: the file cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    put([data if data.endswith(b"\n") else data + b"\n"] if isinstance(data, bytes) else data, out)


def put(pieces: Iterable[bytes], out: Path | None) -> None:
    """Put the bytes of a document, as they are, on stdout or whole into a file.

    Raises:
        WrongUse: the file cannot be written.
    """
    if out is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    from jixiao.desk.files import replace_file

    replace_file(out, pieces)


def day_of(given: datetime | None) -> date:
    """The day that was named; without, today, as the place counts its days."""
    return date.today() if given is None else given.date()  # noqa: DTZ011 -- the day of the place, not of Greenwich
