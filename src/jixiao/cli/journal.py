"""The commands that look after the journal of an office: sign, export, forget, restore, key."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from jixiao.cli.options import Language, lang_option
from jixiao.cli.root import ExitCode, jixiao

_data_option = click.option(
    "--data", type=click.Path(path_type=Path), default="jixiao-data", envvar="JIXIAO_DATA", show_default=True,
    metavar="DIR", help="报送端的数据文件夹 the data folder of the office.",
)  # fmt: skip
_out_option = click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="LOG",
    help="一个还没有的文件夹，或 .zip a folder that is not there yet, or a .zip.",
)  # fmt: skip
_reason_option = click.option("--reason", default="", metavar="WHY", help="理由，记入日志 why; the journal keeps it.")
_NO_REASON: Final = ("请用 --reason 写明理由，它会记入日志。", "Say why with --reason; the journal keeps it.")


@jixiao.group()
def journal() -> None:
    """报送端的日志：签名、导出、按期清理、恢复、密钥。 The journal of an office: sign, export, forget, restore, key.

    导出的日志用 jixiao verify 核验。 What was exported is verified by jixiao verify.
    """


@journal.command()
@_data_option
@lang_option
def checkpoint(*, data: Path, language: Language) -> ExitCode:
    """现在就签一个检查点，打印并写到第二存放处。 Sign a checkpoint now, print it, write it to the second place."""
    with _opened(data):
        from jixiao.office.journal.checkpoints import up_to_date
        from jixiao.office.journal.second_place import send, state

        made = up_to_date()
        send()
        click.echo(made.note, nl=False)
        there = state()
        if there.failing:
            click.echo(there.why_zh if language == "zh" else there.why_en, err=True)
            return ExitCode.FINDINGS
    return ExitCode.NOTHING


@journal.command()
@_data_option
@_out_option
@lang_option
def export(*, data: Path, out: Path, language: Language) -> ExitCode:
    """导出全部日志，供 jixiao verify 核验。 Export the whole log, for jixiao verify."""
    with _opened(data):
        from jixiao.office.journal.acts import export_log

        made = export_log(out)
        zh = f"已导出 {made.size} 条到 {out}。核验：jixiao verify {out}"
        en = f"{made.size} lines exported to {out}. To verify: jixiao verify {out}"
        click.echo(zh if language == "zh" else en)
    return ExitCode.NOTHING


@journal.command()
@_data_option
@_out_option
@lang_option
def forget(*, data: Path, out: Path, language: Language) -> ExitCode:
    """把超过留存期的事件写入存档后删除；杂凑值留下。 Remove events older than the retention, once archived.

    留存期见 JIXIAO_JOURNAL_DAYS（默认 400 天，不少于 184 天）。存档是全部日志，先核验再删除。
    The archive holds the whole log, and is verified before anything is removed; hashes stay.
    """
    with _opened(data):
        from jixiao.office.journal.forgetting import Unsound
        from jixiao.office.journal.forgetting import forget as forget_old

        try:
            done = forget_old(out)
        except Unsound as error:
            click.echo(f"存档核验不过，什么也没有删除。{error.zh}", err=True)
            click.echo(f"The archive does not verify; nothing was removed. {error.en}", err=True)
            return ExitCode.UNREADABLE
        if done is None:
            zh, en = "没有超过留存期的事件。", "No event is older than the retention."
        else:
            zh = f"已存档到 {out}，删除 {done.older_than} 天以前的 {done.events} 条事件；杂凑值留下。"
            en = f"Archived in {out}; {done.events} events older than {done.older_than} days removed, hashes stay."
        click.echo(zh if language == "zh" else en)
    return ExitCode.NOTHING


@journal.command("accept-restore")
@_data_option
@_reason_option
@lang_option
def accept_restore(*, data: Path, reason: str, language: Language) -> ExitCode:
    """说明数据库是有意恢复到旧备份的，之后才能启动。 Say that an older database was restored on purpose."""
    _need(reason)
    with _opened(data):
        from jixiao.office.journal.restoring import accept, rewound

        found = rewound()
        made = accept(reason)
        if found is None:
            zh, en = "数据库与第二存放处相符，没有要说明的。", "Database and second place agree; nothing to accept."
        else:
            zh = f"已记入日志并签名：第二存放处有 {found.known.size} 条，从 {found.size} 条继续，现 {made.size} 条。"
            en = (
                f"Kept in the journal and signed: the second place knew {found.known.size} lines, the log goes on from "
                f"{found.size}, now {made.size}."
            )
        click.echo(zh if language == "zh" else en)
    return ExitCode.NOTHING


@journal.command()
@_data_option
@click.option("--new", is_flag=True, help="换一把新的签名密钥 sign with a new key from now on.")
@_reason_option
def key(*, data: Path, new: bool, reason: str) -> ExitCode:
    """打印签名用的公钥，一行一个，现用的在最后。 Print the public keys that signed, the present one last."""
    if new:
        _need(reason)
    with _opened(data):
        from jixiao.office.journal.acts import change_key
        from jixiao.office.journal.checkpoints import the_signer
        from jixiao.office.journal.signing import public_keys

        if new:
            change_key(reason)
        else:
            the_signer()
        for each in public_keys():
            click.echo(each.text)
    return ExitCode.NOTHING


def _need(reason: str) -> None:
    """A reason has to be given."""
    if not reason.strip():
        from jixiao.desk.errors import WrongUse

        raise WrongUse(*_NO_REASON)


@contextmanager
def _opened(data: Path) -> Iterator[None]:
    """The office opened; what is wrong with its journal is wrong use, in both languages."""
    from jixiao.office.serve.opening import open_office

    open_office(data)
    from jixiao.desk.errors import WrongUse
    from jixiao.journal.words import Unreadable
    from jixiao.office.environment import BadSetting
    from jixiao.office.journal.signing import NoKey
    from jixiao.office.journal.subtrees import Torn

    try:
        yield
    except (NoKey, BadSetting) as error:
        raise WrongUse(error.zh, error.en) from error
    except Unreadable as error:
        raise WrongUse(*error.words) from error
    except Torn as error:
        raise WrongUse(
            f"日志第 {error.first + 1} 条起有缺失。", f"The log has a hole from its line {error.first + 1} on."
        ) from error
    except FileExistsError as error:
        raise WrongUse(
            f"{error} 已经存在。请换一个 --out。", f"{error} is there already. Name another --out."
        ) from error
    except OSError as error:
        raise WrongUse(
            f"写不了 {error.filename}（{error.strerror}）。", f"{error.filename} cannot be written ({error.strerror})."
        ) from error
