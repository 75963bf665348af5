"""The command itself and what its exit code tells."""

from enum import IntEnum

import click

from jixiao import __version__


class ExitCode(IntEnum):
    """What the program tells the one that called it; the highest that applies."""

    NOTHING = 0
    FINDINGS = 1
    UNREADABLE = 2
    WRONG_USE = 3
    INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="jixiao")
def jixiao() -> None:
    """读取绩效自评表，按规则重算得分，提出疑问。 Read self-evaluation forms, score them again, ask.

    退出码 exit codes: 0 没有疑点 nothing found; 1 有疑点 findings; 2 有文件读不了 something unreadable; 3 用法有误
    wrong use. 取最大的一个 the highest that applies.
    """
