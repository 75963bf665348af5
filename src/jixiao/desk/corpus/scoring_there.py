"""The use case of scoring a corpus on a cluster."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from jixiao.desk.corpus.building import mark
from jixiao.desk.corpus.engines import engine_at_work, known_engine, reachable_from_workers, settings_of
from jixiao.desk.corpus.opening import corpus_at
from jixiao.desk.corpus.scoring import Asked
from jixiao.desk.errors import WrongUse
from jixiao.desk.library import checks, known_rulebook, reviewer_on

if TYPE_CHECKING:
    from jixiao.corpus.manifest import Corpus
    from jixiao.corpus.scoring.part import Way
    from jixiao.corpus.scoring.run import Made


class There(Struct, frozen=True):
    """How a cluster is used.

    Attributes:
        engine: its name.
        sql: whether it computes generated SQL, and no Python of ours.
        conf: settings of Spark, each as NAME=VALUE.
    """

    engine: str
    sql: bool = False
    conf: Sequence[str] = ()


def score_there(
    where: str,
    there: There,
    *,
    rulebook: str | None = None,
    asked: Asked = "all",
    watch: Callable[[int, int], None] | None = None,
) -> "Made":
    """Score every form of a corpus on a cluster; what `score` gives, cell for cell.

    Args:
        where: the corpus, in a folder that all workers see under one path, or at "s3://…".
        there: the cluster.
        rulebook: a book for all forms instead of the one in force for each.
        asked: the checks that read no free text, or all.
        watch: told after each part: parts done, and of how many.

    Raises:
        WrongUse: there is no such corpus, book or engine, or the cluster cannot do it.
    """
    from jixiao.corpus.engines.scoring import by_jobs
    from jixiao.corpus.scoring.part import Way
    from jixiao.corpus.scoring.run import score_corpus

    if rulebook is not None:
        known_rulebook(rulebook)
    way = Way(reviewer_on, checks(), "polars", asked, rulebook, law=mark())
    with corpus_at(reachable_from_workers(where)) as corpus:
        if there.sql:
            return _by_sql(corpus, way, there, watch)
        with engine_at_work(there.engine, there.conf) as turn:
            assert turn is not None  # noqa: S101 -- an engine was named
            return score_corpus(corpus, way, watch=watch, counting=partial(by_jobs, turn))


def _by_sql(corpus: "Corpus", way: "Way", there: There, watch: Callable[[int, int], None] | None) -> "Made":
    from jixiao.corpus.engines.scoring import by_statements
    from jixiao.corpus.engines.spark import session_of
    from jixiao.corpus.scoring.run import score_corpus

    engine = known_engine(there.engine)
    if engine.kind != "spark" or way.rulebook is not None:
        zh = "--sql 只用于 Spark，且每张表按它自己的规则集算（不能同时用 --book）。"
        raise WrongUse(zh, "--sql is for Spark, and scores each form under its own book (not together with --book).")
    shared = None if corpus.storage.label.startswith("s3://") else Path(corpus.storage.label)
    with session_of(engine, settings_of(there.conf)) as session:
        return score_corpus(corpus, way, watch=watch, counting=partial(by_statements, session, shared))
