"""The rows of exactness find what they are there to find: a wrong cell, a bare value, a wrong case, a survivor."""

from decimal import Decimal

import msgspec
import polars as pl

from drills.opinion.engines import bare, published
from drills.rows import b2_columns, b3_third_opinion, b4_golden, b5_mutants
from equality.block import Block
from equality.legs import Leg, Run, by_column
from equality.shares import books
from equality.table import Column, Table
from jixiao.language import Program
from jixiao.rulebook.entries import Provenance
from mutation.__main__ import every_site, sample
from mutation.running import Ran
from rulebook.golden_forms import shelf


def _one_fen_off(program: Program, _home: object) -> Run:
    run = by_column(program)

    def wrong(block: Block) -> Table:
        table = dict(run(block))
        name, cells = next((name, one.cells) for name, one in table.items() if one.cells.dtype == pl.Int64)
        at = int(cells.is_not_null().arg_true()[0])
        return table | {name: Column(cells.clone().scatter(at, cells[at] + 1), table[name].beside)}

    return wrong


def test_one_cell_that_differs_by_a_unit_is_told() -> None:
    """B2 names the value, the form and both numbers."""
    leg = Leg("wrong", _one_fen_off)  # the planted fault
    cells, faults = b2_columns.compare(books()[0], 4, 1, leg)
    assert cells > 4
    assert len(faults) == 1
    assert "expected" in faults[0]
    assert b2_columns.compare(books()[0], 4, 1, b2_columns.COLUMNS)[1] == []


def test_a_golden_case_that_is_a_hundredth_off_is_told() -> None:
    """B4 names book and case, however little it is off, and a book with too few."""
    book = b4_golden.every_book(shelf())[0]
    first = book.golden[0]
    off = msgspec.structs.replace(first, total=str(Decimal(first.total or 0) + Decimal("0.01")))
    faults = list(b4_golden.unlike(msgspec.structs.replace(book, golden=(off,))))
    assert [fault for fault in faults if off.title in fault]
    assert [fault for fault in faults if "at least 20" in fault]


def test_a_value_without_a_clause_is_told() -> None:
    """B4 names the value."""
    book = b4_golden.every_book(shelf())[0]
    name, value = next(iter(book.values.items()))
    bare = msgspec.structs.replace(value, clause=Provenance("", "", "", "recalled"))
    changed = msgspec.structs.replace(book, values={**book.values, name: bare})
    assert list(b4_golden.bare(changed)) == [f"{book.id} {book.since}: {name} cites no clause"]
    assert list(b4_golden.bare(book)) == []


def test_survivors_are_named_and_counted_against_the_share() -> None:
    """B5 fails below ninety of a hundred, and names what nobody noticed."""
    sites = sample(list(every_site()), 10, 1)
    verdicts = [(site, Ran("killed", "", 0)) for site in sites[:9]]
    assert b5_mutants.outcome([*verdicts, (sites[9], Ran("survived", "", 0))], 99).faults == ()
    failed = b5_mutants.outcome([*verdicts[:8], *((site, Ran("survived", "", 0)) for site in sites[8:])], 99)
    assert failed.faults
    assert len(failed.told) == 3


def test_a_cell_that_shows_another_number_than_its_formula_gives_is_told() -> None:
    """B3 names sheet, cell and both numbers, however little they differ."""
    workbook = b3_third_opinion.written(range(2), 1, "shanghai")
    right = published(workbook)
    first = next(iter(right))
    off = {**right, first: (right[first] or Decimal(0)) + Decimal("0.01")}
    assert b3_third_opinion.wrong(workbook, 2, {"same": lambda _: right}) == []
    assert "off has" in b3_third_opinion.wrong(workbook, 2, {"off": lambda _: off})[0]
    assert "formulas in 99 forms" in b3_third_opinion.wrong(workbook, 99, {})[0]
    assert len(bare(workbook)) < len(workbook)
