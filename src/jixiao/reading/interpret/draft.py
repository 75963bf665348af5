"""What has been read of one form so far: texts with places by JSON pointer, extras and problems."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from jixiao.form import Extra, Place, Problem, is_nothing
from jixiao.reading.interpret.rows import Item
from jixiao.reading.interpret.wording import join_two

UNPLACED: Final = "unplaced"
"""The label of an extra that stands under no label (spec: nothing printed is lost)."""


@dataclass(slots=True)
class Reading:
    """The printed text of one field and where it stands."""

    text: str
    places: tuple[Place, ...]


@dataclass(slots=True)
class Draft:
    """One form while it is read.

    Attributes:
        fields: JSON pointer to what is printed there; an empty text where a label has no value.
        labels: JSON pointer to the label that was printed for it.
        extras: labelled cells without a field, with their places.
        problems: what could not be read.
        units: the units of money printed, as they come.
        indicators: how many indicators there are.
        more_funds: how many fund rows there are beyond the four.
    """

    fields: dict[str, Reading] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    extras: list[tuple[Extra, tuple[Place, ...]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    indicators: int = 0
    more_funds: int = 0

    def text(self, pointer: str) -> str:
        """What was read for a pointer; empty where nothing was."""
        reading = self.fields.get(pointer)
        return reading.text if reading else ""

    def put(self, pointer: str, items: Iterable[Item], label: str = "") -> None:
        """Set a field to the joined texts of items, after what it already holds."""
        reading = self.fields.setdefault(pointer, Reading("", ()))
        for item in items:
            reading.text = join_two(reading.text, item.text)
            reading.places += tuple(place for place in item.places if place not in reading.places)
        if label:
            self.labels.setdefault(pointer, label)

    def put_text(self, pointer: str, text: str, places: tuple[Place, ...]) -> None:
        """Set a field to a text that is only part of a cell."""
        self.fields[pointer] = Reading(text, places)

    def put_unit(self, unit: str, places: tuple[Place, ...]) -> None:
        """Set the unit of money; where a form prints two that differ, neither is taken, for amounts would be wrong."""
        held = self.units[0] if self.units else unit
        self.units.append(unit)
        if held.removeprefix("人民币") == unit.removeprefix("人民币"):
            if not self.text("/currency_unit"):
                self.put_text("/currency_unit", unit, places)
        elif not any(problem.pointer == "/currency_unit" for problem in self.problems):
            self.fields.pop("/currency_unit", None)
            message = f"表中既有“{held}”又有“{unit}”，未采用；请核对原件的金额单位。"
            self.report("/currency_unit", "unreadable", message)

    def keep(self, label: str, item: Item, pointer: str | None = None) -> None:
        """Keep a cell without a field of its own; cells that hold nothing ("-", "/") are not kept."""
        self.keep_text(label, item.text, item.places, pointer)

    def keep_text(self, label: str, text: str, places: tuple[Place, ...], pointer: str | None = None) -> None:
        """Keep a text without a field of its own."""
        if not is_nothing(text):
            self.extras.append((Extra(label=label or UNPLACED, text=text, pointer=pointer), places))

    def lay_aside(self, items: Iterable[Item], pointer: str | None = None) -> None:
        """Keep cells whose place in the form is not understood, each as it is printed."""
        for item in items:
            self.keep(UNPLACED, item, pointer)

    def report(self, pointer: str, code: str, message: str) -> None:
        """Say why a field could not be read."""
        self.problems.append(Problem(pointer=pointer, code=code, message=message))
