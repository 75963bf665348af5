"""Columns that rule texts may read: their kind, exact scale and declared domain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

ColumnKind = Literal["number", "boolean", "enum", "text"]
Namespace = Literal["f", "i"]
Cell = int | Fraction | bool | str | None
"""What a row holds for a column: a number times 10**scale (an int; a Fraction only where it has more decimals than the
scale), a bool, a text, or `None`."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a form (f.) or of an indicator (i.).

    Attributes:
        name: what stands after `f.` or `i.`.
        kind: number, boolean, enum (one of `values`) or text.
        scale: decimals of a number; the row holds the number times 10**scale.
        low: least value of the declared domain. Rows outside the domain are computed exactly all the same in Python;
            the domain is what 64-bit back ends rely on.
        high: greatest value of the declared domain.
        nullable: whether the row may hold `None`.
        values: the texts an enum may take; comparing with another text is an error when the rule is loaded.
        zh: name for people, 中文.
        en: name for people, English.
        unit: unit shown with the number in explanations, as "%".
    """

    name: str
    kind: ColumnKind = "number"
    scale: int = 0
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    nullable: bool = False
    values: tuple[str, ...] = ()
    zh: str = ""
    en: str = ""
    unit: str = ""

    def cell(self, value: Decimal | Fraction | int | None) -> int | Fraction | None:
        """A number as the row holds it: exact always; an int unless it has more decimals than the scale."""
        if value is None:
            return None
        numerator, denominator = value.as_integer_ratio()
        whole, rest = divmod(numerator * _power(self.scale), denominator)
        return Fraction(numerator * _power(self.scale), denominator) if rest else whole


class Schema:
    """The columns of forms and indicators that a program may read."""

    def __init__(self, form: Sequence[Column], indicator: Sequence[Column]) -> None:
        """Index the columns by namespace and name.

        Raises:
            ValueError: a name stands twice in one namespace.
        """
        self.columns: Mapping[str, Mapping[str, Column]] = {"f": _index("f", form), "i": _index("i", indicator)}

    def column(self, namespace: str, name: str) -> Column | None:
        """The column `f.name` or `i.name`; `None` if there is none."""
        return self.columns[namespace].get(name)

    def extended(self, form: Sequence[Column] = (), indicator: Sequence[Column] = ()) -> "Schema":
        """A schema with further columns, such as the features of a review."""
        return Schema((*self.columns["f"].values(), *form), (*self.columns["i"].values(), *indicator))


def _power(scale: int) -> int:
    """10 to the power of a scale, which is never negative."""
    return int("1" + "0" * scale)


def _index(namespace: str, columns: Sequence[Column]) -> dict[str, Column]:
    index: dict[str, Column] = {}
    for column in columns:
        if column.name in index:
            raise ValueError(f"column {namespace}.{column.name} stands twice in the schema")
        index[column.name] = column
    return index
