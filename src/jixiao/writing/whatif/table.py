"""A rule lab's result as data: CSV, one row a form, and JSON with everything."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

import msgspec

from jixiao.form import digits, plain
from jixiao.review.whatif import Move
from jixiao.writing.csv_cells import guarded
from jixiao.writing.whatif.report import WhatIfReport

WHATIF_SCHEMA: Final = "jixiao/whatif/1"
COLUMNS: Final = (
    "file", "number", "unit", "project", "claimed_score", "claimed_grade", "before_rulebook", "before_score",
    "before_low", "before_grade", "after_rulebook", "after_score", "after_low", "after_grade", "difference",
    "direction",
)  # fmt: skip


def write_csv(report: WhatIfReport) -> bytes:
    """One row a form in the order of the report, UTF-8 with a mark that spreadsheets know; no text is a formula."""
    return csv_heads() + csv_rows(report.shift.moves)


def csv_heads() -> bytes:
    """The mark and the first line of the table."""
    return "\N{ZERO WIDTH NO-BREAK SPACE}".encode() + _lines([COLUMNS])


def csv_rows(moves: Iterable[Move]) -> bytes:
    """Lines of the table for some forms, in the order given."""
    return _lines(map(_row, moves))


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def write_json(report: WhatIfReport) -> bytes:
    """Everything as JSON; points are digit strings."""
    shift = report.shift
    document = {
        "schema": WHATIF_SCHEMA,
        "program": report.program,
        "baseline": report.baseline,
        "scenario": report.scenario,
        "changes": report.changes,
        "directions": shift.directions,
        "before": shift.before,
        "after": shift.after,
        "transitions": [{"from": old, "to": new, "forms": count} for (old, new), count in shift.transitions.items()],
        "units": shift.units,
        **({"departments": shift.departments, "places": shift.places} if shift.named is not None else {}),
        "questions": None
        if shift.asked is None
        else [{"code": code, "before": old, "after": new} for code, (old, new) in shift.asked.items()],
        "forms": [msgspec.structs.asdict(move) | {"direction": move.direction} for move in shift.moves],
        "unread": [{"file": file, "error": error} for file, error in report.errors()],
    }
    wire = digits(msgspec.to_builtins(document, builtin_types=(Decimal,)))
    return msgspec.json.format(msgspec.json.encode(wire), indent=2) + b"\n"


def _row(move: Move) -> list[str]:
    before, after = move.before, move.after
    return [
        guarded(move.file), str(move.number), guarded(move.unit), guarded(move.project),
        _points(move.claimed_score), guarded(move.claimed_grade or ""),
        guarded(before.rulebook), _points(before.score), _points(before.low), guarded(before.grade or ""),
        guarded(after.rulebook), _points(after.score), _points(after.low), guarded(after.grade or ""),
        _points(move.difference), move.direction,
    ]  # fmt: skip


def _points(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
