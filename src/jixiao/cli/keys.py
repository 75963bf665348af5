"""The command that turns the keys of sealed fields."""

import os
from pathlib import Path

import click

from jixiao.cli.options import Language, lang_option
from jixiao.cli.root import ExitCode, jixiao


@jixiao.group()
def keys() -> None:
    """字段密钥：电话、邮箱、动态口令在数据库中加密。 The keys of fields that are encrypted in the database."""


@keys.command()
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True, file_okay=False), default="jixiao-data",
    envvar="JIXIAO_DATA", show_default=True, metavar="DIR", help="数据文件夹 the data folder.",
)  # fmt: skip
@lang_option
def rotate(*, data: Path, language: Language) -> ExitCode:
    """换用新密钥，并用它重新加密全部字段。 Make a new key and encrypt everything anew with it.

    旧密钥留在文件里，用来打开以前的备份。服务可以不停；之后请重新启动。
    Old keys stay in the file, for earlier backups. The office may go on; start it again afterwards.
    """
    os.environ["JIXIAO_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.office.settings")
    import django

    django.setup()
    from jixiao.office.accounts.turning import turn_key

    rows = turn_key()
    said = {"zh": f"已换用新密钥，重新加密 {rows} 行。", "en": f"A new key is in use; {rows} rows were encrypted anew."}
    click.echo(said[language])
    return ExitCode.NOTHING
