"""A slice of `./dev roundtrip`: hard forms in every format and layout come back the same."""

import io
import zipfile

import pytest

from roundtrip.contents import PRINTED, contents
from roundtrip.trip import KINDS, LETTERS, foreign_formulas, tried

COUNT = 6


@pytest.mark.parametrize("layout", PRINTED)
@pytest.mark.parametrize("kind", KINDS)
def test_hard_forms_come_back(kind: str, layout: str) -> None:
    """What is written is what is read, field by field, and no text has become a formula."""
    tally = tried(contents(layout, LETTERS[kind], COUNT, 7), kind, layout)
    assert (tally.forms, tally.read, tally.different, tally.formulas, tally.examples) == (COUNT, COUNT, 0, 0, [])


def test_a_formula_of_a_text_is_noticed() -> None:
    """A cell whose formula holds a text, a link or another function is counted."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        cells = '<c r="A1"><f>IF(A2=0,"",ROUND(SUM(B1,B2),2))</f></c><c r="A2" t="str"><f>1+1&amp;"x"</f></c>'
        package.writestr("xl/worksheets/sheet1.xml", cells)
    assert list(foreign_formulas(held.getvalue())) == ['xl/worksheets/sheet1.xml!A2: 1+1&amp;"x"']
