"""The command that sweeps the office's store of files."""

import os
from pathlib import Path

import click

from jixiao.cli.options import Language, lang_option
from jixiao.cli.root import ExitCode, jixiao


@jixiao.command()
@click.option(
    "--data", type=click.Path(path_type=Path), default="jixiao-data", envvar="JIXIAO_DATA", show_default=True,
    metavar="DIR", help="报送端的数据文件夹 the data folder of the office.",
)  # fmt: skip
@lang_option
def sweep(*, data: Path, language: Language) -> ExitCode:
    """清扫文件库：没有记录指向、且超过一小时的文件。 Take away files of the store that no row names.

    进程中途死亡才会留下；每天也自动清扫；不到一小时的留着。 Left by a process that died; done daily, too.
    """
    from jixiao.desk.errors import WrongUse
    from jixiao.office.serve.ready import load_settings, open_database

    if not data.is_dir():
        zh = f"没有数据文件夹 {data}。请用 --data 指明报送端的数据文件夹。"
        raise WrongUse(zh, f"There is no data folder {data}. Name that of the office with --data.")
    os.environ["JIXIAO_DATA"] = str(data.expanduser().absolute())
    load_settings()
    open_database(lambda zh, en: click.echo(en if language == "en" else zh, err=True))
    from jixiao.office.filing import sweeping

    found = sweeping.sweep()
    zh = (
        f"没有记录的文件 {found.orphans} 个，没写完的 {found.unfinished} 个；清除 {found.removed} 个，"
        f"不到一小时的 {found.young} 个留着。"
    )
    en = (
        f"{found.orphans} files without a row, {found.unfinished} that were being written; {found.removed} were"
        f" removed, {found.young} are less than an hour old and stay."
    )
    click.echo(en if language == "en" else zh)
    return ExitCode.NOTHING
