"""The command on many forms: review."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jixiao.cli.handling import day_of, gather, known, progress, write
from jixiao.cli.options import (
    Language,
    approved_option,
    format_option,
    lang_option,
    limit_option,
    paths_argument,
    peers_option,
    rulebook_option,
    trial_option,
    waivers_option,
)
from jixiao.cli.root import ExitCode, jixiao
from jixiao.desk.inputs import DOCUMENTS

if TYPE_CHECKING:
    from jixiao.desk.folder import Asked


@jixiao.command()
@paths_argument
@format_option("text", "json", "sarif")
@lang_option
@rulebook_option
@limit_option
@click.option(
    "--out", "outs", multiple=True, type=click.Path(path_type=Path), metavar="FILE.html|.xlsx|.json|.sarif|.txt",
    help="另写成文件，由后缀定形式，可多次给出 also write files, the ending says which kind; may be repeated.",
)  # fmt: skip
@click.option(
    "--sample", default=None, metavar="N|N%", help="抽查多少张，按风险抽 draw so many for spot checks, by risk."
)
@click.option("--seed", default="1", show_default=True, help="抽样的种子 seed of the sample.")
@click.option("--each-unit", is_flag=True, help="每个单位至少抽一张 each unit gives at least one.")
@waivers_option
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="YYYY-MM-DD",
    help="按哪一天看说明是否有效，默认今天 the day for which waivers are looked at; today.",
)  # fmt: skip
@trial_option
@approved_option
@peers_option
def review(paths: tuple[str, ...], kind: str, language: Language, outs: tuple[Path, ...], **options: Any) -> ExitCode:
    """一批表：先看哪张、各单位汇总、两年对照、抽查。 Many forms: which to open first, units, two years, spot checks."""
    from jixiao.corpus.formsfile import FORMS_FILES
    from jixiao.desk.folder import review_folder
    from jixiao.writing.folder.kinds import render_folder

    asked, kinds = asked_of(options | {"last_year": None}, language), _kinds(outs)
    inputs = gather(paths, language, *outs, endings=DOCUMENTS | FORMS_FILES)
    with review_folder(inputs.files, asked, lambda items, length: progress(items, length, language)) as report:
        for out, wanted in kinds.items():
            write(render_folder(report, wanted, language), out)
        write(render_folder(report, kind, language), None)
        if inputs.empty or report.errors:
            return ExitCode.UNREADABLE
        return ExitCode.FINDINGS if report.asks else ExitCode.NOTHING


def asked_of(options: dict[str, Any], language: Language) -> "Asked":
    """What the options ask of a folder; files they name are read.

    Raises:
        WrongUse: a size, a seed, a rulebook or a file is none.
    """
    from msgspec.structs import replace

    from jixiao.desk.folder import Asked, check_asked, read_waivers
    from jixiao.desk.reviewing import limits_of

    waivers = () if options["waivers"] is None else read_waivers(options["waivers"])
    asked = Asked(
        day=day_of(options["day"]),
        rulebook=options["rulebook"], trial=options["trial"], sample=options["sample"], seed=options["seed"],
        each_unit=options["each_unit"], waivers=waivers, limits=limits_of(options["settings"]),
    )  # fmt: skip
    check_asked(asked)
    return replace(asked, known=known(options, language, asked.limits))


def _kinds(outs: tuple[Path, ...]) -> dict[Path, str]:
    """The kind of each output by its ending."""
    from jixiao.desk.errors import WrongUse
    from jixiao.writing.folder.kinds import ENDINGS

    for out in outs:
        if out.suffix.lower() not in ENDINGS:
            known = "、".join(ENDINGS)
            zh = f"{out}：看不出要什么形式。后缀请用 {known}。"
            raise WrongUse(zh, f"{out}: its ending does not say which kind. Use one of {', '.join(ENDINGS)}.")
    return {out: ENDINGS[out.suffix.lower()] for out in outs}
