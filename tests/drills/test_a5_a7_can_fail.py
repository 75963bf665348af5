"""The rows A5 and A7 can fail: a variant that is read, a reason that is not named, a text that became a formula."""

import csv
import io

import openpyxl
import pytest

from drills.rows import a5_variants, a7_formulas
from hostile.formula_cells import LEADS, MARK, form_of, texts_of
from hostile.variants import Variant, sound, variants, zipped
from jixiao.form import to_wire


def test_there_are_enough_variants() -> None:
    """More than eighty, each with another name."""
    names = [variant.name for variant in variants()]
    assert len(names) == len(set(names)) >= 80


def test_a_variant_that_is_read_is_told() -> None:
    """A sound file is no variant, and a refusal for another reason is a fault, too."""
    whole = zipped(sound()["xlsx"])
    assert a5_variants.fault_of(Variant("a", whole, "x")) == "a: was read"
    link = next(variant for variant in variants() if "link" in variant.name)
    assert a5_variants.fault_of(link) == ""
    assert "symbolic link" in a5_variants.fault_of(Variant("b", link.data, "overlap"))
    assert "truncated" in a5_variants.fault_of(Variant("c", b"PK\x03\x04" + whole[-99:], "overlap"))


@pytest.mark.parametrize("lead", LEADS)
def test_a_formula_is_told(lead: str) -> None:
    """A text written as a formula, or bare into a CSV file, is told; a table without our texts, too."""
    text, out, held = f"{lead}{MARK}", io.StringIO(newline=""), io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append([text])  # type: ignore[union-attr]  # a new workbook has a sheet
    book.save(held)
    csv.writer(out).writerow([text])
    assert [what for _, what in texts_of(held.getvalue(), "xlsx")] == ["formula" if lead == "=" else "text"]
    assert [what for _, what in texts_of(out.getvalue().encode(), "csv")] == ["text" if lead in "|％" else "formula"]
    count, faults = a7_formulas.judged([("a", "xlsx", held.getvalue()), ("b", "csv", b"nothing")])
    assert (count, len(faults)) == (1, 1 + (lead == "="))


def test_every_text_field_has_the_lead() -> None:
    """A form for the row keeps its numbers and has the lead in its texts."""
    wire = str(to_wire(form_of("=")))
    assert wire.count(f"={MARK}") > 60


def test_the_rule_labs_table_has_no_formula() -> None:
    """Names of rulebooks and grades are guarded as every text is, and against every sign that a spreadsheet runs."""
    assert a7_formulas.judged([("lab", "csv", a7_formulas._lab())]) == (8 * len(LEADS), [])
