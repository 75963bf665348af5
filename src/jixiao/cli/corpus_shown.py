"""Commands that look at a corpus: show, verify."""

from typing import TYPE_CHECKING, Final

import click

from jixiao.cli.corpus import corpus
from jixiao.cli.handling import tell
from jixiao.cli.options import Language, lang_option
from jixiao.cli.root import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jixiao.corpus.manifest import Corpus
    from jixiao.corpus.measured import Measure, State
    from jixiao.corpus.verifying import Contents

_MOST_TOLD = 50


@corpus.command()
@click.argument("where", metavar="DIR|s3://BUCKET/PREFIX")
@lang_option
def show(where: str, *, language: Language) -> ExitCode:
    """库里有什么：表、年度、规则集、来源。 What a corpus holds, in words."""
    from jixiao.corpus.manifest import open_corpus
    from jixiao.corpus.measured import measures
    from jixiao.corpus.verifying import contents
    from jixiao.desk.corpus.building import mark, told_as_wrong_use
    from jixiao.desk.corpus.opening import outdated

    with told_as_wrong_use():
        held = open_corpus(where)
        found = contents(held)
        taken = list(measures(held.storage, held.manifest, mark()))
    for zh, en in (*_said(held, found), _measured(taken)):
        click.echo(zh if language == "zh" else en)
    tell(filter(None, [outdated(held)]), language)
    return ExitCode.NOTHING


@corpus.command()
@click.argument("where", metavar="DIR|s3://BUCKET/PREFIX")
@lang_option
def verify(where: str, *, language: Language) -> ExitCode:
    """核对：每个文件的摘要、每张表是否完整、各项计数。 Digests, whole forms, counts; 1 where something is wrong."""
    from jixiao.corpus.manifest import open_corpus
    from jixiao.corpus.verifying import verify as problems
    from jixiao.desk.corpus.building import told_as_wrong_use

    count = 0
    with told_as_wrong_use():
        held = open_corpus(where)
        for problem in problems(held):
            count += 1
            if count <= _MOST_TOLD:
                click.echo(problem.zh if language == "zh" else problem.en, err=True)
    manifest = held.manifest
    if count:
        zh = f"共 {count:,} 处不符。请删去所列的文件，再运行一次 jixiao corpus build 即重做；或建到另一个文件夹。"
        en = f"{count:,} things are wrong. Take the files named away and run jixiao corpus build again, which makes"
        en += " them anew; or build into another folder."
    else:
        zh = f"核对无误：{manifest.forms:,} 张表，{len(manifest.parts):,} 个部分，清单摘要 {manifest.digest}。"
        en = f"All is as it should be: {manifest.forms:,} forms, {len(manifest.parts):,} parts, "
        en += f"digest of the manifest {manifest.digest}."
    click.echo(zh if language == "zh" else en)
    return ExitCode.FINDINGS if count else ExitCode.NOTHING


def _said(held: "Corpus", found: "Contents") -> "Iterator[tuple[str, str]]":
    manifest = held.manifest
    size = found.bytes >> 10
    where, forms, lines, parts = held.storage.label, found.forms, found.indicators, len(held.parts)
    yield (
        f"{where}：{forms:,} 张表，{lines:,} 个指标，{parts:,} 个部分，{size:,} KB。",
        f"{where}: {forms:,} forms, {lines:,} indicators, {parts:,} parts, {size:,} KB.",
    )
    years = {"—" if year is None else str(year): count for year, count in found.years.items()}
    families = {"arithmetic": "算术 arithmetic", "clause": "条款 clause", "doubt": "疑问 doubt"}
    named = {families.get(name, name): count for name, count in found.families.items()}
    yield f"年度：{_listed(years)}", f"Years: {_listed(years)}"
    yield f"规则集：{_listed(found.books)}", f"Rulebooks: {_listed(found.books)}"
    yield f"疑点（三类不相加）：{_listed(named)}", f"Findings (three families, never added up): {_listed(named)}"
    yield f"来源文件：{_listed(manifest.counts)}", f"Source files: {_listed(manifest.counts)}"
    yield f"各表行数：{_listed(found.rows)}", f"Rows: {_listed(found.rows)}"
    yield (
        f"约定 {manifest.schema}，程序 {manifest.program}，清单摘要 {manifest.digest}",
        f"Contract {manifest.schema}, program {manifest.program}, digest of the manifest {manifest.digest}",
    )


_STATES: Final["Mapping[State, tuple[str, str]]"] = {
    "now": ("与现在的库一致", "of the corpus as it is"),
    "before": ("是库改动以前的，请再运行 {}", "of the corpus before it changed; run {} again"),
    "other law": ("是按另一版程序或规则算的，请再运行 {}", "by another program or other rules; run {} again"),
    "unfinished": ("没有做完，请再运行 {}", "not finished; run {} again"),
}


def _measured(taken: "Sequence[tuple[Measure, State]]") -> tuple[str, str]:
    """Which measures were taken, and whether they still hold."""
    said = [
        (
            f"{one.name.zh} {_STATES[state][0].format(one.command)}",
            f"{one.name.en}: {_STATES[state][1].format(one.command)}",
        )
        for one, state in taken
    ]
    return f"量过的：{'；'.join(zh for zh, _ in said) or '—'}", f"Measured: {'; '.join(en for _, en in said) or '—'}"


def _listed(counts: "Mapping[str, int]") -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items()) or "—"
