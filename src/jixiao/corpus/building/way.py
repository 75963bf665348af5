"""What is handed to building: how files are read, and the law that forms are put under."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from jixiao.form import Form
from jixiao.reading import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from jixiao.language.columns.frames import Rows
    from jixiao.review import Review

MOST_IN_PART: Final = 100_000
PART: Final = 20_000
"""Forms of a part, unless otherwise asked: with every place and text some 200 MB while it is written."""


class Reviewed(NamedTuple):
    """A form under the book in force: id and day of the book, the rows that rules read, the review."""

    rulebook: str
    in_force: str
    rows: "Rows"
    review: "Review"


class Way(Struct, frozen=True):
    """How files become forms of a corpus. It travels to other processes.

    Attributes:
        review: puts a form under the book in force, or the one of that id; a function at the top of a module.
        mark: digest of all that `review` depends on: books, checks, word lists, program.
        rulebook: id of the book for every form; `None` recognises the place.
        limits: what reading a document may cost.
    """

    review: Callable[[Form, str | None], Reviewed]
    mark: str
    rulebook: str | None = None
    limits: Limits = DEFAULT_LIMITS


class Named(Struct, frozen=True, array_like=True):
    """A file to be read.

    Attributes:
        name: what the corpus calls it: its path below the folder that was named.
        sha256: of its bytes, when the plan was made.
        bytes: how many.
    """

    name: str
    sha256: str
    bytes: int


class Line(Struct, frozen=True):
    """A line of the table `sources`: a file, and what came of it.

    Attributes:
        sha256, file, bytes: which file.
        forms: how many forms were found in it.
        verdict: "read", "archive", "copy", "changed", or the code of why there is none.
        zh, en: why, in words.
    """

    sha256: str
    file: str
    bytes: int
    forms: int
    verdict: str
    zh: str = ""
    en: str = ""


READ: Final = "read"
ARCHIVE: Final = "archive"
COPY: Final = "copy"
CHANGED: Final = "changed"
KILLER: Final = "worker_killed"
FINE: Final = frozenset({READ, ARCHIVE, COPY})
"""Verdicts that nobody need look at."""
Lines = Iterable[Line]
