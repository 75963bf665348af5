"""Names by which a place in a file is found: of letters, digits and lines only, none given twice."""

from dataclasses import dataclass, field
from typing import Final

_LONGEST: Final = 40
"""Word takes no longer name."""


@dataclass(slots=True)
class Bookmarks:
    """The names given in one file so far, each with how often its stem was wanted."""

    _given: dict[str, int] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """The bookmark of the next document, from its name; it begins with a letter."""
        letters = "".join(letter if letter.isalnum() else "_" for letter in name).strip("_")
        stem = (letters if letters[:1].isalpha() else f"表{letters}")[:_LONGEST]
        made, number = stem, self._given.get(stem.casefold(), 1)
        while made.casefold() in self._given:
            number += 1
            made = f"{stem[: _LONGEST - len(str(number)) - 1]}_{number}"
        self._given[stem.casefold()] = number
        self._given.setdefault(made.casefold(), 1)
        return made
