"""The engine that was asked for, ready to take jobs."""

from collections.abc import Iterator
from contextlib import contextmanager

from jixiao.corpus.engines.named import Engine, Turn


@contextmanager
def turn_of(engine: Engine, settings: dict[str, str] | None = None) -> Iterator[Turn]:
    """Gives jobs out to an engine for as long as the block lasts.

    Args:
        engine: the engine.
        settings: further settings of Spark.

    Raises:
        CorpusFault: its library is missing, or the cluster does not answer.
    """
    if engine.kind == "ray":
        from jixiao.corpus.engines.rays import cluster_of, on_ray

        with cluster_of(engine):
            yield on_ray
    else:
        from jixiao.corpus.engines.spark import on_spark, session_of

        with session_of(engine, settings) as session:
            yield on_spark(engine, session)
