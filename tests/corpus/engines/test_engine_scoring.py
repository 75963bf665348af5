"""A corpus scored by jobs given out, and by statements: the same two tables, to the byte, as the embedded run."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from cluster.large import large_corpus
from jixiao.cli import jixiao
from jixiao.corpus.engines.by_sql import SqlScorer
from jixiao.corpus.engines.scoring import by_jobs
from jixiao.corpus.manifest import Corpus
from jixiao.corpus.scoring.part import Way
from jixiao.corpus.scoring.run import MADE, Counting, Counts, Task, score_corpus, write_part
from jixiao.corpus.scoring.tables import OF_FORMS, OF_INDICATORS
from jixiao.desk.errors import WrongUse
from jixiao.desk.library import checks, reviewer_on
from jixiao.language.sql import DUCKDB

WAY = Way(reviewer_on, checks(), asked="numeric")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Three parts, with forms outside the domains."""
    return large_corpus(tmp_path_factory.mktemp("corpus"), 100, 40, different=40)


def scored(corpus: Corpus, counting: Counting | None = None) -> dict[str, bytes]:
    """The files of the tables of scores."""
    made = score_corpus(corpus, WAY, 1, counting=counting)
    assert made.forms == 100
    assert made.alone > 0
    names = [*corpus.storage.names(OF_FORMS), *corpus.storage.names(OF_INDICATORS), MADE]
    return {name: corpus.storage.get(name) for name in names}


class Session:
    """What is asked of a session of Spark, answered by DuckDB: files as views, statements written as files."""

    def __init__(self) -> None:
        """Connect."""
        self._database = duckdb.connect()
        for name, value in DUCKDB.settings.items():
            self._database.execute(f"SET {name} = '{value}'")
        self._files: Sequence[str] = ()
        self._wanted = "TRUE"
        self._statement = ""
        self.read = self.write = self

    def parquet(self, *files: str) -> "Session":
        """Read these, or write what the statement gives."""
        if not self._statement:
            self._files, self._wanted = [file.removeprefix("file://") for file in files], "TRUE"
            return self
        folder = Path(files[0].removeprefix("file://"))
        folder.mkdir(parents=True)
        self._database.execute(f"COPY ({self._statement}) TO '{folder}/part.parquet' (FORMAT parquet)")
        self._statement = ""
        return self

    def filter(self, wanted: str) -> "Session":
        """Only these rows."""
        self._wanted = wanted
        return self

    def createOrReplaceTempView(self, name: str) -> None:  # noqa: N802 -- Spark's name
        """Call what was read so."""
        rows = f"SELECT * FROM read_parquet({list(self._files)}) WHERE {self._wanted}"  # noqa: S608 -- our own files
        self._database.execute(f"CREATE OR REPLACE VIEW {name} AS {rows}")

    def sql(self, statement: str) -> "Session":
        """What is to be written."""
        self._statement = statement
        return self

    def mode(self, _: str) -> "Session":
        """Over what is there."""
        return self


def by_database(folder: Path, corpus: Corpus, task: Task) -> Iterator[Counts]:
    """Statements, computed by DuckDB."""
    session: Any = Session()
    for part, found in SqlScorer(session, corpus, task.way, DUCKDB).run(folder):
        yield write_part(corpus, task, part, found)


def here(work: Callable[[Any], Any], jobs: Iterable[Any], _rescue: object = None) -> Iterator[Any]:
    """Jobs given out to oneself."""
    return map(work, jobs)


def test_jobs_and_statements_give_the_bytes_of_the_embedded_run(corpus: Corpus, tmp_path: Path) -> None:
    """Whoever computes: numbers, answers, order, types, and the forms outside the domains."""
    right = scored(corpus)
    assert len(right) == 7
    assert scored(corpus, partial(by_jobs, here)) == right
    assert scored(corpus, partial(by_database, tmp_path)) == right


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--engine", "polars", "--sql"], "There is no engine 'polars'"),
        (["--engine", "ray", "--sql"], "--sql is for Spark"),
        (["--engine", "spark://h:1", "--sql", "--book", "cn"], "not together with --book"),
        (["--engine", "flink://h"], "There is no engine"),
    ],
)
def test_what_cannot_be_asked_together_is_wrong_use(words: list[str], told: str, corpus: Corpus) -> None:
    """The sentence says what would be right, before anything is begun."""
    with pytest.raises(WrongUse) as fault:
        CliRunner().invoke(
            jixiao, ["corpus", "score", corpus.storage.label, *words], standalone_mode=False, catch_exceptions=False
        )
    assert told in fault.value.en
