"""The commands that put an office into one file, and make a new office from it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jixiao.cli.options import Language, lang_option
from jixiao.cli.root import ExitCode, jixiao

if TYPE_CHECKING:
    from jixiao.office.backup.contents import About, Totals

_data_option = click.option(
    "--data", type=click.Path(path_type=Path), default="jixiao-data", envvar="JIXIAO_DATA", show_default=True,
    metavar="DIR", help="报送端的数据文件夹 the data folder of the office.",
)  # fmt: skip
_passphrase_option = click.option(
    "--passphrase-file", type=click.Path(path_type=Path), default=None, envvar="JIXIAO_BACKUP_PASSPHRASE_FILE",
    metavar="FILE", help="第一行是保护密钥的口令 its first line seals the keys.",
)  # fmt: skip
_keys_option = click.option(
    "--without-keys", is_flag=True, help="不带密钥 without the keys; second factors have to be set up anew."
)


@jixiao.command()
@_data_option
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="写到哪个文件 the file to write.")
@click.option(
    "--check", type=click.Path(path_type=Path), metavar="FILE",
    help="不备份，只检查这个备份是否完好 make none: see whether this backup is sound.",
)  # fmt: skip
@_passphrase_option
@_keys_option
@lang_option
def backup(
    *, data: Path, out: Path | None, check: Path | None, passphrase_file: Path | None, without_keys: bool,
    language: Language,
) -> ExitCode:  # fmt: skip
    """备份整个报送端为一个文件，运行中也可以。 Back up the whole office into one file, while it runs, too.

    数据库的一个时刻、这一时刻所用的文件、密钥和设置。 The rows of one moment, the files they name, keys, settings.
    退出码 exit codes: 0 完好 sound; 2 有文件缺失或备份损坏 files missing, or damaged; 3 用法有误 wrong use.
    """
    from jixiao.desk.errors import WrongUse
    from jixiao.office.backup.keys import passphrase_in

    if (out is None) == (check is None):
        raise WrongUse("请用 --out 指定备份文件，或用 --check 指定要检查的备份。", "Name one of --out and --check.")
    passphrase = passphrase_in(passphrase_file)
    if check is not None:
        return _in_words(lambda: _check(check, passphrase, language))
    if out is None:
        raise AssertionError("one of both")
    sealing = "" if without_keys else passphrase
    return _in_words(lambda: _back_up(data, out, sealing, language, with_keys=not without_keys))


def _in_words(act: Callable[[], ExitCode]) -> ExitCode:
    """The act; what is damaged is a sentence."""
    from jixiao.office.backup.damage import Damaged

    try:
        return act()
    except Damaged as error:
        click.echo(f"{error.zh}\n{error.en}", err=True)
        return ExitCode.UNREADABLE


def _back_up(data: Path, out: Path, passphrase: str, language: Language, *, with_keys: bool) -> ExitCode:
    from jixiao.office.backup.office import back_up

    def told(what: str, done: int, size: int) -> None:
        _progress(f"{what} {done:,} · {size // 2**20:,} MB")

    say = _sayer(language)
    made = back_up(data, out, passphrase, told, with_keys=with_keys, say=say)
    _progress("")
    say(f"{out}：{made.size:,} 字节，SHA-256 {made.sha256}", f"{out}: {made.size:,} bytes, SHA-256 {made.sha256}")
    _tell(made.about, made.totals, language)
    if made.about.keys == "plain":
        say(
            "注意：密钥未加口令，谁拿到这个文件，谁就能冒充报送端签名。请像密钥一样保管，或用 --passphrase-file。",
            "Mind: the keys are in it as they are. Whoever has this file can sign as the office. Keep it like a key, "
            "or seal them with --passphrase-file.",
        )
    return _verdict(made.totals, language)


def _check(file: Path, passphrase: str, language: Language) -> ExitCode:
    from jixiao.office.backup.checking import check_backup

    about, totals = check_backup(file, passphrase)
    _sayer(language)(
        f"{file}：完好。版本 {about.program}，{about.made}，{about.database}",
        f"{file} is sound: version {about.program}, {about.made}, {about.database}",
    )
    _tell(about, totals, language)
    return _verdict(totals, language)


@jixiao.command()
@click.argument("file", type=click.Path(path_type=Path))
@_data_option
@_passphrase_option
@_keys_option
@lang_option
def restore(
    *, file: Path, data: Path, passphrase_file: Path | None, without_keys: bool, language: Language
) -> ExitCode:
    """从备份恢复出一个新的报送端。 Make a new office from a backup.

    数据文件夹须为空或不存在；设了 DATABASE_URL 时，那个数据库须是空的。两种数据库之间可以互相恢复。
    The data folder has to be empty or not there, and so has the database of DATABASE_URL; a backup of one kind of
    database can be restored to the other.
    """
    from jixiao.office.backup.keys import passphrase_in

    passphrase = "" if without_keys else passphrase_in(passphrase_file)
    return _in_words(lambda: _restore(file, data, passphrase, language, with_keys=not without_keys))


def _restore(file: Path, data: Path, passphrase: str, language: Language, *, with_keys: bool) -> ExitCode:
    from jixiao.office.backup.restoring import Wanted, restore

    def told(what: str, done: int) -> None:
        _progress(f"{what} {done:,}" if done else what)

    place = data.expanduser().absolute()
    done = restore(Wanted(file.expanduser().absolute(), place, passphrase, with_keys, told))
    _progress("")
    say = _sayer(language)
    say(
        f"已恢复到 {place}，数据库 {done.where}；每一行、每个文件和日志的根都与备份相同。",
        f"Restored to {place}, database {done.where}; every row, every file and the journal's root equal the backup.",
    )
    _tell(done.about, done.totals, language)
    if done.steps:
        say(f"表已升级，共 {done.steps} 步。", f"Tables were brought up to date in {done.steps} steps.")
    if not done.keys:
        say(
            "没有恢复密钥：所有人须重新登录，动态口令须由安全管理员移除后重设。",
            "No keys were restored: everybody signs in anew, and second factors are removed by a security "
            "administrator and set up again.",
        )
    _settings(done.about, language)
    say(*done.agreed) if done.agreed[0] else None
    return _verdict(done.totals, language)


def _settings(about: "About", language: Language) -> None:
    """Settings of the office that are others here."""
    here = {name: value for name, value in about.settings.items() if os.environ.get(name, "") != value}
    left = here.keys() - {"JIXIAO_DATA", "JIXIAO_LANG"}
    lines = [f"  {name}={about.settings[name]}" for name in sorted(left)]
    lines += [f"  {name}=…" for name in about.secrets if not os.environ.get(name) and name != "JIXIAO_SECRET_KEY"]
    if lines:
        zh = "备份时另有这些设置（环境变量），请核对："
        en = "The office had these settings in its environment; look at them:"
        click.echo("\n".join([zh if language == "zh" else en, *lines]))


def _tell(about: "About", totals: "Totals", language: Language) -> None:
    rows = sum(each.rows for each in totals.tables.values())
    journal = totals.journal
    _sayer(language)(
        f"{len(about.tables)} 张表 {rows:,} 行，文件 {totals.files:,} 个 {totals.bytes:,} 字节；"
        f"日志 {journal.events:,} 条，入树 {journal.size:,} 条，根 SM3 {journal.sm3}",
        f"{len(about.tables)} tables with {rows:,} rows, {totals.files:,} files with {totals.bytes:,} bytes; journal "
        f"{journal.events:,} events, {journal.size:,} of them in the tree, root SM3 {journal.sm3}",
    )


def _verdict(totals: "Totals", language: Language) -> ExitCode:
    if not totals.missing:
        return ExitCode.NOTHING
    _sayer(language)(
        f"文件库中缺少 {len(totals.missing)} 个数据库提到的文件，或内容已损坏；备份里没有它们："
        f"{'、'.join(totals.missing[:5])}。请从更早的备份中找回。",
        f"{len(totals.missing)} files that the database names are missing in the store or damaged, and are not in the "
        f"backup: {', '.join(totals.missing[:5])}. Take them from an earlier backup.",
    )
    return ExitCode.UNREADABLE


def _sayer(language: Language) -> Callable[[str, str], None]:
    return lambda zh, en: click.echo(zh if language == "zh" else en)


def _progress(words: str) -> None:
    """How far it is, on a terminal, in one line that is written over."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{words}", nl=False, err=True)
