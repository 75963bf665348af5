"""A corpus scored on a cluster: parts as jobs for the same wheel, or as rows for generated SQL."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from jixiao.corpus.engines.named import Turn
from jixiao.corpus.manifest import Corpus
from jixiao.corpus.scoring.run import Counts, Task, score_part, write_part

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def by_jobs(turn: Turn, corpus: Corpus, task: Task) -> Iterator[Counts]:
    """One job a part: its task reads the part where the corpus lies, scores it, and writes its part of the answers.

    Args:
        turn: gives jobs out to a cluster.
        corpus: the corpus.
        task: how it is scored.
    """
    return turn(partial(score_part, task), corpus.parts)


def by_statements(session: "SparkSession", shared: Path | None, corpus: Corpus, task: Task) -> Iterator[Counts]:
    """Generated SQL on Spark; its rows are put where the workers and this machine meet, then into parts here.

    Args:
        session: the cluster.
        shared: a folder that all see; a temporary one of this machine where all workers are on it.
        corpus: the corpus.
        task: how it is scored.
    """
    from jixiao.corpus.engines.by_sql import SqlScorer

    with TemporaryDirectory(prefix=".jixiao-sql-", dir=shared) as folder:
        for part, scored in SqlScorer(session, corpus, task.way).run(Path(folder)):
            yield write_part(corpus, task, part, scored)
