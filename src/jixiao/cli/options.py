"""Arguments and options that several commands take."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import click

from jixiao.cli.root import ExitCode

Language = Literal["zh", "en"]
paths_argument = click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER|PATTERN...")
lang_option = click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), default="zh", envvar="JIXIAO_LANG", show_default=True,
    help="语言 language of what is printed.",
)  # fmt: skip
out_option = click.option(
    "--out", type=click.Path(path_type=Path), default=None, metavar="FILE",
    help="写入此文件，要么写完要么不动 write to this file, whole or not at all.",
)  # fmt: skip
rulebook_option = click.option(
    "--rulebook", default=None, metavar="ID", help="指定规则集，不按地名识别 use this rulebook, not the recognised one."
)

last_year_option = click.option(
    "--last-year", metavar="FILE|FOLDER", help="上年的自评表，按项目对应 last year's forms, found by project."
)
trial_option = click.option("--trial", is_flag=True, help="也问试行检查 ask what checks on trial ask, too.")
waivers_option = click.option(
    "--waivers", type=click.Path(path_type=Path), default=None, metavar="FILE.toml",
    help="已经说明的疑点，附理由和截止日 findings that somebody has explained, with reason and end date.",
)  # fmt: skip
approved_option = click.option(
    "--approved", metavar="FILE|FOLDER", help="批复的绩效目标申报表 the approved target forms."
)
peers_option = click.option(
    "--peers", type=click.Path(path_type=Path), metavar="FILE.json",
    help="同类项目统计，由 jixiao peers 生成 statistics of similar projects, made by jixiao peers.",
)  # fmt: skip
limit_option = click.option(
    "--limit", "settings", multiple=True, metavar="NAME=NUMBER", envvar="JIXIAO_LIMITS",
    help="改一项读取上限，如 pages=500；可多次给出 change a limit of reading, such as pages=500; may be repeated.",
)  # fmt: skip


def format_option(*choices: str) -> Callable[[Callable[..., ExitCode]], Callable[..., ExitCode]]:
    """The option of the form of output, the first choice being `text`."""
    help_ = "输出形式 form of output."
    return click.option("--format", "kind", type=click.Choice(choices), default="text", show_default=True, help=help_)
