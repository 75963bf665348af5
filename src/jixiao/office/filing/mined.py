"""Suggestions from an indicator library that was mined from forms, named by the setting JIXIAO_INDICATORS.

Who sets it vouches that its sources may be shown in the office. An entry is shown only where it rests on forms of three
units or more, and tells file, form and page of its sources, never whose they are.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec
from django.conf import settings

from jixiao.desk.library import lexicons
from jixiao.form import Indicator, plain
from jixiao.office.look.words import say
from jixiao.review.wording import bare
from jixiao.writing.indicators.report import LIBRARY_SCHEMA, Entry, Library, Source

UNITS: Final = 3
"""Units that an entry must rest on to be shown."""
MEASURABLE: Final = 7
"""Facts that must hold of what is offered in the place of something vague: all."""
_NAMED: Final = 2
_SIGNS: Final = ("≥", ">", "=", "<", "≤")


def mined() -> tuple[Entry, ...]:
    """The entries that may be shown; none where no library is set, or the file is none."""
    path = settings.INDICATORS
    if not path:
        return ()
    try:
        changed = Path(path).stat().st_mtime_ns
    except OSError:
        return ()
    return _read(path, changed)


@lru_cache(maxsize=2)
def _read(path: str, _changed: int) -> tuple[Entry, ...]:
    try:
        library = msgspec.json.decode(Path(path).read_bytes(), type=Library, dec_hook=_number)
    except (OSError, msgspec.MsgspecError):
        return ()
    known = library.entries if library.schema == LIBRARY_SCHEMA else ()
    return tuple(entry for entry in known if entry.units >= UNITS)


def _number(kind: type, value: Any) -> Any:
    return Decimal(value) if kind is Decimal else value


def names(here: Indicator, typed: str) -> Iterator[tuple[str, str]]:
    """Names for a line with a note each: in the place of a vague one, or under its headings.

    Args:
        here: the line.
        typed: what is typed as its name.
    """
    under = [one for one in mined() if here.level2 in ("", one.level2) and here.level1 in ("", one.level1)]
    if is_vague(typed):
        measurable = (one for one in under if one.measurability == MEASURABLE)
        ranked = sorted(measurable, key=lambda one: (-_shared(one.name, typed), -one.forms))
        yield from ((one.name, say("改写：", "instead: ") + told(one)) for one in ranked)
    else:
        yield from ((one.name, told(one)) for one in under)


def targets(here: Indicator) -> Iterator[tuple[str, str]]:
    """What others promise for a line of that name: the sign most used, with median and quartiles."""
    for entry in mined():
        sign = entry.operators.split(" ")[0]
        if bare(entry.name) == bare(here.name) and sign in _SIGNS:
            numbers = (entry.target.median, entry.target.q1, entry.target.q3)
            for number in dict.fromkeys(one for one in numbers if one is not None):
                yield f"{sign}{plain(number)}{entry.unit}", told(entry)


def is_vague(name: str) -> bool:
    """Whether a name does not say what is measured, or names what nobody measures."""
    words = bare(name)
    return bool(words) and any(lexicons()[which].matches(words) for which in ("vague_name", "unmeasured"))


def _shared(one: str, other: str) -> int:
    """How many characters two names share."""
    return len(set(bare(one)) & set(bare(other)))


def told(entry: Entry) -> str:
    """What an entry rests on, its middle target, and where its first lines stand."""
    median = entry.target.median
    middle = (
        "" if median is None else say(f"，中位 {plain(median)}{entry.unit}", f", median {plain(median)}{entry.unit}")
    )
    rests = say(f"{entry.forms} 张表、{entry.units} 个单位", f"{entry.forms} forms of {entry.units} units")
    return f"{rests}{middle}{say('；出处 ', '; from ')}{_places(entry.sources)}"


def _places(sources: Sequence[Source]) -> str:
    """File, form and page or cell of the first sources."""
    spots = []
    for one in sources[:_NAMED]:
        where = one.cell or ("" if one.page is None else say(f"第 {one.page} 页", f"p. {one.page}"))
        spots.append(" ".join(filter(None, (one.file, f"#{one.number}/{one.line}", where))))
    return "、".join(spots)
