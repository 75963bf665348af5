"""The record of the sample that CI judges: which test noticed each change last. A hint of whom to ask, no verdict.

A change is known by its file, the text of its line, and what stands there before and after: edits elsewhere in the
file leave it what it is. So the sample, too, stays what it is, but for the lines that have gone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from mutation.running import HOUSE
from mutation.site import Site

RECORD: Final = Path(__file__).with_name("noticed.jsonl")
SEED: Final = 1
"""Of the sample that is recorded."""


class Key(NamedTuple):
    """A change, wherever its line stands now.

    Attributes:
        file: path below the house.
        line: the text of the line in which it begins.
        was, put: what stands there, and what is put there.
        nth: which of such changes in the file, from 1.
    """

    file: str
    line: str
    was: str
    put: str
    nth: int


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of a change: the test that noticed it last; or, of one that survived every test, why it may."""

    by: str = ""
    why: str = ""

    @property
    def survived(self) -> bool:
        """Whether no test noticed it."""
        return not self.by


def keys(sites: Iterable[Site]) -> Iterator[tuple[Site, Key]]:
    """All changes there are, each with its key."""
    seen: Counter[tuple[str, ...]] = Counter()
    for site in sorted(sites):
        text = _text(site.file)
        line = text[text.rfind("\n", 0, site.begin) + 1 :].partition("\n")[0].strip()
        found = (site.file, line, text[site.begin : site.end], site.put)
        seen[found] += 1
        yield site, Key(*found, seen[found])


def notes(sites: Iterable[Site], record: Path = RECORD) -> dict[Site, Note]:
    """What is recorded of these changes; they must be all there are, for the same line may stand in a file twice."""
    held = read(record)
    return {site: held[key] for site, key in keys(sites) if key in held}


def read(record: Path = RECORD) -> dict[Key, Note]:
    """The whole record."""
    lines = record.read_text(encoding="utf-8").splitlines() if record.is_file() else []
    found = (msgspec.json.decode(line, type=dict[str, str | int]) for line in lines)
    return {
        Key(str(one["file"]), str(one["line"]), str(one["was"]), str(one["put"]), int(one["nth"])):
        Note(str(one.get("by", "")), str(one.get("why", "")))
        for one in found
    }  # fmt: skip


def write(sites: Iterable[Site], new: Mapping[Site, Note], record: Path = RECORD) -> int:
    """Take new notes into the record; of a change whose line has gone, the note goes, too. How many there are now."""
    held, now = read(record), dict(keys(sites))
    for site, note in new.items():
        before = held.get(now[site], Note())
        held[now[site]] = Note(note.by, (note.why or before.why) if note.survived else "")
    kept = {key: held[key] for key in sorted(set(held) & set(now.values()))}
    texts = (key._asdict() | ({"why": note.why} if note.survived else {"by": note.by}) for key, note in kept.items())
    record.write_text("".join(f"{msgspec.json.encode(text).decode()}\n" for text in texts), encoding="utf-8")
    return len(kept)


@cache
def _text(file: str) -> str:
    return (HOUSE / file).read_text(encoding="utf-8")
