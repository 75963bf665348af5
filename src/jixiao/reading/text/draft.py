"""A form in the making: what was read and where, what could not be placed, what could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from jixiao.form import Extra, Place, Problem
from jixiao.reading.text.tokens import Gap, Token, joined

SURE: Final = 100
"""Confidence, in hundredths, of text copied with certain boundaries."""

INFERRED: Final = 99
"""The most, in hundredths, that a cell can have whose boundaries were inferred."""


@dataclass(slots=True)
class Draft:
    """Places, extras and problems of one form as they come up.

    Attributes:
        file: the file as the caller named it.
        places: JSON pointer to places.
        extras: labelled texts without a field, and unplaced ones.
        problems: what could not be read.
    """

    file: str
    places: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def text(self, pointer: str, tokens: Sequence[Token], confidence: int = SURE) -> str:
        """The text of a field's tokens; its place is noted."""
        if tokens:
            self.places[pointer] = places_of(self.file, tokens, confidence)
        return joined(tokens)

    def keep(self, label: str, tokens: Sequence[Token], pointer: str | None = None) -> None:
        """Keep a text that has no field of its own, under its printed label, with its place."""
        if tokens:
            self.places[f"/extras/{len(self.extras)}"] = places_of(self.file, tokens, SURE)
            self.extras.append(Extra(label, joined(tokens), pointer))

    def unplaced(self, tokens: Sequence[Token]) -> None:
        """Keep a text that could not be placed."""
        self.keep("unplaced", tokens)

    def missing(self, pointer: str, what: str) -> None:
        """Say that a field is not in the text."""
        message = f"文本中未找到{what}；请对照原件 / {what}: not found in the text; compare with the original"
        self.problems.append(Problem(pointer, "missing", message))

    def cap(self, most: int) -> None:
        """Lower the confidence of every field read so far, in hundredths."""
        bound = Decimal(most).scaleb(-2)
        for pointer, places in self.places.items():
            if not pointer.startswith("/extras/"):
                self.places[pointer] = tuple(
                    replace(place, confidence=min(place.confidence, bound)) for place in places
                )

    def doubtful(self, pointer: str, code: str, message: str) -> None:
        """Say that a field was read with doubt or not at all."""
        self.problems.append(Problem(pointer, code, message))


def places_of(file: str, tokens: Sequence[Token], confidence: int) -> tuple[Place, ...]:
    """Where a run of tokens stands: its first token, and the first behind each page break."""
    certainty = Decimal(confidence).scaleb(-2)
    firsts = [token for index, token in enumerate(tokens) if index == 0 or token.gap == Gap.PAGE]
    return tuple(Place(file, line=token.line, column=token.column, confidence=certainty) for token in firsts)
