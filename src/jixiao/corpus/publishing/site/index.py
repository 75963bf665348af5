"""The index of the search, in small files: which forms have two letters in a row, and what a form is called.

A page asks for a handful of files a query, whatever the size of the corpus: the shards of the pairs of letters asked
for, and the shards of the forms that have them all. `search.js` reads them; the folding here and there must be one.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from jixiao.corpus.publishing.naming import Named

FORMS: Final = 250
"""Of one file."""
OFTEN: Final = 5_000
"""A pair that more forms than this have is told to be common, without its forms: others narrow the search."""
_BLANK: Final = re.compile(r"[\s,，;；、|]+")
_MOST: Final = 1_024
_POSTINGS: Final = 4_000


def folded(text: str) -> str:
    """A text as it is searched in: full width and capitals made one, without blanks."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text).lower())


def words_of(named: Named) -> str:
    """What a form is found by, a bar between the parts."""
    return "|".join(map(folded, (named.project, named.unit, named.department, str(named.year or ""))))


def shard_of(pair: str, shards: int) -> int:
    """Which file holds a pair of letters: as `search.js` reckons, over UTF-16 units."""
    units = pair.encode("utf-16-le")
    found = 0
    for at in range(0, len(units), 2):
        found = (found * 31 + units[at] + 256 * units[at + 1]) % 65_521
    return found % shards


def write_index(folder: Path, names: Sequence[Named]) -> None:
    """Write it.

    Args:
        folder: a new one.
        names: the forms in the order in which they are to be found.
    """
    held: dict[str, list[int]] = defaultdict(list)
    for number, named in enumerate(names):
        text = words_of(named)
        for pair in sorted({text[at : at + 2] for at in range(len(text) - 1)}):
            if "|" not in pair:
                held[pair].append(number)
    shards = max(1, min(_MOST, sum(map(len, held.values())) // _POSTINGS))
    files: dict[int, dict[str, Any]] = defaultdict(dict)
    for pair, numbers in sorted(held.items()):
        files[shard_of(pair, shards)][pair] = _deltas(numbers) if len(numbers) <= OFTEN else 0
    for shard in range(shards):
        _put(folder / "pairs" / f"{shard}.json", files.get(shard, {}))
    for first in range(0, len(names), FORMS):
        _put(folder / "forms" / f"{first // FORMS}.json", [_told(named) for named in names[first : first + FORMS]])
    _put(folder / "about.json", {"forms": len(names), "shards": shards, "each": FORMS})


def _deltas(numbers: Iterable[int]) -> list[int]:
    last, made = 0, []
    for number in numbers:
        made.append(number - last)
        last = number
    return made


def _told(named: Named) -> list[Any]:
    return [named.project, named.unit, named.department, named.year, named.address]


def _put(path: Path, held: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(held, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
