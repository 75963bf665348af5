"""The pen: it writes corrections one after another, each told with those it follows from."""

from collections.abc import Iterable
from decimal import Decimal

from jixiao.form import Form, plain
from jixiao.review.corrections.model import Corrected, Correction, Kind, Left
from jixiao.review.corrections.standing import Standing
from jixiao.review.lookup import value_at
from jixiao.review.naming import field_name
from jixiao.review.verdict import Finding
from jixiao.scoring.sheet import Clause, Text


class Pen:
    """A form under correction.

    Attributes:
        origin: the form as printed.
        standing: the form as corrected so far.
        asked: what a review asks about the form as printed.
        doubted: pointers of lines whose points are at odds with the total row.
    """

    def __init__(self, origin: Standing, asked: Iterable[Finding]) -> None:
        """Begin with nothing written."""
        self.origin = self.standing = origin
        self.asked = tuple(asked)
        self.doubted: frozenset[str] = frozenset()
        self._written: dict[str, Correction] = {}
        self._left: list[Left] = []

    @property
    def form(self) -> Form:
        """The form as corrected so far."""
        return self.standing.form

    @property
    def in_force(self) -> bool:
        """Whether the rules bound on the day of the form: else nothing is put right by them."""
        return self.standing.reviewer.scorer.book.in_force

    def has_written(self, pointer: str) -> bool:
        """Whether a field has been put right."""
        return pointer in self._written

    def asks_at(self, *pointers: str) -> bool:
        """Whether the review asks about one of these fields, or about a part of it."""
        return any(
            finding.pointer == pointer or finding.pointer.startswith(f"{pointer}/")
            for finding in self.asked
            for pointer in pointers
        )

    def write(
        self, pointer: str, kind: Kind, value: Decimal | str, because: Iterable[Text], *,
        clause: Clause | None = None, depends: Iterable[str] = (),
    ) -> None:  # fmt: skip
        """Put a field right; one that was put right already follows two rules, and tells both."""
        sources = [source for source in dict.fromkeys(depends) if source != pointer]
        follows = [self._written[source] for source in sources if source in self._written]
        rest = [source for source in sources if source not in self._written]
        before = self._written[pointer].because if pointer in self._written else ()
        self._written[pointer] = Correction(
            pointer=pointer,
            kind=kind,
            read=_digits(value_at(self.origin.form, pointer)),
            corrected=_digits(value),
            because=(*before, *because, *(self._chained(source) for source in follows)),
            clause=clause,
            depends=(*(source.pointer for source in follows), *rest),
        )
        self.standing = self.standing.having(pointer, value)

    def leave(self, pointers: Iterable[str], said: Text) -> None:
        """Say what the form does not decide."""
        self._left.append(Left(tuple(pointers), "undecided", said))

    def keep(self, pointer: str, said: Text) -> None:
        """Say of a claim below the rule that it stays."""
        self._left.append(Left((pointer,), "kept", said))

    def result(self) -> Corrected:
        """All that was written and left."""
        made = tuple(each for each in self._written.values() if each.read != each.corrected)
        return Corrected(self.form, made, tuple(self._left))

    def label(self, pointer: str) -> Text:
        """The name of a field for people."""
        return field_name(self.form, pointer)

    def _chained(self, source: Correction) -> Text:
        name = self.label(source.pointer)
        return Text(
            f"所依据的“{name.zh}”已由 {source.read} 改为 {source.corrected}。",
            f"{name.en}, which this rests on, was corrected from {source.read} to {source.corrected}.",
        )


def _digits(value: object) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return getattr(value, "text", "") or str(value or "")
