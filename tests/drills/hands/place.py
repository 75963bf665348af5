"""Where rows of many hands keep their office: in memory where that can be, for they try no disk, only one another."""

from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from weakref import finalize

from drills.office import open_office

_MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of its own is made there
_KEPT: list[object] = []


class _Gone:
    """Lives as long as the row."""


def open_in_memory(folder: Path) -> None:
    """Open an office of the row's own.

    Args:
        folder: where it is on a system without a file system in memory.
    """
    if not _MEMORY.is_dir():
        open_office(folder / "data")
        return
    place, until = Path(mkdtemp(prefix="jixiao-hands-", dir=_MEMORY)), _Gone()
    finalize(until, rmtree, place, ignore_errors=True)
    _KEPT.append(until)
    open_office(place)
