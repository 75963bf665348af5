"""A compiled book: form → score sheet, and in the same pass the answers to a review's conditions."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct

from jixiao.form import Form, Indicator
from jixiao.language import Cell, Column, Named, Program, Result
from jixiao.rulebook import SCHEMA, Book, Let, Provenance, Reading
from jixiao.scoring.columns import Row, form_row, in_yuan, indicator_rows, pointer_of
from jixiao.scoring.evidence import EXECUTION, Attached
from jixiao.scoring.labels import LabelReader
from jixiao.scoring.sheet import Clause, Line, ScoreSheet, Step, Supported, Text


class Extension(Struct, frozen=True):
    """What a review adds to a book's program: features as columns, named values, and conditions.

    Attributes:
        form_columns: features of the form, f.<name> in texts.
        indicator_columns: features of each indicator, i.<name> in texts.
        lets: name → rule text, compiled after the book's named values, in order.
        conditions: code → rule text.
    """

    form_columns: tuple[Column, ...] = ()
    indicator_columns: tuple[Column, ...] = ()
    lets: Mapping[str, str] = {}
    conditions: Mapping[str, str] = {}


class Features(Struct, frozen=True):
    """The cells of a review's feature columns for one form: of the form, and of each indicator in order."""

    form: Mapping[str, Cell] = {}
    indicators: Sequence[Mapping[str, Cell]] = ()


Told = Callable[..., tuple[Step, ...]]
"""Gives the derivation of named values."""


def _no_steps(*_: object) -> tuple[Step, ...]:
    return ()


_NO_EXTENSION = Extension()
_NO_FEATURES = Features()


class Scorer:
    """Scores forms under one book. Make it once, use it for many forms."""

    def __init__(self, book: Book, extension: Extension = _NO_EXTENSION) -> None:
        """Compile the book and what a review adds.

        Raises:
            RuleError: a rule text is not of the language, or a value in it could overflow 64 bits.
        """
        self.book = book
        self.program = program_of(book, extension)
        self.closure = self.program.closure(_explained(book))
        self.labels = LabelReader(book)
        self._lets = {let.name: let for let in book.lets}
        self._clauses = {let.name: clause_of(let.clause) for let in book.lets}
        self._grounds: dict[tuple[str, str], tuple[Clause, str]] = {}
        self._formulas = {code: Text(reading.zh, reading.en) for code, reading in book.readings.items()}

    def rows(self, form: Form, evidence: Attached | None = None) -> tuple[Row, list[Row]]:
        """The form's row and its indicators' rows, without features."""
        return form_row(form, evidence), indicator_rows(form, self.labels, evidence)

    def score(self, form: Form, evidence: Attached | None = None) -> ScoreSheet:
        """The score sheet of a form."""
        return self.run(form, evidence=evidence)[0]

    def run(
        self, form: Form, features: Features = _NO_FEATURES, evidence: Attached | None = None
    ) -> tuple[ScoreSheet, Result]:
        """The score sheet, and the result of the one pass with every named value and condition.

        Args:
            form: the form.
            features: the cells of the extension's columns.
            evidence: what is attached to the form; `None` where nobody was asked for evidence.

        Raises:
            KeyError: a feature column of the extension is missing from `features`.
        """
        result = self.evaluate(form, features, evidence)
        return self.sheet(form, result, evidence), result

    def evaluate(self, form: Form, features: Features = _NO_FEATURES, evidence: Attached | None = None) -> Result:
        """The result alone: named values and conditions, without derivations."""
        return self.closure(*self.cells(form, features, evidence))

    def cells(
        self, form: Form, features: Features = _NO_FEATURES, evidence: Attached | None = None
    ) -> tuple[Row, list[Row]]:
        """The form's row and its indicators' rows, features included: all that the program reads."""
        row, rows = self.rows(form, evidence)
        row.update(features.form)
        if features.indicators:
            for below, more in zip(rows, features.indicators, strict=True):
                below.update(more)
        return row, rows

    def sheet(
        self, form: Form, result: Result, evidence: Attached | None = None, *, derived: bool = True
    ) -> ScoreSheet:
        """The score sheet of a form from its result.

        Args:
            form: the form.
            result: what the program says of it.
            evidence: that the result was computed with.
            derived: whether each number has its derivation, which is most of the work.
        """
        told = self.steps if derived else _no_steps
        lines = (self._execution(form, result, told), *self._indicators(form, result, told))
        total = _decimal(result.form["total"])
        needs = tuple(dict.fromkeys(pointer for line in lines for pointer in line.needs))
        grade, unscored = result.form["grade_computed"], result.form["unscored"]
        return ScoreSheet(
            rulebook=self.book.id,
            on=self.book.on,
            fingerprint=self.book.fingerprint,
            claimed_score=form.total.score,
            claimed_grade=form.grade,
            score=total,
            low=_decimal(result.form["total_low"]),
            grade=grade if isinstance(grade, str) else None,
            lines=lines,
            steps=told(result, self.book.steps.total),
            needs=() if total is not None or unscored else needs or ("/indicators",),
            unscored=self._formulas["unscored_form"] if unscored else None,
            supported=None if evidence is None else self._supported(result, evidence),
        )

    def _supported(self, result: Result, evidence: Attached) -> Supported:
        scored = [at for at, values in enumerate(result.rows) if values["scored"]]
        pointers = (EXECUTION, *(f"/indicators/{at}" for at in scored))
        return Supported(
            score=_decimal(result.form["total_supported"]),
            lines=tuple(pointer for pointer in pointers if evidence.supports(pointer)),
            unsupported=tuple(pointer for pointer in pointers if not evidence.supports(pointer)),
            evidence=evidence.items,
            steps=self.steps(result, self.book.steps.supported),
        )

    def _execution(self, form: Form, result: Result, told: Told) -> Line:
        computed = _decimal(result.form["execution_score"])
        agrees = result.form["execution_agrees"]
        formula = self._formulas[str(result.form["execution_reading"])]
        return Line(
            pointer="/execution",
            claimed=form.execution.score,
            computed=computed,
            low=None,
            high=None,
            agrees=agrees if isinstance(agrees, bool) else None,
            formula=formula,
            reason=formula if result.form["unscored"] else None,
            steps=_in_yuan(told(result, self.book.steps.execution), form),
            needs=() if computed is not None or result.form["unscored"] else self._execution_needs(result),
        )

    def _indicators(self, form: Form, result: Result, told: Told) -> Iterable[Line]:
        unweighted, unscored = result.form["unweighted"], result.form["unscored"]
        steps = self.book.steps.unweighted if unweighted else self.book.steps.line
        for at, (indicator, values) in enumerate(zip(form.indicators, result.rows, strict=True)):
            computed, agrees = _decimal(values["score"]), values["agrees"]
            pointer = f"/indicators/{at}"
            needs = () if computed is not None or unscored else self._line_needs(result, indicator, at)
            yield Line(
                pointer=pointer,
                claimed=indicator.score,
                computed=computed,
                low=_decimal(values["low"]),
                high=_decimal(values["high"]),
                agrees=agrees if isinstance(agrees, bool) else None,
                formula=self._formula(values),
                steps=told(result, steps, at),
                needs=needs,
                reason=self._reason(indicator, values, no_rule=needs == (f"{pointer}/actual",)),
            )

    def steps(self, result: Result, names: Iterable[str], row: int | None = None) -> tuple[Step, ...]:
        """The derivation: one step a named value that has a value, told from the trace, with its clause."""
        steps: list[Step] = []
        reading = "" if row is None else str(result.rows[row]["reading"])
        before = ""
        for name, (zh, en) in self.closure.explain_all(result, (name for name in names if name in self._lets), row):
            if zh != before:
                steps.append(Step(zh, en, *self._ground(name, reading)))
                before = zh
        return tuple(steps)

    def _ground(self, name: str, code: str) -> tuple[Clause, str]:
        """Clause and entry a step rests on: the reading's, where the book says so and nobody changed it for a trial."""
        key = name, code
        if key not in self._grounds:
            self._grounds[key] = self._found_ground(name, self.book.readings[code] if code else None)
        return self._grounds[key]

    def _found_ground(self, name: str, reading: Reading | None) -> tuple[Clause, str]:
        own = self._clauses[name]
        by_reading = reading is not None and name in self.book.steps.by_reading and own.evidence != "changed"
        return (clause_of(reading.clause), f"reading.{reading.code}") if reading and by_reading else (own, name)

    def _formula(self, values: Mapping[str, Named]) -> Text:
        """The words of the reading that scored a line, with the named values that stand in them."""
        told = self._formulas[str(values["reading"])]
        return Text(_filled(told.zh, values), _filled(told.en, values))

    def _reason(self, indicator: Indicator, values: Mapping[str, Named], *, no_rule: bool) -> Text | None:
        """Why a line has no score though nothing is missing: its kind of form, or a result that no rule weighs."""
        if str(values["reading"]) in _TOLD_BY_FORMULA:
            return self._formula(values)
        return _unweighed(indicator) if no_rule else None

    def _execution_needs(self, result: Result) -> tuple[str, ...]:
        return self._needs(result, "execution_score", None) or ("/funds/total",)

    def _line_needs(self, result: Result, indicator: Indicator, at: int) -> tuple[str, ...]:
        """What a line lacks: its empty cells, or else the printed result that no rule can weigh against the target."""
        pointer = f"/indicators/{at}"
        printed = {
            f"{pointer}/target": indicator.target.operator is not None,
            f"{pointer}/actual": bool(indicator.actual.text),
        }
        needs = tuple(need for need in self._needs(result, "score", at) if not printed.get(need, False))
        return needs or (f"{pointer}/actual",)

    def _needs(self, result: Result, name: str, row: int | None) -> tuple[str, ...]:
        columns = result.needs(name, row or 0)
        return tuple(dict.fromkeys(pointer_of(column, row) for column in columns))


_TOLD_BY_FORMULA: Final = frozenset({"unscored", "unscored_met", "unscored_missed", "unfit"})


def score(form: Form, book: Book) -> ScoreSheet:
    """Score one form under a book; for many forms make a `Scorer` once."""
    return Scorer(book).score(form)


def clause_of(provenance: Provenance) -> Clause:
    """A book's provenance as the clause of a step."""
    return Clause(provenance.document, provenance.article, provenance.evidence)


def program_of(book: Book, extension: Extension = _NO_EXTENSION) -> Program:
    """The rule texts of a book, and of what a review adds, as a program.

    Raises:
        RuleError: a rule text is not of the language, or a value in it could overflow 64 bits.
    """
    schema = SCHEMA.extended(extension.form_columns, extension.indicator_columns)
    parameters = {name: value.value for name, value in book.values.items()}
    program = Program(schema, parameters, {name: (value.zh, value.en) for name, value in book.values.items()})
    for let in book.lets:
        program.let(let.name, let.text, zh=let.zh, en=let.en)
    for name, text in extension.lets.items():
        program.let(name, text)
    for code, text in extension.conditions.items():
        program.condition(code, text)
    return program


def _explained(book: Book) -> list[str]:
    known: dict[str, Let] = {let.name: let for let in book.lets}
    told = (*book.steps.execution, *book.steps.line, *book.steps.unweighted, *book.steps.total, *book.steps.supported)
    return [name for name in dict.fromkeys(told) if name in known]


def _unweighed(indicator: Indicator) -> Text | None:
    """Why a line lacks nothing but its result, though one is printed; `None` where none is."""
    printed, target = indicator.actual.text, indicator.target.text
    if not printed:
        return None
    return Text(
        f"实际完成值“{printed}”无法与年度指标值“{target}”对照计分",
        f"the printed result “{printed}” cannot be weighed against the target “{target}”",
    )


def _filled(words: str, values: Mapping[str, Named]) -> str:
    return _NAME.sub(lambda match: str(values[match[1]]), words) if "{" in words else words


_NAME: Final = re.compile(r"\{(\w+)\}")


def _in_yuan(steps: Iterable[Step], form: Form) -> tuple[Step, ...]:
    """Steps that tell of money say that it is in 元, where the form names its unit; else it is as printed."""
    if not in_yuan(form):
        return tuple(steps)
    return tuple(
        Step(f"{step.zh}（金额单位：元）", f"{step.en} (amounts in yuan)", step.clause, step.entry)
        if any(name in step.zh for name in _MONEY)
        else step
        for step in steps
    )


_MONEY: Final = tuple(
    column.zh
    for column in SCHEMA.columns["f"].values()
    if column.kind == "number" and pointer_of(f"f.{column.name}", None).startswith("/funds/")
)


def _decimal(value: Named) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
