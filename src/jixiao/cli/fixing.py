"""The command that corrects: fix."""

from pathlib import Path
from typing import Any

import click

from jixiao import __version__
from jixiao.cli.handling import day_of, gather, progress, write
from jixiao.cli.options import Language, format_option, lang_option, limit_option, paths_argument, rulebook_option
from jixiao.cli.root import ExitCode, jixiao
from jixiao.desk.inputs import DOCUMENTS


@jixiao.command()
@paths_argument
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, metavar="FILE|FOLDER",
    help="改正后的副本，与原件同一种文件，或 .json；不给则只列出。多个文件时为文件夹 "
    "the corrected copy, of the original's kind or .json; only listed without it; a folder for several files.",
)  # fmt: skip
@format_option("text", "json")
@lang_option
@rulebook_option
@limit_option
@click.option("--author", default="Jixiao", show_default=True, help="批注署名 whose name the notes carry.")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="YYYY-MM-DD",
    help="批注的日期，默认今天 the day the notes carry; today.",
)  # fmt: skip
def fix(paths: tuple[str, ...], out: Path | None, kind: str, language: Language, **options: Any) -> ExitCode:
    """改正算术错误，另写副本，逐处说明。 Correct what is arithmetic in a copy, and tell every change.

    改合计、比率、得分、等级；表内无法判断哪一格有误的，只说明，不改。原件不动。
    退出码：0 没有要改的；1 有改正或无法判断的；2 有文件读不了或写不出副本。
    Sums, rates, scores and grades; where the form does not tell which cell is wrong, that is said and nothing changed.
    The original stays. Exit code: 0 nothing to correct, 1 corrected or undecided, 2 unreadable or no copy possible.
    """
    from jixiao.corpus.formsfile import FORMS_FILES
    from jixiao.desk.fixed_targets import targets_of
    from jixiao.desk.fixing import Asked, fix_files
    from jixiao.desk.reviewing import limits_of
    from jixiao.writing.fixing.as_json import write_json
    from jixiao.writing.fixing.as_text import write_text
    from jixiao.writing.fixing.report import FixReport

    asked = Asked(
        day=day_of(options["day"]).isoformat(),
        author=options["author"], language=language, rulebook=options["rulebook"],
        limits=limits_of(options["settings"]),
    )  # fmt: skip
    inputs = gather(paths, language, endings=DOCUMENTS | FORMS_FILES)
    targets = targets_of(paths, inputs.files, out)
    files = tuple(progress(fix_files(targets, asked), len(targets), language))
    report = FixReport(__version__, files, writes=out is not None)
    write(write_json(report) if kind == "json" else write_text(report, language), None)
    if inputs.empty or any(file.error for file in files):
        return ExitCode.UNREADABLE
    return ExitCode.FINDINGS if any(file.finds for file in files) else ExitCode.NOTHING
