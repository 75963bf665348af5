"""Commands that measure a corpus: near-duplicate texts, the inflation meter, similar projects."""

from pathlib import Path
from typing import Any

import click

from jixiao.cli.corpus import corpus
from jixiao.cli.handling import tell, write
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


@corpus.command()
@where_argument
@click.option(
    "--least", type=click.IntRange(5), default=20, show_default=True, metavar="N",
    help="少于这么多就不判断 groups of fewer are not judged.",
)  # fmt: skip
@click.option(
    "--format", "kind", type=click.Choice(["text", "html", "csv", "json"]), default=None,
    help="输出形式，不写则看文件名 form of output; by the file's name, else text.",
)  # fmt: skip
@lang_option
@out_option
def inflation(where: str, *, least: int, kind: Any, language: Language, out: Path | None) -> ExitCode:
    """虚高量尺：满分、恰好命中、扎堆、减钱不减分、雷同。 The inflation meter: what claims look like together."""
    from jixiao.desk.corpus.inflation import kind_of, measure, told
    from jixiao.desk.corpus.opening import notices

    tell(notices(where), language)
    write(told(measure(where, least), kind_of(kind, out), language), out)
    return ExitCode.NOTHING


@corpus.command("peers")
@where_argument
@click.option("--source", default="", help="来源说明 where the forms come from, in words.")
@click.option("--least", type=click.IntRange(3), default=5, show_default=True, help="至少多少个项目 fewest projects.")
@click.option(
    "--format", "kind", type=click.Choice(["json", "csv"]), default="json", show_default=True,
    help="json 供 check --peers 使用；csv 分指标、分资金档 json for check --peers; csv by indicator and money.",
)  # fmt: skip
@out_option
def corpus_peers(where: str, *, source: str, least: int, kind: Any, out: Path | None) -> ExitCode:
    """同类项目：别人花差不多的钱，承诺多少、做到多少。 What others promised and achieved for similar money."""
    from jixiao.desk.corpus import peers

    data = peers.corpus_peers_table(where, least) if kind == "csv" else peers.corpus_peers(where, source, least)
    write(data, out)
    return ExitCode.NOTHING
