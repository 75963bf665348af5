"""A corpus scored on Spark and on Ray, two workers each on this machine, beside the embedded run with two processes.

`./dev bench corpus_cluster [PARTS [FOLDER]] [--kernel] [--sql]`: parts of 50,000 forms, twenty by default; the folder
is kept between runs. Times are of the clock, start-up of a cluster apart; equality is of bytes. Goal: Spark not slower
than 1.5 × the embedded run. Runs in the environment of `./dev test --cluster`. With --kernel all by the fused kernel;
with --sql also generated SQL on Spark, which plans for a minute or two.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

os.environ["POLARS_MAX_THREADS"] = "1"

from bench.corpus_making import PARTS, corpus_in
from cluster.standalone import conf, spark_cluster
from jixiao.corpus.engines.named import Engine
from jixiao.corpus.engines.rays import cluster_of, on_ray
from jixiao.corpus.engines.scoring import by_jobs, by_statements
from jixiao.corpus.engines.spark import on_spark, session_of
from jixiao.corpus.manifest import Corpus
from jixiao.corpus.scoring.part import Way
from jixiao.corpus.scoring.run import Counting, score_corpus
from jixiao.corpus.scoring.tables import OF_FORMS, OF_INDICATORS
from jixiao.desk.library import checks, reviewer_on

WORKERS: Final = 2
MEMORY: Final = "2g"
WAY: Final = Way(reviewer_on, checks(), "kernel" if "--kernel" in sys.argv else "polars")


def clock(work: Callable[[], object]) -> int:
    """Milliseconds of the clock."""
    start = time.monotonic_ns()
    work()
    return (time.monotonic_ns() - start) // 10**6


def digest(corpus: Corpus) -> str:
    """Of all files of the two tables."""
    files = [name for table in (OF_FORMS, OF_INDICATORS) for name in corpus.storage.names(table)]
    return sha256(b"".join(sha256(corpus.storage.get(name)).digest() for name in files)).hexdigest()


class Beside:
    """Runs beside the embedded one."""

    def __init__(self, corpus: Corpus) -> None:
        """Run the embedded one: once to warm what the system keeps of files, then for its time."""
        self._corpus = corpus
        self._run(None)
        self._here = self._run(None)
        self._digest = digest(corpus)
        print(f"      embedded, {WORKERS} processes: {self._here:>8,} ms, {corpus.manifest.forms:,} forms")

    def told(self, name: str, counting: Counting, begun: int) -> None:
        """Run, hold the bytes to the embedded ones, and tell."""
        took = self._run(counting)
        same = "same bytes" if digest(self._corpus) == self._digest else "OTHER BYTES"
        hundredths = took * 100 // self._here
        print(f"{hundredths // 100}.{hundredths % 100:02} × {name}: {took:>8,} ms, begun in {begun:,} ms, {same}")

    def _run(self, counting: Counting | None) -> int:
        return clock(lambda: score_corpus(self._corpus, WAY, WORKERS, counting=counting))


def main() -> None:
    """Measure all."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    parts = int(words[0]) if words else PARTS
    with ExitStack() as kept:
        folder = words[1] if len(words) > 1 else kept.enter_context(tempfile.TemporaryDirectory())
        corpus = corpus_in(Path(folder), parts)
        beside = Beside(corpus)
        spark(beside, sql="--sql" in sys.argv)
        ray(beside)


def spark(beside: Beside, *, sql: bool) -> None:
    """Two workers of Spark."""
    with ExitStack() as ends:
        start = time.monotonic_ns()
        engine = Engine("spark", ends.enter_context(spark_cluster(MEMORY)))
        session = ends.enter_context(session_of(engine, conf(MEMORY)))
        begun = (time.monotonic_ns() - start) // 10**6
        for turn in ("first", "second"):
            beside.told(f"Spark, {WORKERS} workers, {turn} run", partial(by_jobs, on_spark(engine, session)), begun)
        if sql:
            beside.told("Spark, generated SQL", partial(by_statements, session, None), begun)


def ray(beside: Beside) -> None:
    """Two workers of Ray."""
    start = time.monotonic_ns()
    with cluster_of(Engine("ray", ""), num_cpus=WORKERS, _node_ip_address="127.0.0.1"):
        begun = (time.monotonic_ns() - start) // 10**6
        for turn in ("first", "second"):
            beside.told(f"Ray, {WORKERS} workers, {turn} run", partial(by_jobs, on_ray), begun)


if __name__ == "__main__":
    main()
