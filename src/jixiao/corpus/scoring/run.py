"""All parts of a corpus scored, on all processors; the tables are written beside those they were computed from."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from io import BytesIO
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from jixiao import __version__
from jixiao.corpus.manifest import Corpus, Part, file_of, open_corpus
from jixiao.corpus.schema import FORMS
from jixiao.corpus.scoring.checks import codes_of
from jixiao.corpus.scoring.part import PartScorer, Scored, Way
from jixiao.corpus.scoring.tables import OF_FORMS, OF_INDICATORS, metadata, table_of, typed

if TYPE_CHECKING:
    import polars as pl

MADE: Final = "scores.json"
"""What the tables of scores were made from; written last."""


class Made(Struct, frozen=True):
    """What `scores.json` says.

    Attributes:
        corpus: digest of the corpus whose forms were scored.
        asked: which checks were answered: "numeric" or "all".
        rulebook: the book of all forms; null where each had its own.
        forms, indicators: how many rows the tables have.
        alone: forms computed by themselves, for a number lay outside what columns hold.
        program: version that scored.
        law: digest of the program, books, checks and word lists that it scored by.
        schema: the contract of the tables.
    """

    corpus: str
    asked: str
    rulebook: str | None = None
    forms: int = 0
    indicators: int = 0
    alone: int = 0
    program: str = __version__
    law: str = ""
    schema: str = "jixiao/scores/1"

    def with_part(self, counts: "Counts") -> "Made":
        """The same with one more part."""
        return msgspec.structs.replace(
            self, forms=self.forms + counts.forms, indicators=self.indicators + counts.indicators,
            alone=self.alone + counts.alone,
        )  # fmt: skip


class Counts(Struct, frozen=True):
    """What one part added."""

    forms: int
    indicators: int
    alone: int


Watch = Callable[[int, int], None]
"""Told after each part: parts done, and of how many."""


class Task(Struct, frozen=True):
    """What a process is given: where the corpus lies, how it is scored, and the codes answered in both tables."""

    where: str
    way: Way
    codes: Mapping[str, Sequence[str]]


Counting = Callable[[Corpus, Task], "Iterator[Counts]"]
"""Scores all parts of a corpus in order, writes their files, and tells what each adds: on a cluster, say."""


def score_corpus(
    corpus: Corpus, way: Way, processes: int | None = None, watch: Watch | None = None,
    counting: Counting | None = None,
) -> Made:  # fmt: skip
    """Score every form of a corpus and answer its checks; writes `scores_of_forms` and `scores_of_indicators`.

    Args:
        corpus: the corpus.
        way: books, engine, checks.
        processes: how many parts are under way at once; as many as there are processors, by default.
        watch: told how far it is.
        counting: who scores the parts; processes of this machine by default.

    Raises:
        CorpusFault: a part is missing or damaged, or the storage cannot be written.
        KernelMissingError: the kernel was asked for and numba is not installed.
    """
    corpus.storage.remove([MADE])
    task = Task(corpus.storage.label, way, codes_by_table(corpus, way))
    made = Made(corpus.manifest.digest, way.asked, way.rulebook, law=way.law)
    told = _counts(corpus, task, processes or os.cpu_count() or 1) if counting is None else counting(corpus, task)
    for done, counts in enumerate(told, 1):
        made = made.with_part(counts)
        if watch is not None:
            watch(done, len(corpus.parts))
    _remove_old_parts(corpus)
    corpus.storage.put(MADE, msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n")
    return made


def codes_by_table(corpus: Corpus, way: Way) -> Mapping[str, Sequence[str]]:
    """The codes of the checks answered in each table: every one that a book of some form answers there."""
    found: dict[str, set[str]] = {OF_FORMS: set(), OF_INDICATORS: set()}
    for rulebook, day in sorted(_books(corpus, way)):
        reviewer = way.reviewer_of(rulebook, day)
        for code in codes_of(reviewer, way.asked):
            level = reviewer.scorer.closure.level(code)
            found[OF_FORMS if level == "form" else OF_INDICATORS].add(code)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


def _books(corpus: Corpus, way: Way) -> set[tuple[str, str]]:
    names = ["rulebook", "in_force"]
    found = {pair for part in corpus.parts for pair in corpus.frame(part, FORMS.name, names).unique().iter_rows()}
    return {(way.rulebook or str(rulebook), str(day)) for rulebook, day in found}


def _remove_old_parts(corpus: Corpus) -> None:
    """Take away what was made from parts that are no more."""
    kept = {file_of(name, part.number) for name in (OF_FORMS, OF_INDICATORS) for part in corpus.parts}
    there = [name for table in (OF_FORMS, OF_INDICATORS) for name in corpus.storage.names(table)]
    corpus.storage.remove(name for name in there if name not in kept)


def _counts(corpus: Corpus, task: Task, processes: int) -> Iterator[Counts]:
    """What each part adds; the first one is computed here, so that what is compiled for it is kept for all."""
    parts = [part for part in corpus.parts if part.forms]
    if processes == 1 or len(parts) < 2:
        yield from (_Worker(corpus, task).score(part) for part in parts)
        return
    if task.way.engine == "kernel":
        yield _Worker(corpus, task).score(parts.pop(0))
    with ProcessPoolExecutor(min(processes, len(parts)), get_context("spawn")) as pool:
        yield from pool.map(partial(score_part, task), parts)


class _Worker:
    """Scores parts of one corpus in one process."""

    def __init__(self, corpus: Corpus, task: Task) -> None:
        self._corpus = corpus
        self._task = task
        self._scorer = PartScorer(task.way)

    def score(self, part: Part) -> Counts:
        """Score one part and write its files."""
        return write_part(self._corpus, self._task, part, self._scorer.score(self._corpus.read(part)))


def write_part(corpus: Corpus, task: Task, part: Part, scored: Scored) -> Counts:
    """Write the files of one part.

    Args:
        corpus: the corpus.
        task: how it is scored, and the codes of both tables.
        part: the part.
        scored: its answers.
    """
    for name, frame in ((OF_FORMS, scored.forms), (OF_INDICATORS, scored.indicators)):
        codes = task.codes[name]
        table = table_of(name, task.way.checks, codes)
        corpus.storage.put(file_of(name, part.number), _file(typed(name, frame, codes), metadata(table)))
    return Counts(len(scored.forms), len(scored.indicators), scored.alone)


def _file(frame: "pl.DataFrame", told: dict[str, str]) -> bytes:
    """A frame as the bytes of a Parquet file."""
    file = BytesIO()
    frame.write_parquet(file, compression="zstd", compression_level=1, statistics=False, metadata=told)
    return file.getvalue()


_workers: dict[tuple[object, ...], _Worker] = {}
"""Of this process, kept warm from part to part: a cluster's processes outlive a run."""


def score_part(task: Task, part: Part) -> Counts:
    """Score one part and write its files, in any process of any machine that reaches the corpus."""
    way = task.way
    key = (task.where, way.engine, way.asked, way.rulebook, *map(tuple, task.codes.values()))
    if key not in _workers:
        _workers.clear()
        _workers[key] = _Worker(open_corpus(task.where), task)
    return _workers[key].score(part)
