"""The command that copies the public site into files."""

import os
from pathlib import Path

import click

from jixiao.cli.options import Language, lang_option
from jixiao.cli.root import ExitCode, jixiao


@jixiao.command("publish-site")
@click.option(
    "--data", type=click.Path(path_type=Path), default="jixiao-data", envvar="JIXIAO_DATA", show_default=True,
    metavar="DIR", help="报送端的数据文件夹 the data folder of the office.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help="写到哪里 where to write."
)
@click.option("--site", required=True, metavar="URL", help="副本将来的网址 the address at which it will be read.")
@click.option(
    "--documents/--no-documents",
    default=True,
    show_default=True,
    help="是否连同正式文件（PDF、OFD、DOCX、XLSX） with the official documents or without.",
)
@lang_option
def publish_site(*, data: Path, out: Path, site: str, documents: bool, language: Language) -> ExitCode:
    """把公开网站写成静态文件，放到任何网页服务器上都能用。 Copy the public site into files for any web server."""
    from jixiao.desk.errors import WrongUse
    from jixiao.office.serve.ready import load_settings, open_database

    if not data.is_dir():
        zh = f"没有数据文件夹 {data}。请用 --data 指明报送端的数据文件夹。"
        raise WrongUse(zh, f"There is no data folder {data}. Name that of the office with --data.")
    os.environ["JIXIAO_DATA"] = str(data.expanduser().absolute())
    load_settings()
    open_database(lambda zh, en: click.echo(en if language == "en" else zh, err=True))
    from jixiao.office.publication.copying import copy_site

    count = copy_site(out.expanduser().absolute(), site, documents=documents)
    click.echo(f"{out}: {count} files" if language == "en" else f"{out}：写出 {count} 个文件")
    return ExitCode.NOTHING
