"""A corpus published: its data package, its site, its database, in steps that a killed run takes up again."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from jixiao import __version__
from jixiao.corpus.publishing import database, package
from jixiao.corpus.publishing.about import OPEN_DATA_SCHEMA, About, Licence
from jixiao.corpus.publishing.columns import NAMES
from jixiao.corpus.publishing.naming import Named, by_project, in_order, names_of
from jixiao.corpus.publishing.opening import Reviewed, Row, lines_rows, opened, record, results_row
from jixiao.corpus.publishing.pieces import RECORDS, joined, write_piece, write_records
from jixiao.corpus.publishing.site.index import write_index
from jixiao.corpus.publishing.site.lists import write_lists
from jixiao.corpus.publishing.site.pages import Pages
from jixiao.corpus.publishing.source import Source
from jixiao.corpus.publishing.staging import Stage

Told = Callable[[str, str, int, int], None]
"""Hears what is being done, in both languages, and how much of how much of it."""
_DATA: Final = (*(f"{name}.{ending}" for name in NAMES for ending in ("csv", "parquet")), RECORDS)


class Options(Struct, frozen=True):
    """What may be chosen: title, publisher, address of the site, licence."""

    title: str = "项目支出绩效自评公开数据"
    publisher: str = ""
    home: str = ""
    licence: Licence = Licence()


class Published(Struct, frozen=True):
    """What was made: how many forms, the digest of the corpus, steps done now and steps found done."""

    forms: int
    digest: str
    done: int
    kept: int


def publish(source: Source, out: Path, reviewed: Reviewed, options: Options, told: Told) -> Published:
    """Publish a corpus into a folder; an older publication there is replaced when the new one is whole.

    Args:
        source: the corpus.
        out: the folder: new, empty, or published before.
        reviewed: scores a form under a book, and asks about it.
        options: title, publisher, licence.
        told: hears how it goes on.

    Raises:
        Taken: the folder holds something else.
    """
    digest = source.digest
    names = names_of(source)
    program = f"jixiao {__version__}"
    about = About(options.title, options.publisher, options.home, options.licence, digest, program, len(names))
    stage = Stage(out, f"{OPEN_DATA_SCHEMA} {program} {digest} {msgspec.json.encode(options).decode()}")
    work = Work(stage, source, names, about, reviewed)
    steps = work.steps()
    done = 0
    for at, (name, zh, en, step) in enumerate(steps):
        told(zh, en, at, len(steps))
        done += stage.step(name, step)
    stage.move()
    told("完成", "done", len(steps), len(steps))
    return Published(len(names), digest, done, len(steps) - done)


Step = tuple[str, str, str, Callable[[], None]]


class Work:
    """The steps of one publication."""

    def __init__(self, stage: Stage, source: Source, names: dict[int, Named], about: About, reviewed: Reviewed) -> None:
        """Hold what they work on."""
        self._stage, self._source, self._names = stage, source, names
        self._about, self._reviewed = about, reviewed
        self._pieces = stage.place("pieces")
        self._history = by_project(names.values())
        self._site = stage.folder / "site"
        self._pages = Pages(self._site, about)

    def steps(self) -> Sequence[Step]:
        """Each step: its name, what it does in both languages, and the work."""
        opening = [
            (f"open-{part}", f"逐表打开：{part}", f"forms of {part}", partial(self._open, part))
            for part in self._source.parts
        ]
        return [
            *opening,
            ("tables", "数据表", "tables", self._tables),
            ("lists", "列表和查找", "lists and search", self._lists),
            ("database", "数据库", "database", self._database),
            ("package", "说明", "description", self._package),
        ]

    def _open(self, part: str) -> None:
        results: list[Row] = []
        lines: list[Row] = []
        findings: list[Row] = []
        records: list[Row] = []
        for one in opened(self._source, part, self._names, self._reviewed):
            results.append(results_row(one))
            lines += lines_rows(one)
            findings += one.questions
            records.append(record(one))
            self._pages.form(one, self._history[one.named.uid])
        write_piece(self._pieces, self._source, part, {"results": results, "lines": lines, "findings": findings})
        write_records(self._pieces, part, records)

    def _tables(self) -> None:
        counts = joined(self._pieces, self._source.parts, self._stage.folder)
        (self._pieces / "counts.json").write_bytes(msgspec.json.encode(counts))

    def _lists(self) -> None:
        ordered = list(in_order(self._names.values()))
        write_lists(self._pages, ordered)
        write_index(self._site / "search", ordered)
        self._pages.plain((*_DATA, database.FILE, package.FILE, package.DICTIONARY))

    def _database(self) -> None:
        database.write_database(self._pieces, self._source.parts, self._stage.folder.joinpath(database.FILE))
        self._stage.folder.joinpath("metadata.json").write_bytes(database.metadata(self._about))

    def _package(self) -> None:
        folder: Path = self._stage.folder
        folder.joinpath(package.DICTIONARY).write_bytes(package.dictionary())
        counts = msgspec.json.decode((self._pieces / "counts.json").read_bytes(), type=dict[str, int])
        held = (*_DATA, package.DICTIONARY, "metadata.json", database.FILE)
        folder.joinpath(package.FILE).write_bytes(package.package(self._about, folder, held, counts))
