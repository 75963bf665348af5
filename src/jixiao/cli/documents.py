"""The command that writes official documents: write."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jixiao.cli.handling import day_of, gather, progress, put
from jixiao.cli.options import Language, lang_option, limit_option
from jixiao.cli.root import ExitCode, jixiao
from jixiao.desk.inputs import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jixiao.desk.documents import FileLaid, Wanted
    from jixiao.writing.official import LeftOut
    from jixiao.writing.paper.model import Document

_MOST_TOLD = 12


@jixiao.command()
@click.argument("paths", nargs=-1, metavar="[FORMS.json|FILE|FOLDER...]")
@click.option(
    "--layout", required=True, metavar="ID", help="版式，如 shanghai；写错会列出全部 the layout, such as shanghai."
)
@click.option(
    "--format", "kind", type=click.Choice(["pdf", "docx", "xlsx", "html", "ofd"]), default=None,
    help="格式，默认看后缀 the format; by the ending of --out.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FILE|FOLDER",
    help="写入此文件；加 --separate 则为文件夹 the file, or with --separate the folder.",
)  # fmt: skip
@click.option("--separate", is_flag=True, help="每张表一个文件 a file for each form.")
@click.option("--blank", is_flag=True, help="空白表，供手工填写 an empty form to fill in.")
@click.option(
    "--rows", type=click.IntRange(1, 50), default=2, show_default=True,
    help="空白表每个二级指标下留几行 rows under each heading of an empty form.",
)  # fmt: skip
@click.option(
    "--fonts", type=click.Path(path_type=Path, file_okay=False, exists=True), default=None, envvar="JIXIAO_FONTS",
    metavar="FOLDER", help="本单位自有字体的文件夹（仿宋、小标宋等） a folder of your own fonts.",
)  # fmt: skip
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="YYYY-MM-DD",
    help="文件写明的日期，默认今天 the day the file says it was made on; today.",
)  # fmt: skip
@lang_option
@limit_option
def write(paths: tuple[str, ...], *, language: Language, out: Path, separate: bool, **options: Any) -> ExitCode:
    """按版式写成正式的表：PDF、DOCX、XLSX、HTML、OFD。 Write official forms in a published layout.

    给出 read --format json 的输出，或文档；--blank 则不用给。 Takes what read --format json prints, or documents.
    """
    from jixiao.desk.documents import Wanted, blank_document, kind_of, layout_named

    kind = options["kind"] or "pdf" if separate else kind_of(out, options["kind"])
    wanted = Wanted(layout_named(options["layout"]).id, kind, day_of(options["day"]), options["fonts"])
    if options["blank"] == bool(paths):
        raise click.UsageError("请给出要写的表，或用 --blank 写空白表 name the forms, or say --blank for an empty one")
    if options["blank"]:
        _put([blank_document(wanted.layout, options["rows"])], wanted, out)
        return ExitCode.NOTHING
    return _written(paths, wanted, language, out, options, separate=separate)


def _written(
    paths: tuple[str, ...], wanted: "Wanted", language: Language, out: Path, options: dict[str, Any], *, separate: bool
) -> ExitCode:
    from jixiao.corpus.formsfile import FORMS_FILES
    from jixiao.desk.documents import laid_files
    from jixiao.desk.reviewing import limits_of

    inputs = gather(paths, language, None if separate else out, endings=DOCUMENTS | FORMS_FILES)
    files = laid_files(inputs.files, wanted.layout, limits_of(options["settings"]))
    told = _Told(language)
    documents = told.documents(progress(files, len(inputs.files), language))
    if separate:
        _put_each(documents, wanted, out)
    else:
        _put(documents, wanted, out)
    told.say_rest()
    if inputs.empty or told.errors:
        return ExitCode.UNREADABLE
    return ExitCode.FINDINGS if told.left_out else ExitCode.NOTHING


class _Told:
    """Says on stderr what could not be read, and what a layout has no cell for, while documents pass.

    Attributes:
        errors: how many files, or forms, could not be read.
        left_out: how many fields were not printed.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self.errors = self.left_out = 0

    def documents(self, files: "Iterator[FileLaid]") -> "Iterator[Document]":
        """The documents of the files, one by one."""
        number = 0
        for file in files:
            if file.error is not None:
                self.errors += 1
                said = getattr(file.error.message, self._language), getattr(file.error.advice, self._language)
                click.echo(" ".join(said), err=True)
            for laid in file.forms:
                number += 1
                self._say(number, laid.left_out)
                yield laid.document

    def _say(self, number: int, left_out: "tuple[LeftOut, ...]") -> None:
        for each in left_out:
            self.left_out += 1
            if self.left_out > _MOST_TOLD:
                return
            zh = f"第 {number} 张表：此版式没有“{each.zh}”栏，未印出：{each.text}"
            en = f"Form {number}: this layout has no cell for {each.en}; not printed: {each.text}"
            click.echo(zh if self._language == "zh" else en, err=True)

    def say_rest(self) -> None:
        """How many more there were."""
        more = self.left_out - _MOST_TOLD
        if more > 0:
            zh, en = f"另有 {more} 处未印出。", f"{more} more were not printed."
            click.echo(zh if self._language == "zh" else en, err=True)


def _put(documents: "Iterable[Document]", wanted: "Wanted", out: Path) -> None:
    """Write all documents into one file; without any, none."""
    from itertools import chain

    from jixiao.desk.documents import document_file
    from jixiao.desk.files import refuse_output

    refuse_output(out, ())
    coming = iter(documents)
    first = next(coming, None)
    if first is not None:
        put(document_file(chain([first], coming), wanted), out)


def _put_each(documents: "Iterable[Document]", wanted: "Wanted", folder: Path) -> None:
    """Write each document into a file of its own in a folder, which is made if its parent is there."""
    from jixiao.desk.documents import document_file, file_name
    from jixiao.desk.files import made_folder

    fresh = made_folder(folder)
    try:
        for number, document in enumerate(documents, 1):
            put(document_file([document], wanted), folder / file_name(number, document.name, wanted.kind))
    finally:
        if fresh and not any(folder.iterdir()):
            folder.rmdir()
