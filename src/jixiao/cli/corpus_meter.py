"""Commands that measure a corpus: near-duplicate texts, the inflation meter, similar projects."""

from pathlib import Path
from typing import Any

import click

from jixiao.cli.corpus import corpus
from jixiao.cli.handling import write
from jixiao.cli.options import Language, format_option, lang_option, out_option
from jixiao.cli.root import ExitCode

where_argument = click.argument("where", metavar="DIR|s3://BUCKET/PREFIX")


@corpus.command()
@where_argument
@format_option("text", "csv", "json")
@lang_option
@out_option
def similar(where: str, *, kind: Any, language: Language, out: Path | None) -> ExitCode:
    """跨单位、跨年度的雷同文字；结果存入库中。 Near-duplicate texts across units and years; kept in the corpus."""
    from jixiao.desk.corpus.similar import find_similar, told

    write(told(find_similar(where), kind, language), out)
    return ExitCode.NOTHING
