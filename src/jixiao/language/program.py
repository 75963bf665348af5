"""A program: columns, parameters, named values and conditions, compiled once and run on many forms."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from jixiao.language import closure as python
from jixiao.language.compiler import Compiler
from jixiao.language.errors import ColumnsMissingError, KernelMissingError, RuleError
from jixiao.language.explain import Explained, Explainer
from jixiao.language.ir import Node, Pool, reachable
from jixiao.language.rational import Exact, Number
from jixiao.language.result import Layout, Panel, Result, layout_of
from jixiao.language.schema import Schema
from jixiao.language.scope import Compiled, Parameter, Scope
from jixiao.language.values import Nothing, Truth, Value, nodes_of, type_name

if TYPE_CHECKING:
    from jixiao.language.columns import Columns
    from jixiao.language.javascript import Shape
    from jixiao.language.kernel import Home, Kernel
    from jixiao.language.sql import Dialect, Level, Tables


class Program:
    """Rule texts over a schema. Its node pool is its own: programs share nothing."""

    def __init__(
        self,
        schema: Schema,
        parameters: Mapping[str, Parameter],
        parameter_names: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        """Take the columns and the parameters.

        Args:
            schema: what f. and i. may name.
            parameters: what p. may name, already resolved for a day.
            parameter_names: parameter → (中文, English) for explanations.
        """
        self.scope = Scope(schema, dict(parameters), Exact(Pool()), {}, dict(parameter_names or {}))
        self.conditions: dict[str, Compiled] = {}

    def let(self, name: str, text: str, *, zh: str = "", en: str = "") -> None:
        """Name a value; later texts may use it.

        Args:
            name: the name, an identifier.
            text: its rule text.
            zh: its name for people, 中文; a value without one is not explained.
            en: its name for people, English.

        Raises:
            RuleError: the text is not of the language, or the name is taken or no name.
        """
        if name in self.scope.lets or name in self.conditions or not name.isidentifier() or name in ("f", "i", "p"):
            raise RuleError(name, text, (1, name), zh="名称重复或不合法", en="the name is taken or is no identifier")
        compiled = Compiler(self.scope, name, text).compile(zh, en)
        if isinstance(compiled.value, Nothing):
            raise RuleError(name, text, (1, text), zh="值总是空", en="the value is always None")
        self.scope.lets[name] = compiled

    def condition(self, code: str, text: str) -> None:
        """Add a condition that a run answers with true, false or None (cannot be decided).

        Raises:
            RuleError: the text is not of the language, is no condition, or the code is taken.
        """
        if code in self.conditions or code in self.scope.lets:
            raise RuleError(code, text, (1, code), zh="编号重复", en="the code is taken")
        compiled = Compiler(self.scope, code, text).compile()
        if not isinstance(compiled.value, Truth):
            kind = type_name(compiled.value)
            raise RuleError(
                code, text, (1, text), zh=f"应为条件，实为{kind}", en=f"a condition is expected, not {kind}"
            )
        self.conditions[code] = compiled

    def columns(self) -> frozenset[str]:
        """The columns ("f.adjusted", "i.actual") that some text reads: a row must hold these."""
        return frozenset(str(node.payload) for node in reachable(self._roots()) if node.kind == "column")

    def columns_of(self, name: str) -> frozenset[str]:
        """The columns that one named value or condition reads, directly or through named values."""
        compiled = self.conditions.get(name) or self.scope.lets[name]
        return frozenset(
            str(node.payload) for node in reachable(nodes_of(compiled.value)) if node.kind == "column"
        )  # fmt: skip

    def javascript(self, runtime: str, names: Iterable[str] | None = None, shape: "Shape" = "module") -> str:
        """Compile to one self-contained JavaScript source that gives the same digits as the closure.

        Args:
            runtime: the text of `language/javascript/runtime.js`, which stands in the source.
            names: named values and conditions; by default all.
            shape: "module" (exports `run`) or "script" (sets the global name `jixiaoRules`).
        """
        from jixiao.language.javascript import generate

        truths = self._truths()
        wanted = list(self.scope.lets | truths if names is None else names)
        lets = {name: self.scope.lets[name].value for name in wanted if name not in truths}
        return generate(lets, {name: truths[name] for name in wanted if name in truths}, runtime, shape)

    def _truths(self) -> dict[str, Truth]:
        values = ((code, compiled.value) for code, compiled in self.conditions.items())
        return {code: value for code, value in values if isinstance(value, Truth)}

    def _roots(self) -> list[Node]:
        compiled = [*self.scope.lets.values(), *self.conditions.values()]
        return [node for one in compiled for node in nodes_of(one.value)]

    def closure(self, explained: Iterable[str] | None = None) -> "Closure":
        """Compile to a Python function.

        Args:
            explained: the named values whose explanation may be asked for; by default all that have a 中文 name.
        """
        lets = self.scope.lets
        names = [name for name, let in lets.items() if let.zh] if explained is None else list(explained)
        explainer = Explainer(self.scope, names)
        compiled = python.generate([*self._roots(), *explainer.nodes()])
        values = {name: let.value for name, let in lets.items()}
        layout = layout_of(values, self._truths(), compiled.form, compiled.rows)
        return Closure(compiled.run, layout, explainer.bound(compiled.form, compiled.rows), compiled.source)

    def by_column(
        self,
        names: Iterable[str] | None = None,
        per_row: Iterable[str] = (),
        answers: Mapping[str, str | None] | None = None,
    ) -> "Columns":
        """Compile to operations on whole columns, for many forms at once.

        Args:
            names: named values and conditions; by default all. A number that is not rounded has a second column,
                "rate/den".
            per_row: those to be given for each indicator though they are of the form.
            answers: conditions to be given as one number each → the condition of where it applies, if there is one;
                see `language.columns.answers`.

        Raises:
            ColumnsMissingError: Polars is not installed.
        """
        try:
            from jixiao.language.columns import Columns
        except ModuleNotFoundError as missing:
            if missing.name != "polars":
                raise
            raise ColumnsMissingError from missing
        return Columns(self.outputs(names, answers), per_row, answers)

    def kernel(
        self,
        names: Iterable[str] | None = None,
        per_row: Iterable[str] = (),
        answers: Mapping[str, str | None] | None = None,
        home: "Home | None" = None,
    ) -> "Kernel":
        """Compile to one fused loop over forms and their indicators; it takes and gives what `by_column` does.

        Args:
            names: as for `by_column`.
            per_row: as for `by_column`.
            answers: as for `by_column`.
            home: where compiled functions are kept; by default they are compiled for this process alone.

        Raises:
            KernelMissingError: numba is not installed.
        """
        try:
            from jixiao.language.kernel import Kernel
        except ModuleNotFoundError as missing:
            if missing.name not in ("numba", "llvmlite", "numpy"):
                raise
            raise KernelMissingError from missing
        return Kernel(self.outputs(names, answers), per_row, answers, home)

    def sql(
        self, dialect: "Dialect", names: Iterable[str] | None = None, level: "Level" = "form",
        per_row: Iterable[str] = (), tables: "Tables | None" = None,
    ) -> str:  # fmt: skip
        """Compile to one SQL statement over the published tables of a corpus; see `jixiao.language.sql`.

        Args:
            dialect: how the database writes.
            names: named values and conditions, of both levels; by default all.
            level: which of them the statement gives: those of the forms, or those of the indicators.
            per_row: those to be given for each indicator though they are of the form.
            tables: where the columns stand.
        """
        from jixiao.language.sql import Tables, generate

        outputs = self.outputs(names)
        below = frozenset(per_row) | {name for name, node in outputs.items() if node.per_row}
        return generate(outputs, below, level, dialect, tables or Tables())

    def outputs(
        self, names: Iterable[str] | None = None, answers: Mapping[str, str | None] | None = None
    ) -> dict[str, Node]:
        """The nodes of named values and conditions, by the names of their columns; see `by_column`."""
        compiled = self.scope.lets | self.conditions
        applies = (name for name in (answers or {}).values() if name)
        wanted = dict.fromkeys([*(compiled if names is None else names), *applies])
        return {
            column: node for name in wanted for column, node in _columns_of(name, compiled[name].value)
        }  # fmt: skip


def _columns_of(name: str, value: Value) -> Iterator[tuple[str, Node]]:
    """The nodes of a value under the names of their columns."""
    if isinstance(value, Number):
        yield name, value.num
        if not value.rounded:
            yield f"{name}/den", value.den
    else:
        yield from ((name, node) for node in nodes_of(value))


class Closure:
    """A compiled program: call it with the rows of one form."""

    def __init__(
        self, run: python.Run, layout: Layout, explanations: Mapping[str, Explained], source: str
    ) -> None:  # fmt: skip
        """Take the generated function and where its results stand."""
        self._run = run
        self._layout = layout
        self._explanations = explanations
        self.source = source

    def __call__(self, form: python.FormRow, rows: Sequence[python.FormRow]) -> Result:
        """Run on one form.

        Args:
            form: column name (without "f.") → cell, numbers scaled by the column's scale; see `Column.cell`.
            rows: the same for each indicator (without "i.").

        Raises:
            KeyError: a row lacks a column that some text reads.
        """
        return Result(self._layout, (form, rows), self._run(form, rows))

    def level(self, name: str) -> str:
        """Where a named value or condition has its values: "form" or "indicator"."""
        return self._layout.level(name)

    def panel(self, codes: Iterable[str]) -> Panel:
        """Several conditions, to be looked through at once."""
        return Panel(self._layout, codes)

    def explain(self, result: Result, name: str, row: int | None = None) -> tuple[str, str] | None:
        """How a named value came about: (中文, English), formula with names, then with numbers, then the value.

        `None` if the value is null. Only the branch taken is told.
        """
        return self._explanations[name].render(result.raw_form, result.raw_rows[row] if row is not None else ())

    def explain_all(
        self, result: Result, names: Iterable[str], row: int | None = None
    ) -> Iterator[tuple[str, tuple[str, str]]]:
        """How several named values came about: name and story of those that are not null, in the order of the names."""
        raw = result.raw_rows[row] if row is not None else ()
        for name in names:
            story = self._explanations[name].render(result.raw_form, raw)
            if story is not None:
                yield name, story
