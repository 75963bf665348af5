"""The commands that make a verdict anyone can check, and check it: seal, verify."""

from pathlib import Path

import click

from jixiao import __version__
from jixiao.cli.options import Language, format_option, lang_option, limit_option, rulebook_option, trial_option
from jixiao.cli.root import ExitCode, jixiao


@jixiao.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="LOG|SEAL|PROOF")
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
    """核验导出的日志、单条证明或封存的复评结果。 Verify an exported log, the proof of one event, or a sealed verdict.

    日志：有没有被改、被删、被插、被换。封存：逐行核对签名，再按封存的规则重算。不用数据库，不联网。 A log: nothing
    changed, cut, added, swapped. A seal: every line against the signature, then scores and findings are worked out anew
    by the rules in it. No database, no network.

    退出码 exit codes: 0 与签名的一致 sound; 1 被动过 tampered with; 2 读不了 unreadable.
    """
    from jixiao.desk.verifying import verify as verified
    from jixiao.journal.hashing import NoSM3
    from jixiao.journal.words import Unreadable, plain
    from jixiao.writing.verified import verified_json, verified_text

    try:
        found = verified(path, keys, anchors)
    except (Unreadable, NoSM3) as error:
        click.echo(plain(error.words.in_(language) if isinstance(error, Unreadable) else str(error)), err=True)
        return ExitCode.UNREADABLE
    parts = (found.seen, found.faults, found.unshown)
    click.echo(verified_json(*parts, __version__) if kind == "json" else verified_text(*parts, language), nl=False)
    return ExitCode.FINDINGS if found.faults else ExitCode.NOTHING


@jixiao.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="FORM")
@click.option(
    "--evidence", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
    help="佐证文件，其杂凑值写入封存，可多次给出 evidence whose hashes are sealed along; may be repeated.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="写到哪里 where to write it."
)
@click.option(
    "--key", "key_file", type=click.Path(path_type=Path), default=None, metavar="FILE",
    help="签名私钥；没有就生成一把并说明在哪里 the private key; made, and told where it is, if there is none.",
)  # fmt: skip
@lang_option
@rulebook_option
@limit_option
@trial_option
def seal(
    *, path: Path, evidence: tuple[Path, ...], out: Path, key_file: Path | None, language: Language, **options: object
) -> ExitCode:
    """把表、佐证杂凑值、规则集、得分和疑点封存为一个签名文件。 Seal form, evidence, rules, scores and findings.

    任何人用 jixiao verify 离线重算，一位不差；改一个字节都看得出来。 Anyone works it out anew offline with jixiao
    verify, digit for digit; one changed byte is named.

    退出码 exit codes: 0 已封存 sealed; 2 表读不了 the form cannot be read; 3 用法有误 wrong use.
    """
    from jixiao.cli.handling import put
    from jixiao.desk.files import refuse_output
    from jixiao.desk.reviewing import limits_of
    from jixiao.desk.sealing import default_key, key_at, seal_file
    from jixiao.journal.words import Unreadable

    refuse_output(out, [path, *evidence])
    where = key_file or default_key()
    key, made = key_at(where)
    limits = limits_of(tuple(str(each) for each in _listed(options["settings"])))
    rulebook = options["rulebook"]
    try:
        data = seal_file(
            path, key, evidence=evidence, rulebook=str(rulebook) if rulebook else None, trial=bool(options["trial"]),
            limits=limits,
        )  # fmt: skip
    except Unreadable as error:
        click.echo(error.words.in_(language), err=True)
        return ExitCode.UNREADABLE
    put([data], out)
    if made:
        zh, en = f"已生成签名密钥 {where}，请妥善保管并备份。", f"A key was made: {where}. Keep it safe, and a copy."
        click.echo(zh if language == "zh" else en, err=True)
    click.echo(f"{out}：公钥 {key.public.text}" if language == "zh" else f"{out}: public key {key.public.text}")
    return ExitCode.NOTHING


def _listed(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()
