"""The law, the checks and their word lists as the package carries them, read once and handed to the pure rooms."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable


def texts(room: str, folder: str) -> dict[str, str]:
    """Every TOML text below a folder of a room, by its path below that folder ("cn/2020-02-25.toml")."""
    return dict(sorted(_walk(files(f"jixiao.{room}") / folder, "")))


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".toml"):
            yield prefix + entry.name, entry.read_text(encoding="utf-8")
