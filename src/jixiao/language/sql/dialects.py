"""How databases differ, as data: a new one is one more entry of `DIALECTS`, and no other line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from jixiao.language.ir import Type


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database's way of writing.

    Attributes:
        name: how people call it.
        identifier: a name in its quotes.
        number: a whole number of 64 bits.
        quotient: the whole quotient of two numbers that are not negative.
        trimmed: a text without some characters at both ends.
        escapes: characters that a text in quotes may not hold as they are → how they are written.
        control: any other character that is not printed, by its number; `quote` is the quote around texts.
        types: kind of a value → the type of its null.
        shared: a table expression that is read more than once.
        settings: what to set before a statement runs, where its optimiser would write values out many times.
    """

    name: str
    identifier: str
    number: str
    quotient: str
    trimmed: str
    escapes: Mapping[str, str]
    control: str
    types: Mapping[Type, str]
    shared: str
    settings: Mapping[str, str]

    def named(self, name: str) -> str:
        """A name in quotes."""
        return self.identifier.format(name)

    def whole(self, value: int) -> str:
        """A constant number."""
        text = self.number.format(abs(value))
        return f"(-{text})" if value < 0 else text

    def text(self, value: str) -> str:
        """A constant text, in printed characters only."""
        inside = "".join(map(self._character, value))
        return f"('{inside}')" if "||" in inside else f"'{inside}'"

    def texts(self, values: Iterable[str]) -> str:
        """Constant texts, one after another."""
        return ", ".join(map(self.text, values))

    def null(self, type_: Type) -> str:
        """The null of a type."""
        return f"CAST(NULL AS {self.types[type_]})"

    def _character(self, character: str) -> str:
        if character in self.escapes:
            return self.escapes[character]
        return character if character.isprintable() else self.control.format(ord(character))


SPARK: Final = Dialect(
    name="spark",
    identifier="`{}`",
    number="{}L",
    quotient="({0} DIV {1})",
    trimmed="trim(BOTH {1} FROM {0})",
    escapes={"'": "\\'", "\\": "\\\\"},
    control="\\u{:04x}",
    types={"number": "BIGINT", "truth": "BOOLEAN", "text": "STRING"},
    shared="{} AS",
    settings={
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.constraintPropagation.enabled": "false",  # grows beyond all memory with levels that name values
        "spark.sql.codegen.wholeStage": "false",  # one method of all levels is more than its compiler takes
        "spark.sql.autoBroadcastJoinThreshold": "-1",  # small as files, a million forms fill the driver's memory
    },
)
DUCKDB: Final = Dialect(
    name="duckdb",
    identifier='"{}"',
    number="{}::BIGINT",
    quotient="({0} // {1})",
    trimmed="trim({0}, {1})",
    escapes={"'": "''"},
    control="' || chr({}) || '",
    types={"number": "BIGINT", "truth": "BOOLEAN", "text": "VARCHAR"},
    shared="{} AS MATERIALIZED",
    settings={"disabled_optimizers": "partial_aggregate_pushdown"},
)
DIALECTS: Final[Mapping[str, Dialect]] = {dialect.name: dialect for dialect in (SPARK, DUCKDB)}
