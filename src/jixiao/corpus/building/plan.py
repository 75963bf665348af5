"""The plan of a build: which parts stay, which are made anew without what is gone, and which files are read, in order.

A part is never changed in place: what stays of a part that lost a file goes into parts with new numbers, before what is
read now, and the last part goes along while it is not full. So whoever reads the corpus meanwhile reads the old one.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final, Literal

import msgspec
from msgspec import Struct

from jixiao.corpus.building.way import CHANGED, COPY, FINE, Line, Named, Way
from jixiao.corpus.faults import Missing
from jixiao.corpus.manifest import Corpus, Part, file_of
from jixiao.corpus.schema import TABLES
from jixiao.corpus.storage import Storage

FOLDER: Final = ".building"
"""What a build keeps until it is done."""
PLAN: Final = f"{FOLDER}/plan.json"
_SCHEMA: Final = "jixiao/corpus-plan/1"


class Plan(Struct, frozen=True):
    """What a build does.

    Attributes:
        base: digest of the manifest it starts from; empty for none.
        mark, rulebook: of the way.
        part: forms of a part.
        first_part, first_form: the next free numbers.
        kept: numbers of the parts that stay as they are.
        stored: numbers of the parts that are made anew, and how many forms they hold.
        again: whether the forms of these are put under the law again, for the law or the program is another.
        gone: name and SHA-256 of files whose forms and lines leave.
        lines: what is said of files that are not read: copies of others.
        files: to be read, in order.
    """

    base: str
    mark: str
    rulebook: str | None
    part: int
    first_part: int = 0
    first_form: int = 0
    kept: tuple[int, ...] = ()
    stored: tuple[tuple[int, int], ...] = ()
    again: bool = False
    gone: tuple[tuple[str, str], ...] = ()
    lines: tuple[Line, ...] = ()
    files: tuple[Named, ...] = ()
    schema: Literal["jixiao/corpus-plan/1"] = _SCHEMA

    def suits(self, base: str, way: Way, part: int) -> bool:
        """Whether it is a plan for this corpus, way and size of parts."""
        return (self.base, self.mark, self.rulebook, self.part) == (base, way.mark, way.rulebook, part)

    @property
    def digest(self) -> str:
        """Tells it from every other plan."""
        return sha256(encode_plan(self)).hexdigest()[:16]


def encode_plan(plan: Plan) -> bytes:
    """The plan as JSON."""
    return msgspec.json.encode(plan)


def read_plan(storage: Storage) -> Plan | None:
    """The plan that a build which broke off has left; `None` where there is none that can be used."""
    try:
        return msgspec.json.decode(storage.get(PLAN), type=Plan)
    except (Missing, msgspec.MsgspecError):
        return None


def plan_of(corpus: Corpus | None, listing: Sequence[Named], way: Way, part: int) -> Plan | None:
    """The plan that makes a corpus one of these files; `None` where it is that already.

    Args:
        corpus: as it is; `None` for a new one.
        listing: the files, each name once, in order of their names.
        way: how they are read.
        part: forms of a part.
    """
    wanted = _wanted(listing)
    if corpus is None:
        files, lines = _to_do(listing, wanted, frozenset())
        return Plan("", way.mark, way.rulebook, part, lines=lines, files=files)
    manifest = corpus.manifest
    if lacks_a_file(corpus):
        files, lines = _to_do(listing, wanted, frozenset())
        return Plan(
            manifest.digest, way.mark, way.rulebook, part, manifest.next_part, manifest.next_form, lines=lines,
            files=files,
        )  # fmt: skip
    again = (manifest.way, manifest.rulebook) != (way.mark, way.rulebook)
    known, gone = _known_and_gone(corpus, wanted, again=again)
    files, lines = _to_do(listing, wanted, known)
    broken = [one for one in corpus.parts if again or _holds(corpus, one, gone)]
    if not (files or lines or broken):
        return None
    broken = _with_the_last(corpus.parts, broken, part)
    return Plan(
        manifest.digest, way.mark, way.rulebook, part, manifest.next_part, manifest.next_form,
        kept=tuple(one.number for one in corpus.parts if one not in broken),
        stored=tuple((one.number, one.forms) for one in broken),
        again=again, gone=tuple(sorted(gone)), lines=lines, files=files,
    )  # fmt: skip


def lacks_a_file(corpus: Corpus) -> bool:
    """Whether a file that the manifest names is gone: nothing tells which forms were in it, so all are read again."""
    named = {file_of(table, part.number) for part in corpus.parts for table in part.files}
    return not named <= {name for table in TABLES for name in corpus.storage.names(table)}


def _wanted(listing: Iterable[Named]) -> dict[str, Line | Named]:
    """Each file by its name: to be read, or a line which says that it is a copy."""
    first: dict[str, str] = {}
    wanted: dict[str, Line | Named] = {}
    for file in listing:
        same = first.setdefault(file.sha256, file.name) if file.sha256 else file.name
        wanted[file.name] = file if same == file.name else _copy(file, same)
    return wanted


def _copy(file: Named, same: str) -> Line:
    zh = f"{file.name}：与 {same} 的内容完全相同，表只收一次。"
    en = f"{file.name}: its bytes are those of {same}; its forms are taken once."
    return Line(file.sha256, file.name, file.bytes, 0, COPY, zh, en)


def _to_do(
    listing: Iterable[Named], wanted: Mapping[str, Line | Named], known: frozenset[str]
) -> tuple[tuple[Named, ...], tuple[Line, ...]]:
    new = [wanted[file.name] for file in listing if file.name not in known]
    return tuple(one for one in new if isinstance(one, Named)), tuple(one for one in new if isinstance(one, Line))


class _Source(Struct, frozen=True):
    """As much of a line of `sources` as says whether it still holds."""

    file: str
    sha256: str
    verdict: str
    en: str

    def holds(self, wanted: Line | Named | None, *, again: bool) -> bool:
        """Whether the file is still as it was, and what was said of it need not be asked again."""
        if wanted is None or wanted.sha256 != self.sha256 or self.verdict == CHANGED:
            return False
        if isinstance(wanted, Line):
            return (self.verdict, self.en) == (COPY, wanted.en)
        return self.verdict != COPY and (self.verdict in FINE or not again)


def _known_and_gone(
    corpus: Corpus, wanted: Mapping[str, Line | Named], *, again: bool
) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The names of files whose lines hold, and name and digest of all lines that do not."""
    rows = [
        _Source(*row)
        for part in corpus.parts
        for row in corpus.frame(part, "sources", ["file", "sha256", "verdict", "en"]).iter_rows()
    ]
    files = {row.file: row for row in rows}
    known: set[str] = set()
    gone: set[tuple[str, str]] = set()
    for row in rows:
        top = _owner(row, files)
        if top.holds(wanted.get(top.file), again=again):
            known.add(top.file)
        else:
            gone.add((row.file, row.sha256))
    return frozenset(known), frozenset(gone)


def _owner(row: _Source, files: Mapping[str, _Source]) -> _Source:
    """The file that a line is about: the archive of a member, the file of a form at fault, else itself."""
    head, fault, _ = row.file.rpartition("#/")
    if fault and head in files and files[head].sha256 == row.sha256:
        return files[head]
    at = row.file.find("/")
    while at >= 0:
        above = files.get(row.file[:at])
        if above is not None and above.verdict == "archive":
            return above
        at = row.file.find("/", at + 1)
    return row


def _holds(corpus: Corpus, part: Part, gone: frozenset[tuple[str, str]]) -> bool:
    """Whether a part has a line, or a form, of a file that is gone."""
    names = ["file", "sha256"]
    return any(
        row in gone
        for table in ("sources", "forms")
        if gone
        for row in corpus.frame(part, table, names).unique().iter_rows()
    )


def _with_the_last(parts: Sequence[Part], broken: list[Part], most: int) -> list[Part]:
    """The last part, too, while it is not full; so that many small builds do not leave as many small parts."""
    if parts and parts[-1].forms < most and parts[-1] not in broken:
        return [*broken, parts[-1]]
    return broken
