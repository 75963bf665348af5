"""The command that starts the office."""

from pathlib import Path

import click

from jixiao.cli.options import Language, lang_option
from jixiao.cli.root import ExitCode, jixiao


@jixiao.command()
@click.option(
    "--data", type=click.Path(path_type=Path), default="jixiao-data", envvar="JIXIAO_DATA", show_default=True,
    metavar="DIR", help="数据文件夹，没有则新建 the data folder; made where there is none.",
)  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="在哪个地址上服务 the address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8000, show_default=True,
    help="端口；0 为任一空闲端口 the port; 0 for any free one.",
)  # fmt: skip
@click.option("--demo", is_flag=True, help="装入演示批次和演示账号 with the demo round and demo accounts.")
@lang_option
def serve(*, data: Path, host: str, port: int, demo: bool, language: Language) -> ExitCode:
    """启动报送端网页，直到 Ctrl-C。 Start the office in a browser, until Ctrl-C.

    数据库默认为数据文件夹中的 SQLite；设环境变量 DATABASE_URL=postgresql://… 则用 PostgreSQL。
    The database is SQLite in the data folder, or what DATABASE_URL names.
    """
    from jixiao.office.serve.office import start

    start(data, host, port, demo=demo, language=language)
    return ExitCode.NOTHING
