"""A build from beginning to end: plan, chunks, parts, manifest; killed anywhere, it goes on where it stopped.

`.building/` holds the plan, written before anything is done; a chunk for each batch that is done; and a record for each
part whose files are all there. The manifest is put last, and then what only the old corpus had is taken away.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec
import polars as pl
from msgspec import Struct

from jixiao import __version__
from jixiao.corpus.building.batches import Batch, batches, done, size_of
from jixiao.corpus.building.chunk import Chunk, Slice, decode_chunk, encode_chunk
from jixiao.corpus.building.hands import in_turn
from jixiao.corpus.building.parts import Gone, write_part
from jixiao.corpus.building.plan import FOLDER, PLAN, Plan, encode_plan, lacks_a_file, plan_of, read_plan
from jixiao.corpus.building.reading import digest_and_size
from jixiao.corpus.building.rescue import FilesRescue
from jixiao.corpus.building.way import FINE, PART, Line, Named, Way
from jixiao.corpus.engines.named import Turn
from jixiao.corpus.manifest import MANIFEST, Corpus, Manifest, Part, encode_manifest, file_of, read_manifest
from jixiao.corpus.measured import take_away_old
from jixiao.corpus.schema import TABLES
from jixiao.corpus.storage import LOCK, Storage, open_storage


class Progress(Struct, frozen=True):
    """How far a build is: bytes of files worked through of how many, forms taken, files and forms set aside."""

    done: int
    total: int
    forms: int
    aside: int


Watch = Callable[[Progress], None]


class Asked(Struct, frozen=True):
    """How a corpus is built.

    Attributes:
        part: forms of a part.
        processes: at work on this machine; as many as processors if `None`.
        watch: who is told of progress.
        turn: gives batches out to a cluster; `None` works on this machine.
    """

    part: int = PART
    processes: int | None = None
    watch: Watch | None = None
    turn: Turn | None = None


class Built(Struct, frozen=True):
    """What a build did.

    Attributes:
        corpus: as it is now.
        read: how many files were read.
        resumed: whether an earlier build was finished first.
        changed: whether anything was done.
    """

    corpus: Corpus
    read: int
    resumed: bool
    changed: bool


def build(storage: Storage, files: Mapping[str, Path], way: Way, asked: Asked) -> Built:
    """Make a corpus one of these files: read what is new, drop what is gone, keep the rest.

    Args:
        storage: where it lies, or will.
        files: what is to be in it: name → where the file lies.
        way: how files are read, and under which law forms are put.
        asked: how it is to be done.

    Raises:
        CorpusFault: somebody builds there, the storage refuses, or the corpus is of another contract.
    """
    with storage.locked():
        listing = [_named(name, files[name]) for name in sorted(files)]
        read = 0
        resumed = changed = False
        while True:
            manifest = read_manifest(storage)
            plan = read_plan(storage)
            corpus = None if manifest is None else Corpus(storage, manifest)
            begun = plan is not None and _goes_on(plan, corpus, way, asked)
            if not begun:
                sweep(storage, manifest)
                plan = plan_of(corpus, listing, way, asked.part)
            if plan is None:
                assert manifest is not None  # noqa: S101 -- without one there is always a plan
                return Built(Corpus(storage, manifest), read, resumed, changed)
            if not begun:
                storage.put(PLAN, encode_plan(plan))
            Run(storage, plan, files, way, asked).through(manifest)
            read, resumed, changed = read + len(plan.files), resumed or begun, True
            if not begun:
                made = read_manifest(storage)
                assert made is not None  # noqa: S101 -- it was just written
                return Built(Corpus(storage, made), read, resumed, changed)


def _goes_on(plan: Plan, corpus: Corpus | None, way: Way, asked: Asked) -> bool:
    """Whether a plan that was found can be gone on with: it is for this corpus, and what it takes from there is."""
    if not plan.suits("" if corpus is None else corpus.manifest.digest, way, asked.part):
        return False
    return corpus is None or not (plan.kept or plan.stored) or not lacks_a_file(corpus)


def _named(name: str, path: Path) -> Named:
    try:
        return Named(name, *digest_and_size(path))
    except OSError:  # whoever reads it will say why
        return Named(name, "", 0)


class _Record(Struct, frozen=True):
    """A part whose files are all there, and where its last form stands: so many of a chunk's forms are in parts."""

    part: Part
    chunk: int
    used: int


class _Told(Struct, frozen=True):
    """What a process says of a chunk that it stored."""

    forms: int
    aside: int
    bytes: int


class _Waiting(Struct):
    """A chunk that waits for its part: its number, its forms, how many of them are in parts already."""

    number: int
    forms: int
    used: int = 0


class Run:
    """One run through a plan."""

    def __init__(self, storage: Storage, plan: Plan, files: Mapping[str, Path], way: Way, asked: Asked) -> None:
        """Take all five; nothing is done yet."""
        self._storage, self._plan, self._files, self._way, self._asked = storage, plan, files, way, asked
        self._digest = plan.digest
        self._records: list[_Record] = []
        self._waiting: list[_Waiting] = []

    def through(self, manifest: Manifest | None) -> None:
        """Do what is left of the plan, put the manifest, and take away what no longer belongs to the corpus."""
        self._records = self._written()
        start, used = (self._records[-1].chunk, self._records[-1].used) if self._records else (0, 0)
        there = self._chunks()
        total = sum(file.bytes for file in self._plan.files)
        bytes_done = forms = aside = 0
        for number, told in self._told(start, there):
            if number >= start:
                self._waiting.append(_Waiting(number, told.forms, used if number == start else 0))
                self._write_full()
            bytes_done, forms, aside = bytes_done + told.bytes, forms + told.forms, aside + told.aside
            if self._asked.watch is not None:
                self._asked.watch(Progress(bytes_done, total, forms, aside))
        self._write_rest()
        made = self._manifest(manifest)
        self._storage.put(MANIFEST, encode_manifest(made))
        sweep(self._storage, made)

    def _written(self) -> list[_Record]:
        """The records of this plan, in order."""
        prefix = f"{FOLDER}/{self._digest}-part-"
        names = [name for name in self._storage.names(FOLDER) if name.startswith(prefix)]
        return [msgspec.json.decode(self._storage.get(name), type=_Record) for name in names]

    def _chunks(self) -> set[str]:
        return {name for name in self._storage.names(FOLDER) if name.startswith(f"{FOLDER}/{self._digest}-chunk-")}

    def _told(self, start: int, there: set[str]) -> Iterator[tuple[int, _Told]]:
        """What is known of each chunk, in order; those that are in parts already are not made again."""
        pieces = enumerate(batches(self._plan, self._files))
        for number, batch in islice(pieces, start):
            yield number, _Told(0, 0, size_of(batch))
        work = partial(_store, self._storage.label, self._way, frozenset(self._plan.gone))
        jobs = (
            _Job(self._name(number), None if self._name(number) in there else batch, size_of(batch))
            for number, batch in pieces
        )
        turn = self._asked.turn
        told = in_turn(work, jobs, self._asked.processes) if turn is None else turn(work, jobs, FilesRescue())
        yield from enumerate(told, start)

    def _name(self, number: int) -> str:
        return chunk_name(self._digest, number)

    def _write_full(self) -> None:
        while sum(one.forms - one.used for one in self._waiting) >= self._plan.part:
            self._write(self._plan.part)

    def _write_rest(self) -> None:
        """The last part; also one of no form where there are lines about files, or nothing at all."""
        if self._waiting or not (self._records or self._plan.kept):
            self._write(sum(one.forms - one.used for one in self._waiting))

    def _write(self, count: int) -> None:
        """Write a part of the next forms, then its record; chunks that are used up go."""
        slices, spent, last = self._next(count)
        at = len(self._records)
        first = self._plan.first_form + sum(record.part.forms for record in self._records)
        part = write_part(self._storage, self._plan.first_part + at, first, slices)
        record = _Record(part, *last)
        name = f"{FOLDER}/{self._digest}-part-{part.number:06}"
        self._storage.put(name, msgspec.json.encode(record))
        self._records.append(record)
        self._storage.remove(map(self._name, spent))

    def _next(self, count: int) -> tuple[list[Slice], list[int], tuple[int, int]]:
        """The next forms; the chunks that are used up with them; and where what follows them begins."""
        slices: list[Slice] = []
        spent: list[int] = []
        while self._waiting:
            one = self._waiting[0]
            take = min(count, one.forms - one.used)
            if not take and one.forms:
                break
            slices.append(Slice(self._chunk(one.number), one.used, one.used + take))
            count, one.used = count - take, one.used + take
            if one.used < one.forms:
                break
            spent.append(self._waiting.pop(0).number)
        last = (self._waiting[0].number, self._waiting[0].used) if self._waiting else (_after(spent, self._records), 0)
        return slices, spent, last

    def _chunk(self, number: int) -> Chunk:
        return decode_chunk(self._storage.get(self._name(number)))

    def _manifest(self, before: Manifest | None) -> Manifest:
        kept = [] if before is None else [part for part in before.parts if part.number in self._plan.kept]
        parts = (*kept, *(record.part for record in self._records))
        made = [record.part for record in self._records]
        return Manifest(
            program=__version__, way=self._way.mark, rulebook=self._way.rulebook, parts=parts,
            next_part=self._plan.first_part + len(made),
            next_form=self._plan.first_form + sum(part.forms for part in made),
            counts=_counts(self._storage, parts),
        )  # fmt: skip


def _after(spent: Sequence[int], records: Sequence[_Record]) -> int:
    """The number of the chunk after the last one used."""
    return spent[-1] + 1 if spent else (records[-1].chunk if records else 0)


def chunk_name(digest: str, number: int) -> str:
    """The name of a chunk of a plan."""
    return f"{FOLDER}/{digest}-chunk-{number:08}"


class _Job(Struct, frozen=True):
    """A batch to be stored as a chunk; none where the chunk is there already."""

    name: str
    batch: Batch | None
    bytes: int


_STORAGES: Final[dict[str, Storage]] = {}


def _store(where: str, way: Way, gone: Gone, job: _Job) -> _Told:
    """Do a batch and store its chunk, or look at the one that is there; in any process."""
    storage = _STORAGES.get(where) or _STORAGES.setdefault(where, open_storage(where))
    if job.batch is None:
        chunk = decode_chunk(storage.get(job.name))
    else:
        chunk = done(job.batch, way, storage, gone)
        storage.put(job.name, encode_chunk(chunk))
    return _Told(chunk.forms, chunk.aside, job.bytes)


def _counts(storage: Storage, parts: Iterable[Part]) -> dict[str, int]:
    """Files by verdict."""
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(storage.frame(file_of("sources", part.number), ["verdict"])["verdict"].to_list())
    return dict(sorted(counts.items()))


def set_aside(corpus: Corpus) -> Iterator[Line]:
    """What is said of every file, and form of a file, that is not in a corpus."""
    for part in corpus.parts:
        frame = corpus.frame(part, "sources").filter(~pl.col("verdict").is_in(sorted(FINE)))
        yield from (Line(**row) for row in frame.iter_rows(named=True))


def sweep(storage: Storage, manifest: Manifest | None) -> None:
    """Take away what a build left that is over, its plan first, files of parts that are no more, and old measures."""
    storage.remove([PLAN])
    storage.remove(name for name in storage.names(FOLDER) if name != LOCK)
    named = {file_of(table, part.number) for part in (manifest.parts if manifest else ()) for table in part.files}
    for table in TABLES:
        storage.remove(name for name in storage.names(table) if name not in named)
    take_away_old(storage, manifest)
