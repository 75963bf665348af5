"""What is to be put into an original, whatever its format: marks at places, changes of numbers, a summary.

A job is plain data: it crosses the pipe to the child process in which the original is opened.
"""

from typing import Literal

from msgspec import Struct

from jixiao.form import Place

Kind = Literal["arithmetic", "clause", "doubt"]
"""The family of the finding, which decides the colour."""


class Mark(Struct, frozen=True):
    r"""A note at one or more places.

    Attributes:
        number: its number in the summary, from 1.
        code: of the check.
        kind: its family.
        places: where what it speaks of was read; empty where that is not one place: then it stands in the summary only.
        heading: one line.
        body: what was read, what was expected, the question, the clause: lines with "\n".
    """

    number: int
    code: str
    kind: Kind
    places: tuple[Place, ...]
    heading: str
    body: str


class Change(Struct, frozen=True):
    r"""A number that is put right.

    Attributes:
        pointer: the field of the form.
        places: where it was read.
        read: the text that stands there, as printed.
        written: the text that is to stand there.
        heading: one line, such as 得分合计 93.00 → 94.00.
        body: how the number follows from the form, and the rule: lines with "\n".
    """

    pointer: str
    places: tuple[Place, ...]
    read: str
    written: str
    heading: str
    body: str


class Row(Struct, frozen=True):
    """One line of the summary: number (0 for none), form, place in words, what is said."""

    number: int
    form: str
    place: str
    said: str
    kind: Kind | Literal["change", "note"]


class Job(Struct, frozen=True):
    """All that goes into one original.

    Attributes:
        title: of the summary, such as 自评表复核意见.
        notes: sentences over the summary's table.
        head: the names of its columns: number, form, place, what is said.
        rows: the summary.
        marks: the notes.
        changes: the numbers put right; with them the original becomes a corrected copy.
        author: whose name the notes and changes carry.
        day: ISO day of notes and changes.
        language: of the words above.
        pages: the summary as a PDF, for originals that are one; empty otherwise.
    """

    title: str
    notes: tuple[str, ...]
    head: tuple[str, str, str, str]
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    changes: tuple[Change, ...]
    author: str
    day: str
    language: Literal["zh", "en"] = "zh"
    pages: bytes = b""
