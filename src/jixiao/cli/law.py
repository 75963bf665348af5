"""Commands on the rules: explain, rulebooks, whatif."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jixiao import __version__
from jixiao.cli.handling import gather, progress, write
from jixiao.cli.options import (
    Language,
    format_option,
    lang_option,
    limit_option,
    out_option,
    paths_argument,
    rulebook_option,
)
from jixiao.cli.root import ExitCode, jixiao
from jixiao.desk.inputs import DOCUMENTS

if TYPE_CHECKING:
    from jixiao.writing.whatif.report import WhatIfReport

_DIFF_WORDS = 3


@jixiao.command()
@click.argument("words", nargs=-1, metavar="[CODE|ENTRY|CONTRACT]")
@format_option("text", "json")
@lang_option
@rulebook_option
def explain(words: tuple[str, ...], kind: str, language: Language, rulebook: str | None) -> ExitCode:
    """一项检查问什么、依据哪一条；规则集的一项说什么。 What a check asks, on which clause; what an entry says.

    不写则列出全部检查。规则集的一项如 Without a name, all checks. Entries of a rulebook, such as: p.places, score,
    profile standard, grade, cap, "clause 第十六条". 数据约定 The JSON Schema of a contract: jixiao/form/1,
    jixiao/review/1, jixiao/folder/1, jixiao/letter/1, jixiao/summary/1, jixiao/fix/1, jixiao/verify/1,
    jixiao/seal/1.
    """
    from jixiao.desk.explaining import check_list, explanation

    name = " ".join(words)
    click.echo(explanation(name, kind, language, rulebook) if name else check_list(kind, language))
    return ExitCode.NOTHING


@jixiao.command()
@click.argument("words", nargs=-1, metavar="[ID | diff ID[@DAY] ID[@DAY]]")
@click.option("--on", "day", default=None, metavar="YYYY-MM-DD", help="哪一天有效 in force on this day.")
@format_option("text", "json")
@lang_option
def rulebooks(words: tuple[str, ...], day: str | None, kind: str, language: Language) -> ExitCode:
    """列出规则集，或一部的每一项，或两部的不同之处。 List the rulebooks, or one's every entry, or how two differ.

    jixiao rulebooks diff cn@2020-12-31 cn-shanghai
    """
    from jixiao.desk.explaining import book_difference
    from jixiao.desk.pages import book_list, book_page

    if words[:1] == ("diff",):
        if len(words) != _DIFF_WORDS:
            raise click.UsageError("请写两部规则集 name two rulebooks: jixiao rulebooks diff cn cn-shanghai")
        at = f"@{day}" if day else ""
        first, second = (word if "@" in word else word + at for word in words[1:])
        click.echo(book_difference(first, second, kind, language))
    elif len(words) > 1:
        raise click.UsageError(f"只能写一部规则集 name one rulebook, not {len(words)}: {' '.join(words)}")
    else:
        click.echo(book_page(words[0], day, kind, language) if words else book_list(kind, language))
    return ExitCode.NOTHING


@jixiao.command()
@paths_argument
@click.option("--rulebook", default=None, metavar="ID", help="改用这部规则集 score every form under this rulebook.")
@click.option(
    "--base", type=click.Choice(["adjusted", "initial"]), default=None,
    help="执行率的基数：全年预算数或年初预算数 the budget over which execution is computed.",
)  # fmt: skip
@click.option(
    "--set", "values", multiple=True, metavar="NAME=VALUE",
    help="改一个参数，如 over_completion=120；可多次给出 change a parameter; may be repeated.",
)  # fmt: skip
@click.option(
    "--against", default=None, metavar="ID", help="与这部规则集比较，不按地名识别 compare with this rulebook."
)
@format_option("text", "json", "html", "csv")
@lang_option
@limit_option
@out_option
def whatif(paths: tuple[str, ...], *, kind: str, language: Language, out: Path | None, **options: Any) -> ExitCode:
    """规则试算：换一部规则集、一个基数或一个参数，谁升谁降。 The rule lab: who moves under other rules."""
    from jixiao.corpus.formsfile import FORMS_FILES
    from jixiao.desk.reviewing import limits_of
    from jixiao.desk.whatif import scenario_of, try_rules, whatif_report

    scenario = scenario_of(options["rulebook"], options["base"], options["values"], options["against"])
    inputs = gather(paths, language, out, endings=DOCUMENTS | FORMS_FILES)
    tried = try_rules(inputs.files, scenario, limits_of(options["settings"]))
    report = whatif_report(progress(tried, len(inputs.files), language), scenario, __version__)
    write(_lab(report, kind, language), out)
    return ExitCode.UNREADABLE if inputs.empty or report.unread else ExitCode.NOTHING


def _lab(report: "WhatIfReport", kind: str, language: Language) -> str | bytes:
    from jixiao.writing.whatif import page, table, text

    if kind == "html":
        return page.write_html(report, language)
    if kind == "text":
        return text.write_text(report, language)
    return table.write_csv(report) if kind == "csv" else table.write_json(report)
