"""Packages of open data on the disk: one folder for each year and for all, made again when what they hold changed."""

import os
import shutil
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from django.conf import settings

from jixiao import __version__
from jixiao.office.people.models import Organisation
from jixiao.office.publication.models import Publication
from jixiao.office.publication.opendata.folder import write_package
from jixiao.office.publication.opendata.package import About, Licence
from jixiao.office.publication.records import editions, newest, records

ALL: Final = "all"
_AT_ONCE: Final = 2_000
"""So many forms are written while somebody waits; more are a job."""


def scopes() -> list[str]:
    """The packages there are: each year with a form, newest first, and all years."""
    years = Publication.objects.filter(withdrawn__isnull=True).order_by("-year").values_list("year", flat=True)
    return [*(str(year) for year in years.distinct()), ALL]


def _year(scope: str) -> int | None:
    return None if scope == ALL else int(scope)


def version(scope: str) -> str | None:
    """What the package of a scope holds now, as a short name; `None` where it would be empty."""
    rows = Publication.objects.filter(withdrawn__isnull=True)
    held = rows if scope == ALL else rows.filter(year=int(scope))
    seal = sha256(__version__.encode())
    count = 0
    for row in held.order_by("year", "uid").values_list("uid", "year", "edition").iterator(chunk_size=5000):
        seal.update(f"{row[0]} {row[1]} {row[2]}\n".encode())
        count += 1
    return f"{count}-{seal.hexdigest()[:16]}" if count else None


def kept(scope: str, named: str) -> Path | None:
    """The folder of a version that has been made; `None` where it has not."""
    folder = _root() / scope / named
    return folder if folder.is_dir() else None


def is_small(named: str) -> bool:
    """Whether a version is small enough to be written while somebody waits."""
    return int(named.partition("-")[0]) <= _AT_ONCE


def make(scope: str, named: str) -> Path:
    """Write a version, whole or not at all; older ones go."""
    place = _root() / scope
    place.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(dir=place, prefix="new-"))
    try:
        write_package(folder, about(scope), lambda: records(_year(scope)))
        folder.chmod(0o755)
        target = place / named
        if not target.is_dir():
            folder.rename(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for old in place.iterdir():
        if old.name != named and not old.name.startswith("new-"):
            shutil.rmtree(old, ignore_errors=True)
    return target


def about(scope: str) -> About:
    """What the package says of itself; its date is that of its newest form."""
    moment = newest(_year(scope))
    bureau = Organisation.objects.filter(parent__isnull=True).order_by("pk").values_list("name", flat=True).first()
    licence = Licence(*(os.environ.get(f"JIXIAO_OPEN_LICENCE{part}", "") for part in ("", "_TITLE", "_PATH")))
    created = moment.replace(microsecond=0).isoformat() if moment else ""
    return About(scope, created, bureau or "", os.environ.get("JIXIAO_OPEN_HOME", ""), licence)


def count(scope: str) -> int:
    """How many forms the package of a scope holds."""
    return editions(_year(scope)).count()


def _root() -> Path:
    data: Path = settings.DATA
    return data / "open"
