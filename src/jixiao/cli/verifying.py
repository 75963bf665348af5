"""The command that verifies: verify."""

from pathlib import Path

import click

from jixiao import __version__
from jixiao.cli.options import Language, format_option, lang_option
from jixiao.cli.root import ExitCode, jixiao


@jixiao.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="LOG")
@click.option(
    "--key", "keys", multiple=True, metavar="FILE|TEXT",
    help="另行取得的公钥，可多次给出 the public key, had from elsewhere; may be repeated.",
)  # fmt: skip
@click.option(
    "--anchor", "anchors", multiple=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER|LOG",
    help="另处保存的检查点，或较早的导出，可多次给出 checkpoints kept elsewhere, or an older export; may be repeated.",
)  # fmt: skip
@format_option("text", "json")
@lang_option
def verify(*, path: Path, keys: tuple[str, ...], anchors: tuple[Path, ...], kind: str, language: Language) -> ExitCode:
    """核验导出的日志：有没有被改、被删、被插、被换。 Verify an exported log: nothing changed, cut, added, swapped.

    只需要导出的文件夹或压缩包，不用数据库，不联网。 Needs only the exported folder or zip, no database, no network.
    也核验单个事件的证明（.json），只说文字。 Also the proof of one event (.json), told as text.

    退出码 exit codes: 0 与签名的一致 sound; 1 被动过 tampered with; 2 读不了 unreadable.
    """
    from jixiao.desk.proving import is_proof
    from jixiao.desk.verifying import verify as verified
    from jixiao.journal.hashing import NoSM3
    from jixiao.journal.words import Unreadable
    from jixiao.writing.verified import verdict_json, verdict_text

    if is_proof(path):
        return _proof(path, keys, language)
    try:
        verdict = verified(path, keys, anchors)
    except (Unreadable, NoSM3) as error:
        click.echo(error.words.in_(language) if isinstance(error, Unreadable) else str(error), err=True)
        return ExitCode.UNREADABLE
    click.echo(verdict_json(verdict, __version__) if kind == "json" else verdict_text(verdict, language), nl=False)
    return ExitCode.NOTHING if verdict.sound else ExitCode.FINDINGS


def _proof(path: Path, keys: tuple[str, ...], language: Language) -> ExitCode:
    from jixiao.desk.proving import verify_proof
    from jixiao.journal.hashing import NoSM3
    from jixiao.journal.words import Unreadable

    try:
        sound, told = verify_proof(path, keys)
    except (Unreadable, NoSM3) as error:
        click.echo(error.words.in_(language) if isinstance(error, Unreadable) else str(error), err=True)
        return ExitCode.UNREADABLE
    for each in told:
        click.echo(each.in_(language))
    return ExitCode.NOTHING if sound else ExitCode.FINDINGS
