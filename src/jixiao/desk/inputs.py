"""What the caller named on the command line, as a list of files: files, folders and patterns."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from jixiao.desk.evidence import SUFFIX

_TEXTUAL = {
    ".pdf",
    ".ofd",
    ".xlsx",
    ".xls",
    ".et",
    ".docx",
    ".docm",
    ".doc",
    ".wps",
    ".rtf",
    ".xlsm",
    ".html",
    ".htm",
    ".txt",
    ".csv",
    ".zip",
}
_PICTURES = {".png", ".jpg", ".jpeg", ".tif", ".tiff"}
DOCUMENTS = frozenset(_TEXTUAL | _PICTURES)
"""Endings under which a folder is searched; a file named by itself is taken whatever its ending."""

_PATTERN = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read and what was left out.

    Attributes:
        files: as the caller named them (a folder's files below that name), each once, in the order given.
        left_out: files of other kinds found in folders.
        empty: folders and patterns in which no document was found.
    """

    files: tuple[Path, ...]
    left_out: tuple[Path, ...]
    empty: tuple[str, ...]


def gather(names: Iterable[str], endings: Set[str] = DOCUMENTS) -> Inputs:
    """Expand names. A name that does not exist stays in `files`: reading it says so without stopping the rest.

    Args:
        names: files, folders, patterns.
        endings: of the files that are looked for in folders and by patterns.
    """
    files: dict[Path, Path] = {}
    left_out: list[Path] = []
    empty: list[str] = []
    for name in names:
        found, others = _expand(name, endings)
        left_out += others
        if not found:
            empty.append(name)
        for path in found:
            files.setdefault(path.resolve(), path)
    return Inputs(tuple(files.values()), tuple(left_out), tuple(empty))


def _expand(name: str, endings: Set[str]) -> tuple[list[Path], list[Path]]:
    path = Path(name)
    if path.is_dir():
        return _documents(_inside(path), endings)
    if path.exists() or not _PATTERN & set(name):
        return [path], []
    return _documents(_matching(path), endings)


def _documents(paths: Iterable[Path], endings: Set[str]) -> tuple[list[Path], list[Path]]:
    every = list(paths)
    return (
        [path for path in every if path.suffix.lower() in endings],
        [path for path in every if path.suffix.lower() not in endings],
    )


def _inside(folder: Path) -> Iterator[Path]:
    """The files below a folder; a link that leads nowhere is one: reading it says so."""
    every = (path for path in sorted(folder.rglob("*")) if not _is_hidden(path, folder))
    return (path for path in every if path.is_file() or (path.is_symlink() and not path.exists()))


def _is_hidden(path: Path, below: Path) -> bool:
    """Hidden files, the lock files (~$…) that an office program leaves, and what stands beside a form as evidence."""
    parts = path.relative_to(below).parts
    return any(part.startswith((".", "~$")) for part in parts) or any(part.endswith(SUFFIX) for part in parts[:-1])


def _matching(pattern: Path) -> Iterator[Path]:
    fixed = next((parent for parent in pattern.parents if not _PATTERN & set(str(parent))), Path())
    for path in sorted(fixed.glob(str(pattern.relative_to(fixed)))):
        if not _is_hidden(path, fixed):
            yield from _inside(path) if path.is_dir() else [path]
