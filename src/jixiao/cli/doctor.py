"""The command that looks at this machine, or at a cluster."""

import click

from jixiao.cli.options import Language, lang_option
from jixiao.cli.root import ExitCode, jixiao

_SIGNS = {"good": "✓", "without": "·", "bad": "✗"}


@jixiao.command()
@click.option(
    "--engine",
    metavar="NAME",
    default=None,
    help="检查集群 look at a cluster: spark://…, yarn, k8s://…, sc://…, ray[://…].",
)
@click.option(
    "--corpus", metavar="DIR|s3://…", default=None, help="各工作进程能否读到它 whether each worker can read it."
)
@click.option("--conf", metavar="NAME=VALUE", multiple=True, help="Spark 的设置 a setting of Spark.")
@click.option("--jobs", type=click.IntRange(1, 10_000), default=8, metavar="N", help="试算几次 trial jobs given out.")
@lang_option
def doctor(*, engine: str | None, corpus: str | None, conf: tuple[str, ...], jobs: int, language: Language) -> ExitCode:
    """检查本机或集群能做什么、缺什么、怎么补。 What this machine or a cluster can do, what it lacks, what helps.

    退出码 exit codes: 0 可用 fit; 1 要求的做不到 something asked for would not work; 3 用法有误 wrong use.
    """
    if engine is None and (corpus or conf):
        zh, en = "--corpus 和 --conf 与 --engine 同用", "--corpus and --conf go with --engine"
        raise click.UsageError(f"{zh} {en}")
    from jixiao.desk.doctor import of_engine, of_this_machine

    bad = False
    for line in of_this_machine() if engine is None else of_engine(engine, corpus, conf, jobs):
        click.echo(f"{_SIGNS[line.state]} {line.zh if language == 'zh' else line.en}")
        bad = bad or line.state == "bad"
    return ExitCode.FINDINGS if bad else ExitCode.NOTHING
