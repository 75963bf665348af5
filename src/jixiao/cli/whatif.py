"""The rule lab: other rules tried on forms, or on a corpus."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jixiao import __version__
from jixiao.cli.handling import gather, progress, tell, write
from jixiao.cli.options import Language, format_option, lang_option, limit_option, out_option
from jixiao.cli.root import ExitCode, jixiao
from jixiao.desk.inputs import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.desk.whatif import Scenario
    from jixiao.writing.whatif.report import WhatIfReport

_MOST = 2000
"""Forms of a corpus that a report names."""


@jixiao.command()
@click.argument("paths", nargs=-1, metavar="FILE|FOLDER|PATTERN...")
@click.option(
    "--corpus", "where", default=None, metavar="DIR|s3://BUCKET/PREFIX",
    help="在多表库上试算，不读文件 try the rules on a corpus instead of files.",
)  # fmt: skip
@click.option(
    "--questions", "asking", is_flag=True,
    help="多表库上也数疑点，慢得多 on a corpus count questions, too, which takes far longer.",
)  # fmt: skip
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
    from jixiao.desk.corpus.opening import notices
    from jixiao.desk.whatif import scenario_of

    _check(paths, options["where"], asking=options["asking"])
    scenario = scenario_of(options["rulebook"], options["base"], options["values"], options["against"])
    if options["where"] is not None:
        tell(notices(options["where"]), language)
        write(_of_corpus(options["where"], scenario, kind, language, asking=options["asking"]), out)
        return ExitCode.NOTHING
    from jixiao.corpus.formsfile import FORMS_FILES
    from jixiao.desk.reviewing import limits_of
    from jixiao.desk.whatif import try_rules, whatif_report

    inputs = gather(paths, language, out, endings=DOCUMENTS | FORMS_FILES)
    tried = try_rules(inputs.files, scenario, limits_of(options["settings"]))
    report = whatif_report(progress(tried, len(inputs.files), language), scenario, __version__)
    write(_lab(report, kind, language), out)
    return ExitCode.UNREADABLE if inputs.empty or report.unread else ExitCode.NOTHING


def _check(paths: tuple[str, ...], where: str | None, *, asking: bool) -> None:
    if bool(paths) == (where is not None):
        zh, en = "请给出文件或文件夹，或者 --corpus，二者取一", "name files or folders, or --corpus, not both"
        raise click.UsageError(f"{zh} {en}")
    if asking and where is None:
        zh, en = (
            "--questions 只与 --corpus 同用；读文件时总是数疑点",
            "--questions goes with --corpus; files are always asked",
        )
        raise click.UsageError(f"{zh} {en}")


def _of_corpus(
    where: str, scenario: "Scenario", kind: str, language: Language, *, asking: bool
) -> "str | bytes | Iterator[bytes]":
    from jixiao.desk.corpus.trying import Wanted, corpus_report, corpus_table

    if kind == "csv":
        return corpus_table(where, scenario)
    wanted = Wanted(_MOST, lows=kind != "text", asking=asking)
    return _lab(corpus_report(where, scenario, __version__, wanted), kind, language)


def _lab(report: "WhatIfReport", kind: str, language: Language) -> str | bytes:
    from jixiao.writing.whatif import page, table, text

    if kind == "html":
        return page.write_html(report, language)
    if kind == "text":
        return text.write_text(report, language)
    return table.write_csv(report) if kind == "csv" else table.write_json(report)
