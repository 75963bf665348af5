"""A3: the hostile and the changed files of A1 and A2 reach most lines of our readers.

Changed files of many layouts and formats are read, and every named hostile file, in CI until the share is reached;
counted are lines of functions of readers, see `hostile/covered.py`. The count of trials is the share, in per cent.
"""

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Final

from drills.row import Drill, Outcome, Row
from hostile import covered
from hostile.families import FAMILIES
from hostile.hostile_table import EVERY
from hostile.hostile_xls import XLS_FILES
from hostile.varied import varied
from jixiao.reading import DEFAULT_LIMITS, Unreadable
from jixiao.reading.archive import members
from jixiao.reading.handover import IsArchive
from jixiao.reading.parse import parse_bytes

_TURNS: Final = 12
"""How often each of the varied documents is changed."""
_LEAST: Final = 12
"""So many modules with most lines that are not reached are named."""


def run(drill: Drill) -> Outcome:
    """Read them, and count the lines."""
    found = covered.reached(_files(drill), read, 100 if drill.full else drill.count)
    return judged(found, {str(path): covered.lines_of(path) for path in covered.readers()}, drill.count)


def read(data: bytes) -> None:
    """Read a file as a child does; of an archive each member."""
    try:
        parse_bytes(data, "f", None)
    except IsArchive:
        for member in members(data, "f", DEFAULT_LIMITS):
            if isinstance(member.content, bytes):
                with suppress(Unreadable, IsArchive):
                    parse_bytes(member.content, member.name, None)


def _files(drill: Drill) -> Iterator[bytes]:
    """The changed files first: what they reach need not be followed again in those that take long."""
    named = chain(EVERY.values(), XLS_FILES.values(), FAMILIES.values() if drill.full else ())
    return chain(varied(drill.seed, _TURNS * (4 if drill.full else 1)), (one.build() for one in named))


def judged(found: covered.Lines, wanted: covered.Lines, least: int) -> Outcome:
    """The share of lines that were reached, and the modules where fewest were."""
    reached, every = sum(map(len, found.values())), sum(map(len, wanted.values()))
    share = 100 * reached // every
    poorest = sorted((len(found[name]) - len(lines), name) for name, lines in wanted.items())[:_LEAST]
    named = ", ".join(f"{Path(name).stem} {-missing}" for missing, name in poorest)
    faults = () if share >= least else (f"{share} % of the lines of our readers are reached, {least} % are asked for",)
    return Outcome(
        share,
        faults,
        (f"{reached} of {every} lines in functions of {len(wanted)} modules", f"most not reached: {named}"),
    )


ROW = Row(
    id="A3", zh="恶意与改动文件走过读取程序的大部分行", en="hostile and changed files reach most lines of our readers",
    ci=80, full=90, unit="per cent of lines", run=run,
)  # fmt: skip
