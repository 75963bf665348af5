"""The command that builds a corpus."""

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from jixiao.cli.corpus import corpus
from jixiao.cli.options import Language, lang_option, limit_option, rulebook_option
from jixiao.cli.root import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.corpus.building.run import Built, Progress, Watch

_MOST_TOLD = 20


@corpus.command()
@click.argument("source", metavar="FOLDER|URL")
@click.option(
    "--out", required=True, metavar="DIR|s3://BUCKET/PREFIX", help="数据库所在的文件夹或存储 where the corpus lies."
)
@rulebook_option
@click.option(
    "--processes", type=click.IntRange(1), default=None, metavar="N",
    help="几个进程，默认与处理器数相同 processes at work; as many as processors.",
)  # fmt: skip
@click.option(
    "--part", type=click.IntRange(1), default=None, metavar="N", help="每部分最多几张表 forms of a part, at most."
)
@click.option("--engine", metavar="ray[://HOST:PORT]", default=None, help="在 Ray 上读 read on Ray; see jixiao doctor.")
@lang_option
@limit_option
def build(source: str, *, out: str, rulebook: str | None, language: Language, **options: Any) -> ExitCode:
    """一批表 → 按列存放的数据库：只读新的和变了的，中断后接着做。 Many forms → a corpus in columns.

    Only what is new or changed is read; killed, it goes on where it stopped.
    """
    from jixiao.corpus.building.run import Asked
    from jixiao.corpus.building.way import PART
    from jixiao.desk.corpus.building import build_corpus, way_of
    from jixiao.desk.corpus.engines import engine_at_work, reachable_from_workers
    from jixiao.desk.corpus.fetching import sources_of
    from jixiao.desk.reviewing import limits_of

    way = way_of(rulebook, limits_of(options["settings"]))
    engine = options["engine"]
    if engine is not None:
        source, out = reachable_from_workers(source), reachable_from_workers(out)
    with sources_of(source, way.limits) as found, _bar(language) as watch, engine_at_work(engine) as turn:
        asked = Asked(options["part"] or PART, options["processes"], watch, turn)
        built = build_corpus(found, out, way, asked)
    if found.left_out:
        zh, en = (
            f"另有 {found.left_out} 个其他类型的文件未读。",
            f"{found.left_out} files of other kinds were left out.",
        )
        click.echo(zh if language == "zh" else en, err=True)
    _say(built, language)
    return _tell_aside(built, language)


@contextmanager
def _bar(language: Language) -> "Iterator[Watch | None]":
    """Shows on a terminal how far a build is."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    words = ("读取", "张表", "个放到一边") if language == "zh" else ("Reading", "forms", "set aside")
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("MB"),
        TextColumn("{task.fields[said]}"), TimeRemainingColumn(),
    )  # fmt: skip
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words[0], total=None, said="")

        def show(progress: "Progress") -> None:
            said = f"{progress.forms:,} {words[1]}" + (f", {progress.aside:,} {words[2]}" if progress.aside else "")
            bar.update(task, total=progress.total >> 20, completed=progress.done >> 20, said=said)

        yield show


def _say(built: "Built", language: Language) -> None:
    manifest = built.corpus.manifest
    where, forms, parts = built.corpus.storage.label, manifest.forms, len(manifest.parts)
    if not built.changed:
        zh, en = "没有变化。", "Nothing has changed."
    else:
        zh, en = f"读了 {built.read:,} 个文件。", f"{built.read:,} files were read."
        if built.resumed:
            zh, en = f"接着做完了上次中断的建库。{zh}", f"A build that had broken off was finished. {en}"
    zh += f"{where} 有 {forms:,} 张表，{parts:,} 个部分。"
    click.echo(zh if language == "zh" else f"{en} {where} has {forms:,} forms in {parts:,} parts.")


def _tell_aside(built: "Built", language: Language) -> ExitCode:
    """Say which files, and forms of files, are not in the corpus, and why; the exit code that this gives."""
    from jixiao.corpus.building.run import set_aside

    more = 0
    for at, line in enumerate(set_aside(built.corpus)):
        if at < _MOST_TOLD:
            click.echo(line.zh if language == "zh" else line.en, err=True)
        else:
            more += 1
    if more:
        zh, en = f"另有 {more:,} 个未收入，见 sources 表。", f"{more:,} more are not in it: see the table sources."
        click.echo(zh if language == "zh" else en, err=True)
    if not built.corpus.manifest.forms:
        zh = "没有读到一张自评表。请检查给出的是不是存放自评表的文件夹。"
        click.echo(zh if language == "zh" else "No form was found. Check that the folder is one of forms.", err=True)
    aside = sum(count for verdict, count in built.corpus.manifest.counts.items() if verdict not in _fine())
    return ExitCode.UNREADABLE if aside or not built.corpus.manifest.forms else ExitCode.NOTHING


def _fine() -> frozenset[str]:
    from jixiao.corpus.building.way import FINE

    return FINE
