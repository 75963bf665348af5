"""The command that scores a corpus."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from jixiao.cli.corpus import corpus
from jixiao.cli.handling import tell
from jixiao.cli.options import Language, lang_option
from jixiao.cli.root import ExitCode


@corpus.command()
@click.argument("where", metavar="DIR|s3://BUCKET/PREFIX")
@click.option(
    "--engine", default="polars", show_default=True, metavar="polars|kernel|spark://…|yarn|k8s://…|sc://…|ray[://…]",
    help="用什么算：kernel 更快，需另装；或在集群上 what computes; kernel is faster, needs an extra; or a cluster.",
)  # fmt: skip
@click.option(
    "--sql", is_flag=True, help="由 Spark 自己算生成的 SQL，不装任何包 Spark computes generated SQL, no wheel there."
)
@click.option("--conf", metavar="NAME=VALUE", multiple=True, help="Spark 的设置 a setting of Spark.")
@click.option("--book", "rulebook", metavar="ID", help="全部按这部规则集算 this rulebook for all forms.")
@click.option(
    "--checks", "asked", type=click.Choice(["all", "numeric"]), default="all", show_default=True,
    help="全部检查，或只做不读文字的 all checks, or those that read no free text.",
)  # fmt: skip
@click.option(
    "--processes", type=click.IntRange(1), default=None, metavar="N",
    help="几个进程，默认与处理器数相同 processes at work; as many as processors.",
)  # fmt: skip
@lang_option
def score(where: str, *, engine: str, language: Language, **options: Any) -> ExitCode:
    """全库重算得分、做全部检查，写成两张表。 Score all forms of a corpus and answer its checks, as two tables."""
    from jixiao.desk.corpus.memory import keep_freed_memory

    keep_freed_memory()
    from jixiao.desk.corpus.opening import notices
    from jixiao.desk.corpus.scoring import score as scored
    from jixiao.desk.corpus.scoring_there import There, score_there

    law = {"rulebook": options["rulebook"], "asked": options["asked"]}
    with _bar(language) as watch:
        if engine in ("polars", "kernel") and not options["sql"]:
            made = scored(
                where,
                engine="kernel" if engine == "kernel" else "polars",
                processes=options["processes"],
                watch=watch,
                **law,
            )
        else:
            there = There(engine, options["sql"], options["conf"])
            made = score_there(where, there, watch=watch, **law)
    tell(notices(where), language)
    tables = f"{where}: scores_of_forms, scores_of_indicators"
    zh = f"算了 {made.forms:,} 张表、{made.indicators:,} 项指标。{tables}。"
    en = f"{made.forms:,} forms and {made.indicators:,} indicators were scored. {tables}."
    if made.alone:
        zh += f"其中 {made.alone:,} 张有超出列范围的数，已单独计算，同样精确。"
        en += f" {made.alone:,} of them have numbers beyond the columns; they were computed alone, as exactly."
    click.echo(zh if language == "zh" else en)
    return ExitCode.NOTHING


@contextmanager
def _bar(language: Language) -> Iterator[Callable[[int, int], None] | None]:
    """Shows on a terminal how many parts are done."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("计分" if language == "zh" else "Scoring", total=None)
        yield lambda done, parts: bar.update(task, total=parts, completed=done)
