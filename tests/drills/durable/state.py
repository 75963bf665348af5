"""What an office holds: every row and every file, compared before and after; and whether all of it is whole."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from drills.durable.base import visiting

_APART: Final = frozenset({"django_session", "usersessions_usersession", "django_migrations", "sqlite_sequence"})
"""Who is signed in at the moment; that is no act's effect."""
Rows = dict[tuple[Any, ...], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class State:
    """What an office holds.

    Attributes:
        tables: of each table its rows, by their first column.
        columns: of each table the names of its columns.
        files: the files of the store, by their names.
    """

    tables: Mapping[str, list[tuple[Any, ...]]]
    columns: Mapping[str, tuple[str, ...]]
    files: frozenset[str]


def look(place: Path) -> State:
    """What an office holds now."""
    from django.db import connection

    tables, columns = {}, {}
    with visiting(place), connection.cursor() as cursor:
        for name in sorted(set(connection.introspection.table_names(cursor)) - _APART):
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 -- a name of our own tables
            tables[name] = sorted(cursor.fetchall(), key=lambda row: str(row[0]).zfill(20))
            columns[name] = tuple(column[0] for column in cursor.description)
    return State(tables, columns, frozenset({*stored(place), *_outputs(place)}))


def _outputs(place: Path) -> Iterator[str]:
    """What commands have written, with its digest: all of it, or as it was."""
    for path in (place / "tmp").iterdir():
        if path.is_file() and not path.name.startswith((".", "tmp")):
            yield f"{path.name} {sha256(path.read_bytes()).hexdigest()}"


def stored(place: Path) -> Iterator[str]:
    """The names of what lies in the store, whole files and those being written."""
    return (str(path.relative_to(place)) for path in (place / "files").rglob("*") if path.is_file())


Mask = frozenset[tuple[str, str]]
"""Columns whose content is another at each run: moments, chance, and what is made of them."""


def mask_of(one: State, other: State) -> Mask:
    """The columns in which two runs of the same act differ; a table whose rows do not pair is masked whole."""
    found: set[tuple[str, str]] = set()
    for name, rows in one.tables.items():
        names = one.columns[name]
        if len(rows) != len(other.tables[name]):
            raise ValueError(f"two runs of one act leave {name} with other numbers of rows")
        for mine, theirs in zip(rows, other.tables[name], strict=True):
            found |= {(name, column) for column, a, b in zip(names, mine, theirs, strict=True) if a != b}
    return frozenset(found)


def differing(one: State, other: State, mask: Mask) -> list[str]:
    """The tables in which two states differ, and "files" where a file of the first is missing in the second."""
    found = [name for name in one.tables if _shown(one, name, mask) != _shown(other, name, mask)]
    return found + (["files"] if one.files - other.files else [])


def _shown(state: State, name: str, mask: Mask) -> list[tuple[Any, ...]]:
    masked = [(name, column) in mask for column in state.columns[name]]
    if not any(masked):
        return state.tables[name]
    return [
        tuple("" if hidden and value is not None else value for hidden, value in zip(masked, row, strict=True))
        for row in state.tables[name]
    ]


def half_written(place: Path) -> list[str]:
    """What is not whole in an office, a sentence each; none where all is."""
    with visiting(place):
        return [*_database(), *_filings(), *_frozen(), *_told(), *_kept()]


def _database() -> Iterator[str]:
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found = cursor.fetchone()[0]
            if found != "ok":
                yield f"the database says {found}"
            cursor.execute("PRAGMA foreign_key_check")
            yield from (f"a reference leads nowhere: {row}" for row in cursor.fetchall())


def _filings() -> Iterator[str]:
    """Every form decodes, has a key for each row, and its saves lead to its version without a gap."""
    from jixiao.office.filing.judging import record_of
    from jixiao.office.filing.models import Filing, Save

    for filing in Filing.objects.all():
        record_of(filing)
        if len(filing.row_keys()) != len(record_of(filing).form.indicators):
            yield f"filing {filing.pk} has other keys than rows"
        saves = Save.objects.filter(filing=filing, refused=False).order_by("number").values_list("number", flat=True)
        if list(saves) != list(range(2, filing.version + 1)):
            yield f"filing {filing.pk} of version {filing.version} has the saves {list(saves)}"


def _frozen() -> Iterator[str]:
    """Versions and editions have the digests of their forms; the newest edition is the one that is named."""
    from jixiao.office.filing.models import Version
    from jixiao.office.publication.models import Edition, Publication

    for kind in (Version, Edition):
        for key, form, digest in kind.objects.values_list("pk", "form", "sha256"):
            if sha256(form.encode()).hexdigest() != digest:
                yield f"{kind.__name__} {key} has another digest than its form"
    for held in Publication.objects.all():
        numbers = list(held.editions.order_by("number").values_list("number", flat=True))
        if numbers != list(range(1, held.edition + 1)):
            yield f"publication {held.pk} of edition {held.edition} has the editions {numbers}"


def _told() -> Iterator[str]:
    """Each act has its event, and each event its act."""
    from jixiao.office.filing.models import Comment, Decision, Evidence, Save
    from jixiao.office.journal.models import Event

    def details(act: str, name: str) -> list[str]:
        events = Event.objects.filter(act__in=act.split())
        return sorted(str(json.loads(text)[name]) for text in events.values_list("details", flat=True))

    decided = [each for each in Event.objects.filter(subject__startswith="filing/") if '"decision"' in each.details]
    pairs = {
        "decisions": (
            sorted(str(key) for key in Decision.objects.values_list("pk", flat=True)),
            sorted(str(json.loads(each.details)["decision"]) for each in decided),
        ),
        "saves": (
            sorted(f"filing/{each.filing_id} {each.number}" for each in Save.objects.filter(refused=False)),
            sorted(
                f"{each.subject} {json.loads(each.details)['version']}"
                for each in Event.objects.filter(act="filing.saved")
            ),
        ),
        "refused saves": (
            sorted(str(key) for key in Save.objects.filter(refused=True).values_list("pk", flat=True)),
            details("filing.save_refused", "kept"),
        ),
        "comments": (
            sorted(str(key) for key in Comment.objects.values_list("pk", flat=True)),
            details("filing.commented", "comment"),
        ),
        "evidence": (
            sorted(Evidence.objects.values_list("sha256", flat=True)),
            details("filing.evidence_attached", "sha256"),
        ),
    }
    for name, (there, journal) in pairs.items():
        if there != journal:
            yield f"{name}: {len(there)} in the tables, {len(journal)} in the journal"


def _kept() -> Iterator[str]:
    """Every row's file is there, and every file has the digest it is named by."""
    from jixiao.office.filing.files import path_of
    from jixiao.office.filing.models import Evidence
    from jixiao.office.intake.models import Shown, Source
    from jixiao.office.publication.models import Paper

    named = [
        *Evidence.objects.values_list("sha256", flat=True), *Paper.objects.values_list("sha256", flat=True),
        *Source.objects.exclude(sha256__in=("", "ab" * 32)).values_list("sha256", flat=True),
        *Shown.objects.exclude(picture="").values_list("picture", flat=True),
    ]  # fmt: skip
    yield from (f"the file {digest} of a row is not there" for digest in named if not path_of(digest).is_file())
    for path in path_of("00" * 32).parent.parent.glob("??/*"):
        if sha256(path.read_bytes()).hexdigest() != path.parent.name + path.name:
            yield f"the file {path.name} is not what it is named by"


def torn(place: Path, names: Iterable[str]) -> Iterator[str]:
    """Files that have their name and not their bytes."""
    for name in names:
        path = place / name
        whole = len(path.parent.name) == 2 and path.parent.parent.name == "files"
        if whole and sha256(path.read_bytes()).hexdigest() != path.parent.name + path.name:
            yield f"the file {name} has its name and not its bytes"


def unnamed(state: State) -> set[str]:
    """The files of the store that no cell of any row names, and those that were being written."""
    named = {cell for rows in state.tables.values() for row in rows for cell in row if isinstance(cell, str)}
    return {name for name in state.files if name.startswith("files/") and _digest(name) not in named}


def _digest(name: str) -> str:
    return "".join(name.split("/")[1:])
