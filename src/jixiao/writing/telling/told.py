"""A form in plain words: sections of short sentences, made once at publication and kept with it."""

from typing import Literal

from msgspec import Struct

from jixiao.scoring.sheet import Text
from jixiao.writing.telling.sentences import tell

Part = Literal[
    "promised", "money", "achieved", "score", "recomputed", "arithmetic", "clause", "doubt", "questions", "changed"
]
"""What a section tells of; the three families of findings are sections of their own and never mix."""


class Section(Struct, frozen=True):
    """One section.

    Attributes:
        part: what it tells of.
        title: its heading.
        sentences: what it says, in order.
        items: what it lists, one sentence each: unmet targets, questions, changes.
    """

    part: Part
    title: Text
    sentences: tuple[Text, ...]
    items: tuple[Text, ...] = ()


def section(part: Part, sentences: list[Text], items: list[Text] | None = None) -> Section:
    """A section under its own heading."""
    return Section(part, tell(f"title.{part}"), tuple(sentences), tuple(items or ()))
