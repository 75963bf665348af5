"""Evidence 佐证 for what a form states: which file, page, cell or ledger row bears out an actual value or the spending.

A value is supported when evidence is attached to it. Whether the evidence says what it is said to say is for a person.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

EXECUTION: Final = "/execution"
"""The pointer under which evidence of the year's spending is kept."""


class Item(Struct, frozen=True):
    """One piece of evidence.

    Attributes:
        pointer: what it bears out: "/execution" or "/indicators/3".
        source: the file's name, or the ledger's.
        at: page, cell or row in it; "" for the whole of it.
        sha256: hex digest of the file; "" for a ledger row or where the file was not at hand.
        note: what it shows, in the words of whoever attached it.
    """

    pointer: str
    source: str
    at: str = ""
    sha256: str = ""
    note: str = ""


class Attached(Struct, frozen=True):
    """All evidence attached to one form; an empty list says that none was attached to anything."""

    items: tuple[Item, ...] = ()

    def of(self, pointer: str) -> Iterator[Item]:
        """The evidence for one line of the score sheet."""
        return (item for item in self.items if item.pointer == pointer)

    def supports(self, pointer: str) -> bool:
        """Whether anything is attached to a line of the score sheet."""
        return any(item.pointer == pointer for item in self.items)
