"""A form as it stands under a reviewer: scored, conditions answered; and what it would be with one field changed."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from msgspec.structs import replace

from jixiao.form import Form
from jixiao.language import Named, Result
from jixiao.review.lookup import value_at
from jixiao.review.reviewer import Reviewer
from jixiao.scoring import Features, ScoreSheet
from jixiao.scoring.sheet import Line

EXECUTION = "/execution"


class Standing:
    """A form, its score sheet and the answers to the checks' conditions, worked out when they are asked for."""

    def __init__(self, reviewer: Reviewer, form: Form, features: Features) -> None:
        """Take a form.

        Args:
            reviewer: the checks compiled with the book in force.
            form: the form.
            features: its features; those of the form as printed serve the corrected one, too: they tell of its words.
        """
        self.reviewer, self.form, self._features = reviewer, form, features

    def having(self, pointer: str, value: Decimal | str) -> Self:
        """The same with one field changed."""
        return type(self)(self.reviewer, put(self.form, pointer, value), self._features)

    @cached_property
    def _run(self) -> tuple[ScoreSheet, Result]:
        return self.reviewer.scorer.run(self.form, self._features)

    @property
    def sheet(self) -> ScoreSheet:
        """Its score sheet."""
        return self._run[0]

    def named(self, name: str) -> Named:
        """A named value of the form."""
        return self._run[1].form[name]

    def named_of(self, line: str, name: str) -> Named:
        """A named value of an indicator, by its pointer."""
        return self._run[1].rows[int(line.rpartition("/")[2])][name]

    def fires(self, code: str) -> bool:
        """Whether a check on the form finds something."""
        return self.reviewer.finds(code, self._run[1])

    def feature(self, name: str) -> object:
        """A feature of the form as it was printed."""
        return self._features.form[name]

    @cached_property
    def lines(self) -> dict[str, Line]:
        """The lines of the score sheet by pointer."""
        return {line.pointer: line for line in self.sheet.lines}

    def cells(self, column: str) -> dict[str, Decimal]:
        """The printed weights or scores by the pointer of their line, execution first."""
        return {
            row: value for row in self._rows() if isinstance(value := value_at(self.form, f"{row}/{column}"), Decimal)
        }

    def _rows(self) -> Iterator[str]:
        yield EXECUTION
        yield from (f"/indicators/{number}" for number in range(len(self.form.indicators)))


def put(form: Form, pointer: str, value: Decimal | str) -> Form:
    """The form with one field changed; "/extras/2" is the text of that cell."""
    changed: Form = _put(form, pointer.split("/")[1:], value)
    return changed


def _put(held: Any, steps: list[str], value: Decimal | str) -> Any:
    if isinstance(held, tuple):
        at = int(steps[0])
        return (*held[:at], _put(held[at], steps[1:] or ["text"], value), *held[at + 1 :])
    inner = _put(getattr(held, steps[0]), steps[1:], value) if steps[1:] else value
    return replace(held, **{steps[0]: inner})
