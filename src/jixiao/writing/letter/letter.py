"""The review letter as data, contract `jixiao/letter/1`."""

from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from jixiao.writing.letter.data import (
    Attachment,
    Book,
    Counts,
    Day,
    FileFault,
    Group,
    Lacking,
    LetterForm,
    Means,
    Money,
)

LETTER_SCHEMA: Final = "jixiao/letter/1"


class Letter(Struct, frozen=True):
    """One letter: what was reviewed of a unit's forms, what to correct, what departs from a rule, what is asked.

    Attributes:
        program: the version that made it.
        number: 发文字号; "" to be filled in.
        day: of the letter.
        sender: who sends it; "" to be filled in.
        unit: to whom, as its forms print it; "" where they print none.
        years: of its forms, ascending.
        reply_by: until when an answer is asked for; `None` to be filled in.
        counts: how many of what.
        money: sums over the forms that print them.
        means: of the totals.
        books: the rulebooks, as the forms name them.
        correct, departs, ask: the findings of arithmetic, clause and doubt by check; never mixed.
        lacking: documents that would decide what is open.
        forms: one after another.
        faults: files that could not be read; they stand in the letter to nobody in particular.
        attachments: what is attached.
    """

    program: str
    number: str
    day: Day
    sender: str
    unit: str
    years: tuple[int, ...]
    reply_by: Day | None
    counts: Counts
    money: Money
    means: Means
    books: tuple[Book, ...]
    correct: tuple[Group, ...]
    departs: tuple[Group, ...]
    ask: tuple[Group, ...]
    lacking: tuple[Lacking, ...]
    forms: tuple[LetterForm, ...]
    faults: tuple[FileFault, ...]
    attachments: tuple[Attachment, ...]
    schema: Literal["jixiao/letter/1"] = LETTER_SCHEMA


def letter_schema() -> dict[str, Any]:
    """JSON Schema of the letter, generated from its structures."""
    return msgspec.json.schema(Letter)
