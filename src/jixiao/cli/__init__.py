"""One command: jixiao read | score | check | review | explain … What it found is in its exit code."""

import sys
from typing import NoReturn

import click

from jixiao.cli import (
    backup,
    corpus,
    corpus_build,
    corpus_indicators,
    corpus_meter,
    corpus_score,
    corpus_shown,
    doctor,
    documents,
    fixing,
    folder,
    forms,
    journal,
    keys,
    law,
    letters,
    originals,
    publish,
    publish_site,
    serve,
    sweeping,
    verifying,
    whatif,
)
from jixiao.cli.root import ExitCode, jixiao

__all__ = [
    "ExitCode", "backup", "corpus", "corpus_build", "corpus_indicators", "corpus_meter", "corpus_score",
    "corpus_shown", "doctor", "documents", "fixing", "folder", "forms", "jixiao", "journal", "keys", "law", "letters",
    "main", "originals", "publish", "publish_site", "serve", "sweeping", "verifying", "whatif",
]  # fmt: skip


def main() -> NoReturn:
    """Run the command and leave with its exit code; wrong use is a sentence and exit code 3."""
    from jixiao.desk.errors import WrongUse

    try:
        code = jixiao.main(standalone_mode=False)
    except click.UsageError as error:
        from jixiao.cli.wrong_use import in_chinese

        if said := in_chinese(error):
            click.echo(said, err=True)
        error.show()
        code = ExitCode.WRONG_USE
    except WrongUse as error:
        click.echo(f"{error.zh}\n{error.en}", err=True)
        code = ExitCode.WRONG_USE
    except OSError as error:
        from jixiao.desk.files import told_by_system

        told = told_by_system(error)
        if told is None:
            raise
        click.echo(f"{told.zh}\n{told.en}", err=True)
        code = ExitCode.WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断。没有写到一半的文件。 Interrupted; no file is half written.", err=True)
        code = ExitCode.INTERRUPTED
    sys.exit(int(code or 0))
