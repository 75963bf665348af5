"""Forms → the tables of one part, and the columns of a part as rule programs read them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any, Final

import polars as pl
from msgspec import Struct

from jixiao.corpus.schema import (
    AS_READ,
    FEATURES_OF_FORMS,
    FEATURES_OF_INDICATORS,
    FINDINGS,
    FORMS,
    FUNDS,
    INDICATORS,
    PLACES,
    SAID,
    Table,
)
from jixiao.form import Form, FundRow, Funds, Place, decode_form, plain
from jixiao.form.wire import encode, to_wire
from jixiao.language import Cell
from jixiao.language.closure import BLANK
from jixiao.language.columns import Frames
from jixiao.language.columns.batch import Batch
from jixiao.language.columns.frames import FORM, Rows
from jixiao.language.ir import INT64
from jixiao.review.features import FORM_FEATURES, INDICATOR_FEATURES
from jixiao.review.verdict import Finding, Review
from jixiao.scoring.columns import form_row

Line = dict[str, Any]
Read = Callable[[str, Sequence[str]], pl.DataFrame]
"""Gives columns of a table of one part, in the part's order."""
_INDICATOR: Final = "/indicators/"
_FEATURES: Final = {
    "f": frozenset(column.name for column in FORM_FEATURES),
    "i": frozenset(column.name for column in INDICATOR_FEATURES),
}


class Kept(Struct, frozen=True):
    """A form on its way into a corpus.

    Attributes:
        form: as read.
        file: the file's name as the corpus calls it.
        sha256: of the file.
        number: which form of the file, from 1.
        rulebook, in_force: id of the book in force, and the day, ISO, for which it was.
        rows: the form's row and its indicators' rows, features included, as `Scorer.cells` gives them.
        review: its findings.
    """

    form: Form
    file: str
    sha256: str
    number: int
    rulebook: str
    in_force: str
    rows: Rows
    review: Review = Review()

    @property
    def key(self) -> str:
        """The same for the same form of the same bytes, in every corpus."""
        return sha256(f"{self.sha256}/{self.number}".encode()).hexdigest()


def tables_of(forms: Iterable[Kept], first: int) -> dict[str, pl.DataFrame]:
    """The tables of one part but `sources`.

    Args:
        forms: the forms of the part, in order.
        first: number of the first one in the corpus.
    """
    every = list(enumerate(forms, first))
    below = [(number, at, row) for number, kept in every for at, row in enumerate(kept.rows[1])]
    beyond: set[int] = set()
    of_forms = _Wide([number for number, _ in every], [kept.rows[0] for _, kept in every], beyond)
    of_lines = _Wide([number for number, _, _ in below], [row for _, _, row in below], beyond)
    at: dict[str, Sequence[object]] = {"at": [at for _, at, _ in below]}
    due: dict[str, Sequence[object]] = {
        "due": [indicator.target.due for _, kept in every for indicator in kept.form.indicators]
    }
    tables = {
        INDICATORS.name: of_lines.frame(INDICATORS, at | due),
        FEATURES_OF_INDICATORS.name: of_lines.frame(FEATURES_OF_INDICATORS, at),
        FEATURES_OF_FORMS.name: of_forms.frame(FEATURES_OF_FORMS, {}),
        FORMS.name: of_forms.frame(FORMS, _heads(every)),
    }
    marks = pl.Series("beyond", [number in beyond for number, _ in every], dtype=pl.Boolean)
    tables[FORMS.name] = tables[FORMS.name].with_columns(marks)
    return tables | {table.name: pl.DataFrame(lines, schema=table.dtypes) for table, lines in _long(every)}


class _Wide:
    """Rows of forms or of indicators as they come, laid out column by column."""

    def __init__(self, numbers: list[int], rows: list[Mapping[str, Cell]], beyond: set[int]) -> None:
        """Take the number of each row's form, the rows, and the set in which forms with a cell too large are noted."""
        self._numbers, self._rows, self._beyond = numbers, rows, beyond

    def frame(self, table: Table, own: Mapping[str, Sequence[object]]) -> pl.DataFrame:
        """The columns of a table; those of its own stand in no row."""
        given = {"form": self._numbers, **own}
        made: dict[str, pl.Series] = {}
        for name, dtype in table.dtypes.items():
            if name in given:
                made[name] = pl.Series(name, given[name], dtype=dtype)
            elif name.endswith(SAID):
                made[name] = pl.Series(name, [_says(row[name.removesuffix(SAID)]) for row in self._rows], dtype=dtype)
            else:
                made[name] = pl.Series(name, self._held([row[name] for row in self._rows]), dtype=dtype)
        return pl.DataFrame(made)

    def _held(self, cells: list[Cell]) -> list[Cell]:
        kinds = set(map(type, cells))
        if Fraction not in kinds and (int not in kinds or not any(map(_unheld, cells))):
            return cells
        self._beyond.update(number for number, cell in zip(self._numbers, cells, strict=True) if _unheld(cell))
        return [None if _unheld(cell) else cell for cell in cells]


def _unheld(cell: Cell) -> bool:
    """Whether no cell of 64 bits holds a value."""
    kind = type(cell)
    return kind is Fraction or (kind is int and not -INT64 <= cell <= INT64)  # type: ignore[operator]


def _says(text: Cell) -> bool | None:
    """Whether a text says anything."""
    return None if text is None else str(text).strip() not in BLANK


def _heads(every: Sequence[tuple[int, Kept]]) -> dict[str, list[object]]:
    """What a form's line has beside what rules read."""
    heads: list[Line] = [
        {
            "key": kept.key, "file": kept.file, "sha256": kept.sha256, "number": kept.number,
            "rulebook": kept.rulebook, "in_force": kept.in_force, "project_code": kept.form.project.code,
            "currency_unit": kept.form.currency_unit, "lines": len(kept.form.indicators), "beyond": False,
        }
        for _, kept in every
    ]  # fmt: skip
    return {name: [head[name] for head in heads] for name in _HEADS}


_HEADS: Final = (
    "key", "file", "sha256", "number", "rulebook", "in_force", "project_code", "currency_unit", "lines", "beyond",
)  # fmt: skip


def _long(every: Sequence[tuple[int, Kept]]) -> Iterator[tuple[Table, list[Line]]]:
    """The tables with as many lines of a form as there are."""
    yield AS_READ, [{"form": number, "json": encode(to_wire(kept.form)).decode()} for number, kept in every]
    yield FUNDS, [line for number, kept in every for line in _fund_lines(number, kept)]
    yield PLACES, [line for number, kept in every for line in _place_lines(number, kept.form.places)]
    yield FINDINGS, [_finding_line(number, one) for number, kept in every for one in kept.review.findings]


def _fund_lines(number: int, kept: Kept) -> Iterator[Line]:
    row, form = kept.rows[0], kept.form
    for name, prefix in _FUND_ROWS:
        amounts = {key: row[prefix + key] for key in _AMOUNTS}
        if any(value is not None for value in amounts.values()):
            yield {"form": number, "row": name, "label": "", **_held(amounts)}
    for more in form.funds.more:
        alone = Funds(total=FundRow(more.initial, more.adjusted, more.executed))
        row = form_row(Form(currency_unit=form.currency_unit, funds=alone))
        yield {"form": number, "row": "more", "label": more.label, **_held({key: row[key] for key in _AMOUNTS})}


_AMOUNTS: Final = ("initial", "adjusted", "executed")
_FUND_ROWS: Final = (
    ("total", ""), ("current_year", "current_year_"), ("carryover", "carryover_"), ("other", "other_"),
)  # fmt: skip


def _held(cells: Mapping[str, Cell]) -> Line:
    return {name: None if _unheld(cell) else cell for name, cell in cells.items()}


def _place_lines(number: int, places: Mapping[str, Sequence[Place]]) -> Iterator[Line]:
    for pointer, found in places.items():
        for place in found:
            box = None if place.box is None else " ".join(map(plain, place.box))
            yield {
                "form": number, "pointer": pointer, "page": place.page, "box": box, "cell": place.cell,
                "line": place.line, "column": place.column, "confidence": plain(place.confidence),
            }  # fmt: skip


def _finding_line(number: int, one: Finding) -> Line:
    at = one.pointer.removeprefix(_INDICATOR).partition("/")[0] if one.pointer.startswith(_INDICATOR) else ""
    clause = None if one.clause is None else f"{one.clause.document} {one.clause.article}".strip()
    return {
        "form": number, "at": int(at) if at.isdecimal() else None, "code": one.code, "family": one.family,
        "severity": one.severity, "pointer": one.pointer, "read_zh": one.read.zh, "read_en": one.read.en,
        "expected_zh": one.expected.zh, "expected_en": one.expected.en, "ask_zh": one.ask.zh, "ask_en": one.ask.en,
        "clause": clause,
    }  # fmt: skip


def frames_of(columns: Batch, read: Read, cells: Callable[[Form], Rows]) -> Frames:
    """The columns of one part that some outputs of a rule program read; no others are fetched.

    Args:
        columns: the outputs.
        read: gives columns of a table of the part.
        cells: the rows of a form, for the few with a number that no cell holds.
    """
    vocabulary = columns.vocabulary()
    of_forms = _frame(columns, "f", read)
    of_rows = _frame(columns, "i", read)
    beyond = read(FORMS.name, ["form", "beyond"]).filter(pl.col("beyond"))["form"]
    exact: dict[int, Rows] = {}
    if len(beyond):
        texts = read(AS_READ.name, ["form", "json"]).filter(pl.col("form").is_in(beyond.implode()))
        exact = {number: cells(decode_form(text.encode())) for number, text in texts.iter_rows()}
    return Frames(of_forms, of_rows, vocabulary, exact)


def _frame(columns: Batch, namespace: str, read: Read) -> pl.DataFrame:
    tables = (FORMS, FEATURES_OF_FORMS) if namespace == "f" else (INDICATORS, FEATURES_OF_INDICATORS)
    wanted = dict(columns.inputs.of(namespace))
    made: dict[str, pl.Series] = {}
    for table, features in zip(tables, (False, True), strict=True):
        mine = {name: node for name, node in wanted.items() if (name[2:] in _FEATURES[namespace]) is features}
        blank_only = columns.inputs.asked_whether_blank
        stored = {name: name[2:] + (SAID if name in blank_only else "") for name in mine}
        frame = read(table.name, list(dict.fromkeys([*([] if features else ["form"]), *stored.values()])))
        if not features:
            made[FORM] = frame["form"]
        made |= {name: frame[stored[name]].alias(name) for name in mine}
    return pl.DataFrame(made)
