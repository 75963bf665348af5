r"""Names of sheets as spreadsheets allow them: at most 31 letters, no []:*?/\, no two alike."""

import re
from typing import Final

from jixiao.writing.formats.xlsx.texts import units

_MOST: Final = 31
_WIDE: Final = str.maketrans("[]:*?/\\", "［］：＊？／＼")
"""What a name may not hold, in its full width: it reads the same."""
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
_RESERVED: Final = frozenset({"history"})
"""Excel keeps this name for the list of changes."""
_LOOKED_AT: Final = 200
_UNNAMED: Final = "表"


class SheetNames:
    """Gives each document of a workbook the name of its sheet."""

    def __init__(self) -> None:
        """No name is taken yet."""
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """A name as near to the wanted one as there may be; a second one of the same name gets " (2)"."""
        base = _allowed(wanted)
        count = self._counts.get(base.casefold(), 1)
        name = base
        while name.casefold() in self._taken:
            count += 1
            tail = f" ({count})"
            name = _fitting(base, _MOST - len(tail)) + tail
        self._counts[base.casefold()] = count
        self._taken.add(name.casefold())
        return name


def _allowed(wanted: str) -> str:
    name = _fitting(_UNSEEN.sub(" ", wanted[:_LOOKED_AT]).translate(_WIDE).strip(), _MOST)
    name = re.sub(r"^'|'$", "’", name)
    return f"{name}_" if name.casefold() in _RESERVED else name or _UNNAMED


def _fitting(name: str, most: int) -> str:
    """As much of it as fits, in the units in which spreadsheets count: a rare character counts twice."""
    name = name[:most]
    while units(name) > most:
        name = name[:-1]
    return name.rstrip()
