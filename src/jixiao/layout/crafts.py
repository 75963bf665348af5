"""What passes between the child that opens an original and the craft that changes it; `reading` and `writing` share it.

A craft is a function of the original's bytes and of the job, as bytes, that gives the changed original. It runs in a
child that can open no file: what it needs it imports at the top of its module.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

OURS: Final = "jixiao-"
"""How the names of notes begin that a craft has put into an original: reading looks at the page without them."""

SUMMARY: Final = "jixiao-summary"
"""Name of the link on pages that a craft has appended: they are no part of the original, and reading passes them by."""

Craft: TypeAlias = Callable[[bytes, bytes], bytes]
"""Takes the original and the job, gives the original changed. Refuses with `Refused`."""


class Refused(Exception):
    """An original that a craft does not change.

    Attributes:
        code: one of the codes of errors of reading (`encrypted`, `truncated_or_damaged`, `cannot_be_changed` …).
        message: why, a sentence in 中文 and English without the file's name and without the colon before it.
        advice: what to do.
    """

    def __init__(self, code: str, message: tuple[str, str], advice: tuple[str, str]) -> None:
        """Take the code, message and advice as (中文, English)."""
        super().__init__(code, message, advice)
        self.code, self.message, self.advice = code, message, advice
