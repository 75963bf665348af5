"""The command that writes to units and departments: letter."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jixiao.cli.folder import asked_of
from jixiao.cli.handling import day_of, gather, progress
from jixiao.cli.options import (
    Language,
    approved_option,
    lang_option,
    last_year_option,
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
    from jixiao.desk.letters import Order, Written

_DAY = click.DateTime(["%Y-%m-%d"])


@jixiao.command()
@paths_argument
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER",
    help="写入此文件夹，要么全部写完要么不动 write into this folder, all of it or nothing.",
)  # fmt: skip
@click.option(
    "--format", "formats", multiple=True, default=("docx",), show_default=True,
    type=click.Choice(["docx", "pdf", "ofd", "xlsx", "html", "text", "json"]),
    help="形式，可多次给出 form of output; may be repeated.",
)  # fmt: skip
@click.option(
    "--kind", type=click.Choice(["review", "summary"]), default="review", show_default=True,
    help="给单位的复核意见函，或部门的自评情况报告 the review letter to a unit, or the summary of a department.",
)  # fmt: skip
@click.option(
    "--unit", "units", multiple=True, metavar="NAME",
    help="只写这个单位（或部门）的，可多次给出 for this unit (or department) only; may be repeated.",
)  # fmt: skip
@click.option(
    "--fonts", type=click.Path(path_type=Path, file_okay=False, exists=True), default=None, envvar="JIXIAO_FONTS",
    metavar="FOLDER", help="本单位自有字体的文件夹（仿宋、小标宋等），用于 PDF、OFD a folder of your own fonts.",
)  # fmt: skip
@click.option("--from", "sender", default="", metavar="NAME", help="发函单位 who sends it.")
@click.option("--number", default="", metavar="文号", help="发文字号 reference number.")
@click.option("--reply-by", type=_DAY, default=None, metavar="YYYY-MM-DD", help="回复期限 until when to answer.")
@click.option(
    "--on", "day", type=_DAY, default=None, metavar="YYYY-MM-DD",
    help="函件日期，也按这一天看说明是否有效，默认今天 the day of the letter, for waivers, too; today.",
)  # fmt: skip
@lang_option
@rulebook_option
@limit_option
@last_year_option
@approved_option
@peers_option
@waivers_option
@trial_option
def letter(paths: tuple[str, ...], out: Path, language: Language, **options: Any) -> ExitCode:
    """每个单位一份复核意见函，或每个部门一份自评情况报告。 A review letter for each unit, or a summary report.

    函中每个数字都是数据中的一项；数据不能知道的，留“【待填写：…】”。 Every number in the text is a field of the data
    (--format json); what no data can know is a marked blank.
    """
    from jixiao.corpus.formsfile import FORMS_FILES
    from jixiao.desk.folder import review_folder
    from jixiao.desk.letters import check_folder, check_order, write_letters

    order = _order(options, language)
    check_order(order)
    check_folder(out, paths)
    asked = asked_of(options | {"sample": None, "seed": "1", "each_unit": False}, language)
    inputs = gather(paths, language, endings=DOCUMENTS | FORMS_FILES)
    with review_folder(inputs.files, asked, lambda items, length: progress(items, length, language)) as report:
        for written in write_letters(report, order, out, inputs.files):
            click.echo(_told(written, language))
        for each in report.errors:
            click.echo(each.error.message.zh if language == "zh" else each.error.message.en, err=True)
        if inputs.empty or report.errors:
            return ExitCode.UNREADABLE
        return ExitCode.FINDINGS if report.asks else ExitCode.NOTHING


def _order(options: dict[str, Any], language: Language) -> "Order":
    from jixiao.desk.letters import Order
    from jixiao.writing.letter.data import Sending

    reply_by = options["reply_by"]
    day = day_of(options["day"])
    sending = Sending(day, options["number"], options["sender"], None if reply_by is None else reply_by.date())
    return Order(options["kind"], options["formats"], sending, options["units"], language, options["fonts"])


def _told(written: "Written", language: Language) -> str:
    unit = written.unit or ("单位不明" if language == "zh" else "unit unknown")
    if language == "zh":
        more = f"（{written.recalled} 处的依据凭记忆、原文未核，发出前请核对）" if written.recalled else ""
        return f"{written.path}：{unit}，自评表 {written.forms} 张，意见 {written.items} 处{more}"
    more = (
        f" ({written.recalled} rest on a clause not seen in print: verify before sending)" if written.recalled else ""
    )
    return f"{written.path}: {unit}, forms {written.forms}, observations {written.items}{more}"
