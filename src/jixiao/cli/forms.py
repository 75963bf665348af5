"""Commands on forms, file by file: read, check, score, peers."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jixiao import __version__
from jixiao.cli.handling import gather, known, progress, tell, write
from jixiao.cli.options import (
    Language,
    approved_option,
    format_option,
    lang_option,
    last_year_option,
    limit_option,
    out_option,
    paths_argument,
    peers_option,
    rulebook_option,
    trial_option,
)
from jixiao.cli.root import ExitCode, jixiao
from jixiao.desk.inputs import DOCUMENTS

if TYPE_CHECKING:
    from jixiao.scoring.sheet import Text
    from jixiao.writing.forms_report import FileForms


@jixiao.command()
@paths_argument
@format_option("text", "json")
@lang_option
@limit_option
@out_option
@click.option(
    "--show", type=click.Path(path_type=Path), default=None, metavar="FILE.html",
    help="另写一个网页，在原件页面上框出读到的内容 also write a page with boxes around what was read.",
)  # fmt: skip
def read(
    paths: tuple[str, ...], kind: str, language: Language, settings: tuple[str, ...], *, out: Path | None,
    show: Path | None,
) -> ExitCode:  # fmt: skip
    """把表读成数据，每个字段都有位置。 Read forms as data, every field with its place."""
    from jixiao.desk.reviewing import limits_of, read_files
    from jixiao.writing import forms_report

    limits = limits_of(settings)
    inputs = gather(paths, language, out, show)
    results = list(progress(read_files(inputs.files, limits), len(inputs.files), language))
    if show is not None:
        write(_shown(results, language), show)
    failed = [result for result in results if result.error is not None]
    write(forms_report.as_json(results) if kind == "json" else forms_report.as_text(results, language), out)
    for result in failed:
        click.echo(forms_report.error_line(result, kind, language), err=True)
    return ExitCode.UNREADABLE if failed or inputs.empty else ExitCode.NOTHING


@jixiao.command()
@paths_argument
@format_option("text", "json", "html", "sarif")
@lang_option
@rulebook_option
@limit_option
@out_option
@trial_option
@last_year_option
@approved_option
@peers_option
def check(paths: tuple[str, ...], **options: Any) -> ExitCode:
    """重算得分，提出疑问。 Score again and ask: arithmetic, clause, doubt.

    文件可以是文档，也可以是 read --format json 输出的表。 Documents, or forms as read --format json prints them.
    """
    return _review(paths, asking=True, **options)


@jixiao.command()
@paths_argument
@format_option("text", "json", "html", "sarif")
@lang_option
@rulebook_option
@limit_option
@out_option
def score(paths: tuple[str, ...], **options: Any) -> ExitCode:
    """自评与复算对照，附推导。 Claimed against recomputed, with the derivation; asks nothing."""
    return _review(paths, asking=False, **options)


@jixiao.command()
@paths_argument
@click.option("--source", default="", help="来源说明 where the forms come from, in words.")
@click.option("--least", type=click.IntRange(3), default=5, show_default=True, help="至少多少个项目 fewest projects.")
@lang_option
@limit_option
@out_option
def peers(paths: tuple[str, ...], *, source: str, least: int, out: Path | None, **options: Any) -> ExitCode:
    """同类项目统计，供 check --peers 使用。 Statistics of similar projects: unit costs, quartiles, counts."""
    from jixiao.desk.known import make_peers
    from jixiao.desk.reviewing import limits_of

    problems: list[Text] = []
    data = make_peers(paths, source, least, limits_of(options["settings"]), problems.append)
    write(data, out)
    tell(problems, options["language"])
    return ExitCode.UNREADABLE if problems else ExitCode.NOTHING


def _review(
    paths: tuple[str, ...], *, asking: bool, kind: str, language: Language, out: Path | None, trial: bool = False,
    **options: Any,
) -> ExitCode:  # fmt: skip
    from jixiao.corpus.formsfile import FORMS_FILES
    from jixiao.desk.explaining import with_told
    from jixiao.desk.reviewing import encode_files, limits_of, review_files, trials_left_out
    from jixiao.writing.json_report import Tally, stream_json
    from jixiao.writing.report import ReviewReport
    from jixiao.writing.reports import render

    given: dict[str, Any] = {"rulebook": options["rulebook"], "asking": asking, "trial": trial}
    given["limits"] = limits_of(options["settings"])
    left_out = trials_left_out(asking=asking, trial=trial)
    if asking:
        given["known"] = known(options, language, given["limits"])
    inputs = gather(paths, language, out, endings=DOCUMENTS | FORMS_FILES)
    if kind == "json":
        tally = Tally()
        files = progress(encode_files(inputs.files, **given), len(inputs.files), language)
        write(stream_json(__version__, tally.count(files), left_out), out)
    else:
        reports = tuple(progress(review_files(inputs.files, **given), len(inputs.files), language))
        report = ReviewReport(__version__, reports, left_out)
        report = with_told(report) if kind == "html" else report
        write(render(report, kind, language, asked=asking), out)
        tally = Tally.of(report)
    if inputs.empty or tally.errors:
        return ExitCode.UNREADABLE
    return ExitCode.FINDINGS if (tally.asks if asking else tally.differs) else ExitCode.NOTHING


def _shown(results: "list[FileForms]", language: Language) -> bytes:
    from jixiao.desk.reviewing import show_files
    from jixiao.writing.show.page import write_shown

    shown = progress(show_files(results), len(results), language)
    return write_shown(shown, language, program=__version__)
