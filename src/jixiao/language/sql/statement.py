"""The nodes of some outputs as one statement: table expressions of forms and of indicators, level by level.

    seen → checked → forms_0 … → rows_0 … → sums_0 → forms_1 … → …

`checked` tells the forms outside the domains; only the others go on. `forms_0` computes what reads no indicator,
`rows_0` what an indicator and those values give, `sums_0` adds up, `forms_1` goes on from the sums, and so forth for
aggregates of aggregates.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from jixiao.language.ir import MAX_ROWS, Node
from jixiao.language.sql.dialects import Dialect
from jixiao.language.sql.levels import Chain, Levels, name_of

Level = Literal["form", "indicator"]
FORM: Final = "form"
ROW: Final = "at"
OUTSIDE: Final = "outside"
"""Columns of a result beside the outputs: whose it is, which indicator from 0, whether it is computed elsewhere."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Where the columns that rules read stand.

    Attributes:
        forms: the table of forms: one row a form, its number in the column `form`.
        indicators: the table of indicators: the form's number in `form`, which indicator of it in `at`, from 0.
        form_features: the table of features computed of a form, with `form`.
        indicator_features: the table of features computed of an indicator, with `form` and `at`.
        features: the columns ("f.goal_vague", "i.exact_hit") that stand in the tables of features.
        beyond: a truth in the table of forms: the form has a number that no cell holds, its cells are null.
        said: what is added to the name of a text column for the truth whether the text says anything; none where
            there are no such truths.
    """

    forms: str = "forms"
    indicators: str = "indicators"
    form_features: str = "features_of_forms"
    indicator_features: str = "features_of_indicators"
    features: frozenset[str] = frozenset()
    beyond: str | None = "beyond"
    said: str | None = "_said"


def generate(
    outputs: Mapping[str, Node], per_row: frozenset[str], level: Level, dialect: Dialect, tables: Tables
) -> str:
    """The statement that computes the outputs of a level.

    Args:
        outputs: all outputs that belong together: a form with any cell that one of them reads outside its domain is
            outside for all.
        per_row: the outputs of the indicators.
        level: which of them to give.
        dialect: how the database writes.
        tables: where the columns stand.
    """
    told = Told(tables.said)
    source = _Source(Levels(list(outputs.values()), dialect, told, rows=False).columns, dialect, tables, told)
    given = {name: node for name, node in outputs.items() if (name in per_row) is (level == "indicator")}
    return _Writer(given, level, source).write()


class Told:
    """The truths that tell whether texts say anything, as columns of their own."""

    def __init__(self, said: str | None) -> None:
        """Take what is added to a text column's name."""
        self._said = said
        self._known: dict[str, Node] = {}

    def __call__(self, text: Node) -> Node | None:
        """The column that tells of a text column; none for other texts, and where there are no such columns."""
        if self._said is None or text.kind != "column":
            return None
        name = f"{text.payload}{self._said}"
        if name not in self._known:
            index = -1 - len(self._known)
            self._known[name] = replace(text, index=index, payload=name, type="truth", low=0, high=0)
        return self._known[name]

    def column(self, node: Node) -> str:
        """The column of rules that a column of the tables belongs to."""
        name = str(node.payload)
        return name.removesuffix(self._said) if self._said and name in self._known else name


@dataclass(slots=True)
class _Source:
    """The published tables: their columns, and which forms are outside the domains."""

    columns: list[Node]
    dialect: Dialect
    tables: Tables
    told: "Told"

    def expressions(self) -> Iterator[tuple[str, str]]:
        """The expressions every statement begins with."""
        named = self.dialect.named
        rows = self._conditions("i")
        bad = f"max(CASE WHEN {' OR '.join(rows)} THEN 1 ELSE 0 END)" if rows else "0"
        key = named(FORM)
        yield (
            "seen",
            f"SELECT i.{key} AS form_id, count(*) AS many, {bad} AS bad FROM {self.joined('i')} GROUP BY i.{key}",
        )
        outside = [*self._conditions("f"), "s.bad > 0", f"s.many > {MAX_ROWS}"]
        if self.tables.beyond:
            outside.append(f"f.{named(self.tables.beyond)}")
        told = f"CASE WHEN {' OR '.join(outside)} THEN TRUE ELSE FALSE END AS is_outside"
        cells = ", ".join((f"f.{key} AS form_id", told, *self.cells("f")))
        yield "checked", f"SELECT {cells} FROM {self.joined('f')} LEFT JOIN seen s ON s.form_id = f.{key}"

    def cells(self, namespace: str, wanted: Iterable[Node] | None = None) -> list[str]:
        """Columns of one namespace under the names that expressions know them by."""
        return [
            f"{self._place(node)} AS {name_of(node)}"
            for node in (self.columns if wanted is None else wanted)
            if str(node.payload)[0] == namespace
        ]

    def joined(self, namespace: str) -> str:
        """The table of forms or of indicators beside that of its features, where one is read."""
        table, features = self._names(namespace)
        featured = any(self._featured(node) for node in self.columns if str(node.payload)[0] == namespace)
        if not featured:
            return f"{table} {namespace}"
        keys = (FORM,) if namespace == "f" else (FORM, ROW)
        same = " AND ".join(f"{namespace}x.{key} = {namespace}.{key}" for key in map(self.dialect.named, keys))
        return f"{table} {namespace} JOIN {features} {namespace}x ON {same}"

    def _names(self, namespace: str) -> tuple[str, str]:
        if namespace == "f":
            return self.tables.forms, self.tables.form_features
        return self.tables.indicators, self.tables.indicator_features

    def _featured(self, node: Node) -> bool:
        return self.told.column(node) in self.tables.features

    def _place(self, node: Node) -> str:
        namespace, name = str(node.payload).split(".", 1)
        return f"{namespace}{'x' if self._featured(node) else ''}.{self.dialect.named(name)}"

    def _conditions(self, namespace: str) -> list[str]:
        """What makes a row one that no 64-bit computation may be trusted with."""
        return [
            condition for node in self.columns if str(node.payload)[0] == namespace for condition in self._outside(node)
        ]

    def _outside(self, node: Node) -> Iterator[str]:
        place = self._place(node)
        if node.type == "number":
            yield f"{place} NOT BETWEEN {self.dialect.whole(node.low)} AND {self.dialect.whole(node.high)}"
        if not node.nullable:
            yield f"{place} IS NULL"


@dataclass(slots=True)
class _Writer:
    """Writes the table expressions one after another."""

    given: Mapping[str, Node]
    level: Level
    source: _Source
    written: list[tuple[str, str]] = field(default_factory=list)
    levels: Levels = field(init=False)

    def write(self) -> str:
        outputs = list(self.given.values())
        dialect = self.source.dialect
        self.levels = levels = Levels(outputs, dialect, self.source.told, rows=self.level == "indicator")
        self.written += self.source.expressions()
        forms, rows = "", ""
        for stage in range(levels.stages):
            forms = self._forms(stage, forms)
            if levels.reads_rows(stage):
                rows = self._rows(stage, forms, rows)
                self._sums(stage, rows)
        return f"{self._with()}\n{self._result(forms, rows)}\n"

    def _forms(self, stage: int, before: str) -> str:
        """The forms up to a stage; the first reads what is inside the domains, the others the sums before them."""
        chain, base = Chain(per_row=False, stage=stage), f"forms_{stage}_0"
        if not stage:
            self._add(base, "SELECT * FROM checked WHERE NOT is_outside")
        else:
            sums = self.levels.totals(stage - 1)
            if not sums:
                return before
            zero = self.source.dialect.whole(0)
            cells = ", ".join(["f.*", *(f"coalesce(s.{name}, {zero}) AS {name}" for name in map(name_of, sums))])
            joined = f"{before} f LEFT JOIN sums_{stage - 1} s ON s.form_id = f.form_id"
            self._add(base, f"SELECT {cells} FROM {joined}")
        return self._levels(chain, base, f"forms_{stage}", ["form_id"])

    def _rows(self, stage: int, forms: str, before: str) -> str:
        """The indicators up to a stage, beside what they read of their form."""
        chain, base, named = Chain(per_row=True, stage=stage), f"rows_{stage}_0", self.source.dialect.named
        brought = [f"f.{name}" for name in self.levels.brought(stage)]
        if before:
            own, table = ["r.*"], f"{before} r JOIN {forms} f ON f.form_id = r.form_id"
        else:
            keys = [f"i.{named(FORM)} AS form_id", f"i.{named(ROW)} AS row_at"]
            own = [*keys, *self.source.cells("i", self.levels.columns)]
            table = f"{self.source.joined('i')} JOIN {forms} f ON f.form_id = i.{named(FORM)}"
        self._add(base, f"SELECT {', '.join([*own, *brought])} FROM {table}")
        return self._levels(chain, base, f"rows_{stage}", ["form_id", "row_at"])

    def _levels(self, chain: Chain, base: str, name: str, keys: list[str]) -> str:
        """One expression a level; the last keeps what is read afterwards."""
        last = base
        for at, level in enumerate(self.levels.of(chain), 1):
            cells = ", ".join(["*", *(f"{code} AS {name_of(node)}" for node, code in level)])
            self._add(f"{name}_{at}", f"SELECT {cells} FROM {last}")
            last = f"{name}_{at}"
        self._add(name, f"SELECT {', '.join([*keys, *self.levels.kept(chain)])} FROM {last}")
        return name

    def _sums(self, stage: int, rows: str) -> None:
        totals = self.levels.totals(stage)
        if totals:
            type_ = self.source.dialect.types["number"]
            cells = [f"CAST(sum({self.levels.ref(total.args[0])}) AS {type_}) AS {name_of(total)}" for total in totals]
            self._add(f"sums_{stage}", f"SELECT form_id, {', '.join(cells)} FROM {rows} GROUP BY form_id")

    def _result(self, forms: str, rows: str) -> str:
        named = self.source.dialect.named
        outputs = [f"{self.levels.ref(node)} AS {named(name)}" for name, node in self.given.items()]
        head = f"SELECT form_id AS {named(FORM)}"
        if self.level == "indicator":
            return f"{', '.join([head, f'row_at AS {named(ROW)}', *outputs])} FROM {rows}"
        inside = f"{', '.join([head, f'FALSE AS {named(OUTSIDE)}', *outputs])} FROM {forms}"
        nulls = ", ".join([head, "TRUE", *(["NULL"] * len(outputs))])
        return f"{inside}\nUNION ALL\n{nulls} FROM checked WHERE is_outside"

    def _add(self, name: str, select: str) -> None:
        self.written.append((name, select))

    def _with(self) -> str:
        """All expressions; those that are read more than once as the dialect shares them."""
        whole = " ".join(select for _, select in self.written)
        words = whole.split() + (["checked"] if self.level == "form" else [])
        heads = [
            (self.source.dialect.shared if words.count(name) > 1 else "{} AS").format(name) for name, _ in self.written
        ]
        parts = [f"{head} (\n  {select}\n)" for head, (_, select) in zip(heads, self.written, strict=True)]
        return f"WITH {', '.join(parts)}"
