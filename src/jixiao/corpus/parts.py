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
    TABLES,
)
from jixiao.form import Form, FundRow, Funds, Place, decode_form, plain
from jixiao.form.wire import encode, to_wire
from jixiao.language import Cell
from jixiao.language.closure import BLANK
from jixiao.language.columns import Columns, Frames, Vocabulary
from jixiao.language.columns.frames import FORM, TRUTHS, Rows
from jixiao.language.columns.steps import DTYPES
from jixiao.language.columns.vocabulary import SAYS_NOTHING, SAYS_SOMETHING
from jixiao.language.ir import INT64, Node
from jixiao.review.features import FORM_FEATURES, INDICATOR_FEATURES
from jixiao.review.verdict import Finding, Review
from jixiao.rulebook import SCHEMA
from jixiao.scoring.columns import form_row

Line = dict[str, Any]
Read = Callable[[str, Sequence[str]], pl.DataFrame]
"""Gives columns of a table of one part, in the part's order."""
_INDICATOR: Final = "/indicators/"
_FEATURES: Final = {
    "f": frozenset(column.name for column in FORM_FEATURES),
    "i": frozenset(column.name for column in INDICATOR_FEATURES),
}
_TEXTS: Final = {
    namespace: tuple(name for name, column in SCHEMA.columns[namespace].items() if column.kind == "text")
    for namespace in ("f", "i")
}
_TEXT_FEATURES: Final = {
    "f": tuple(column.name for column in FORM_FEATURES if column.kind == "text"),
    "i": tuple(column.name for column in INDICATOR_FEATURES if column.kind == "text"),
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
    gathered: dict[str, list[Line]] = {name: [] for name in TABLES if name != "sources"}
    for number, kept in enumerate(forms, first):
        for name, lines in _of_form(number, kept):
            gathered[name] += lines
    return {name: pl.DataFrame(lines, schema=TABLES[name].dtypes) for name, lines in gathered.items()}


def _of_form(number: int, kept: Kept) -> Iterator[tuple[str, list[Line]]]:
    row, below = kept.rows
    beyond = any(map(_unheld, row.values())) or any(_unheld(cell) for line in below for cell in line.values())
    yield FORMS.name, [_form_line(number, kept, row, beyond=beyond)]
    yield FEATURES_OF_FORMS.name, [_line(row, FEATURES_OF_FORMS.dtypes, _TEXT_FEATURES["f"]) | {"form": number}]
    due = [{"due": indicator.target.due} for indicator in kept.form.indicators]
    for table, texts, more in (
        (INDICATORS, _TEXTS["i"], due),
        (FEATURES_OF_INDICATORS, _TEXT_FEATURES["i"], [{}] * len(due)),
    ):
        yield (
            table.name,
            [
                _line(line, table.dtypes, texts) | {"form": number, "at": at} | beside
                for at, (line, beside) in enumerate(zip(below, more, strict=True))
            ],
        )
    yield AS_READ.name, [{"form": number, "json": encode(to_wire(kept.form)).decode()}]
    yield FUNDS.name, list(_fund_lines(number, kept.form))
    yield PLACES.name, list(_place_lines(number, kept.form.places))
    yield FINDINGS.name, [_finding_line(number, one) for one in kept.review.findings]


def _unheld(cell: Cell) -> bool:
    """Whether no cell of 64 bits holds a value."""
    return isinstance(cell, Fraction) or (isinstance(cell, int) and abs(cell) > INT64)


def _line(row: Mapping[str, Cell], names: Iterable[str], texts: Iterable[str]) -> Line:
    """The cells of a row that a table has, and for its texts whether they say anything."""
    line: Line = {name: None if _unheld(row[name]) else row[name] for name in names if name in row}
    for name in texts:
        text = row[name]
        line[name + SAID] = None if text is None else str(text).strip() not in BLANK
    return line


def _form_line(number: int, kept: Kept, row: Mapping[str, Cell], *, beyond: bool) -> Line:
    form = kept.form
    return _line(row, FORMS.dtypes, _TEXTS["f"]) | {
        "form": number, "key": kept.key, "file": kept.file, "sha256": kept.sha256, "number": kept.number,
        "rulebook": kept.rulebook, "in_force": kept.in_force, "project_code": form.project.code,
        "currency_unit": form.currency_unit, "lines": len(form.indicators), "beyond": beyond,
    }  # fmt: skip


def _fund_lines(number: int, form: Form) -> Iterator[Line]:
    row = form_row(form)
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


def frames_of(columns: Columns, read: Read, cells: Callable[[Form], Rows]) -> Frames:
    """The columns of one part that some outputs of a rule program read; no others are fetched.

    Args:
        columns: the outputs.
        read: gives columns of a table of the part.
        cells: the rows of a form, for the few with a number that no cell holds.
    """
    vocabulary = columns.vocabulary()
    of_forms = _frame(columns, "f", read, vocabulary)
    of_rows = _frame(columns, "i", read, vocabulary)
    beyond = read(FORMS.name, ["form", "beyond"]).filter(pl.col("beyond"))["form"]
    exact: dict[int, Rows] = {}
    if len(beyond):
        texts = read(AS_READ.name, ["form", "json"]).filter(pl.col("form").is_in(beyond.implode()))
        exact = {number: cells(decode_form(text.encode())) for number, text in texts.iter_rows()}
    return Frames(of_forms, of_rows, vocabulary, exact)


def _frame(columns: Columns, namespace: str, read: Read, vocabulary: Vocabulary) -> pl.DataFrame:
    tables = (FORMS, FEATURES_OF_FORMS) if namespace == "f" else (INDICATORS, FEATURES_OF_INDICATORS)
    wanted = dict(columns.inputs.of(namespace))
    made: dict[str, pl.Series] = {}
    for table, features in zip(tables, (False, True), strict=True):
        mine = {name: node for name, node in wanted.items() if (name[2:] in _FEATURES[namespace]) is features}
        blank_only = columns.inputs.asked_whether_blank
        stored = {name: name[2:] + (SAID if name in blank_only else "") for name in mine}
        frame = read(table.name, list(dict.fromkeys(["form", *stored.values()])) if mine or not features else [])
        if not features:
            made[FORM] = frame["form"]
        made |= {name: _column(frame[stored[name]], mine[name], vocabulary).alias(name) for name in mine}
    return pl.DataFrame(made)


def _column(stored: pl.Series, node: Node, vocabulary: Vocabulary) -> pl.Series:
    """A stored column as rule programs take it."""
    if node.type == "number":
        return stored
    if node.type == "truth":
        return stored.cast(TRUTHS)
    if stored.dtype == pl.Boolean():
        spoken = pl.Series([SAYS_NOTHING, SAYS_SOMETHING], dtype=DTYPES["text"])
        return spoken.gather(stored.cast(pl.UInt32))
    words = stored.unique().drop_nulls().sort()
    codes = [vocabulary.code(word) for word in words]
    return stored.replace_strict(words, codes, return_dtype=DTYPES["text"]) if codes else stored.cast(DTYPES["text"])
