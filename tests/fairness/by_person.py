"""The forms a person wrote and labelled, in the notation of `jixiao.review.specimen`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from fairness.labelled import Labelled, asked
from jixiao.review import specimen

FOLDER = Path(__file__).parent / "hand"
_OWN = frozenset({"id", "about", "ask", "may", "why", "book"})


@cache
def written_forms() -> tuple[Labelled, ...]:
    """All forms written by a person, by file and in its order."""
    files = sorted(FOLDER.glob("*.toml"))
    return tuple(
        _labelled(entry) for file in files for entry in tomllib.loads(file.read_text(encoding="utf-8"))["form"]
    )


def _labelled(entry: dict[str, Any]) -> Labelled:
    differs = {key: value for key, value in entry.items() if key not in _OWN}
    return Labelled(
        name=entry["id"],
        origin="hand",
        form=specimen(differs),
        ask=frozenset(map(asked, entry.get("ask", ()))),
        may=frozenset(map(asked, entry.get("may", ()))),
        book=entry.get("book", ""),
    )
