"""The command that mines a corpus for indicators."""

from pathlib import Path
from typing import Any

import click

from jixiao.cli.corpus import corpus
from jixiao.cli.handling import tell, write
from jixiao.cli.options import Language, format_option, lang_option, out_option
from jixiao.cli.root import ExitCode


@corpus.command()
@click.argument("where", metavar="DIR|s3://BUCKET/PREFIX")
@click.option("--search", default="", metavar="TEXT", help="只列含此文字的 only what holds this text.")
@click.option(
    "--least", type=click.IntRange(1), default=3, show_default=True,
    help="至少见于几张表 forms that an indicator must stand on.",
)  # fmt: skip
@click.option("--no-tables", is_flag=True, help="不把指标库写入数据库 do not write the tables into the corpus.")
@format_option("text", "json", "csv")
@lang_option
@out_option
def indicators(where: str, *, kind: str, language: Language, out: Path | None, **options: Any) -> ExitCode:
    """指标库：定多少、完成多少、可不可衡量，附出处。 Indicators: targets, results, measurability, sources."""
    from jixiao.desk.corpus.indicators import indicator_library
    from jixiao.desk.corpus.opening import notices
    from jixiao.writing.indicators.write import write_csv, write_json, write_text

    tell(notices(where), language)
    library = indicator_library(where, options["least"], options["search"], keeping=not options["no_tables"])
    if kind == "text":
        write(write_text(library, language), out)
    else:
        write(write_csv(library) if kind == "csv" else write_json(library), out)
    return ExitCode.NOTHING
