"""The command that publishes a corpus as open data."""

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jixiao.cli.handling import tell
from jixiao.cli.options import Language, lang_option
from jixiao.cli.root import ExitCode, jixiao

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.corpus.publishing.run import Told


@jixiao.command()
@click.argument("corpus", metavar="DIR|s3://BUCKET/PREFIX")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER",
    help="写到哪个文件夹，要么写完要么不动 where to write, whole or not at all.",
)  # fmt: skip
@click.option("--title", default="", metavar="TEXT", help="数据的名称 what the data are called.")
@click.option("--publisher", default="", metavar="NAME", help="谁公开 who publishes.")
@click.option("--home", default="", metavar="URL", help="将来的网址 the address at which it will be read.")
@click.option(
    "--licence", default="", metavar="ID", help="许可，如 CC-BY-4.0；不给则不写 the licence; none is stated without."
)
@click.option("--licence-title", default="", metavar="TEXT", help="许可的名称 title of the licence.")
@click.option("--licence-path", default="", metavar="URL", help="许可全文的网址 address of its text.")
@lang_option
def publish(corpus: str, *, out: Path, language: Language, **said: str) -> ExitCode:
    """把表库公开：数据包、可查找的静态网站、SQLite。 A corpus as open data: data package, static site, SQLite."""
    from jixiao.corpus.publishing.about import Licence
    from jixiao.corpus.publishing.run import Options
    from jixiao.desk.corpus.opening import notices
    from jixiao.desk.corpus.publishing import publish_corpus

    tell(notices(corpus), language)
    licence = Licence(said["licence"], said["licence_title"], said["licence_path"])
    options = Options(said["title"] or Options().title, said["publisher"], said["home"], licence)
    with _bar(language) as told:
        made = publish_corpus(corpus, out.expanduser().absolute(), options, told)
    zh = f"{out}：公开了 {made.forms:,} 张表。网站从 site/index.html 看起；查找要经网页服务器打开。"
    en = f"{out}: {made.forms:,} forms published. The site begins at site/index.html; its search needs a web server."
    if made.kept:
        zh, en = (
            f"接着上次中断的做（{made.kept} 步已完成）。{zh}",
            f"Taken up where it broke off ({made.kept} steps done). {en}",
        )
    click.echo(zh if language == "zh" else en)
    return ExitCode.NOTHING


@contextmanager
def _bar(language: Language) -> "Iterator[Told]":
    """Shows on a terminal how far it is; elsewhere it is quiet."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(zh: str, en: str, done: int, total: int) -> None:
            bar.update(task, description=zh if language == "zh" else en, completed=done, total=total)

        yield show
