"""Addresses that do not change: projects, units and departments named by a digest of what they are called."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, Final

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from jixiao.corpus.publishing.source import Source

COLUMNS: Final = (
    "form", "key", "project", "project_code", "department", "unit", "fiscal_year", "adjusted", "executed",
    "total_score", "grade",
)  # fmt: skip
_LETTERS: Final = 12


class Named(Struct, frozen=True):
    """A form of a corpus by its names.

    Attributes:
        form, key: number in the corpus, and the key that is the same in every corpus.
        project, department, unit, year: as printed; empty or 0 where not.
        budget, spent: adjusted budget and amount executed, in 分; `None` for none.
        claimed: claimed total in hundredths; `None` for none.
        grade: claimed.
        uid: of the project: code, or department, unit and name.
        address: of its page, below the root of the site.
        before: number of the project's form of the year before; `None` for none.
    """

    form: int
    key: str
    project: str
    department: str
    unit: str
    year: int
    budget: int | None
    spent: int | None
    claimed: int | None
    grade: str
    uid: str
    address: str
    before: int | None = None

    @property
    def department_uid(self) -> str:
        """Of the department."""
        return uid_of("department", self.department)

    @property
    def unit_uid(self) -> str:
        """Of the unit; the same name under another department is another unit."""
        return uid_of("unit", self.department, self.unit)


def uid_of(*words: str) -> str:
    """A short name for an address, the same for the same words."""
    return sha256("\0".join(words).encode()).hexdigest()[:_LETTERS]


def names_of(source: Source) -> dict[int, Named]:
    """Every form of a corpus by its number, in the order of the corpus."""
    frame = pl.concat([source.read("forms", part, COLUMNS) for part in source.parts])
    made: dict[int, Named] = {}
    taken: dict[tuple[str, int], int] = {}
    for row in frame.iter_rows(named=True):
        named = _named(row, taken)
        made[named.form] = named
    first = dict(reversed([((named.uid, named.year), named.form) for named in made.values()]))
    return {number: _after(named, first) for number, named in made.items()}


def _named(row: dict[str, Any], taken: dict[tuple[str, int], int]) -> Named:
    project, department, unit, code = (row[name] or "" for name in ("project", "department", "unit", "project_code"))
    year = row["fiscal_year"] or 0
    uid = uid_of("code", code) if code else uid_of("project", department, unit, project)
    often = taken[uid, year] = taken.get((uid, year), 0) + 1
    page = f"{year or 'undated'}{'' if often == 1 else f'-{often}'}"
    return Named(
        form=row["form"], key=row["key"], project=project, department=department, unit=unit, year=year,
        budget=row["adjusted"], spent=row["executed"], claimed=row["total_score"], grade=row["grade"] or "",
        uid=uid, address=f"projects/{uid}/{page}.html",
    )  # fmt: skip


def _after(named: Named, first: dict[tuple[str, int], int]) -> Named:
    before = first.get((named.uid, named.year - 1)) if named.year else None
    return named if before is None else replace(named, before=before)


def by_project(names: Iterable[Named]) -> dict[str, list[Named]]:
    """The forms of each project, newest first."""
    held: dict[str, list[Named]] = {}
    for named in names:
        held.setdefault(named.uid, []).append(named)
    return {uid: sorted(forms, key=lambda one: (-one.year, one.form)) for uid, forms in held.items()}


def in_order(names: Iterable[Named]) -> Iterator[Named]:
    """As lists show them: newest year first, then by department, unit and name."""
    return iter(sorted(names, key=lambda one: (-one.year, one.department, one.unit, one.project, one.form)))
