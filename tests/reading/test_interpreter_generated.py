"""Generated documents of every family, format and look: each field equals its labelled truth."""

import pytest

from forms.documents import FAMILIES, FORMATS, Format, generate
from forms.losses import lost_texts
from forms.measure import differences, filled_pointers
from forms.variants import variant
from jixiao.layout.grid import Grid
from jixiao.reading.formats.pdf import read_pdf
from jixiao.reading.formats.xlsx import read_xlsx
from jixiao.reading.interpreter import interpret

SEEDS = {"typst": (1,), "fpdf": (1,), "xlsx": (1, 2)}
FPDF_FAMILIES = ("beijing", "chongqing", "department", "hubei", "ministry", "shanghai-district", "yunnan")
"""fpdf2 takes seconds to embed a Chinese font, so not every family is printed by it here."""
CASES = [
    (family, kind, seed)
    for family in FAMILIES
    for kind in FORMATS
    for seed in SEEDS[kind]
    if kind != "fpdf" or family in FPDF_FAMILIES
]


def grid_of(data: bytes, name: str) -> Grid:
    """The grid of a generated document."""
    return read_xlsx(data, name) if name.endswith(".xlsx") else read_pdf(data, name)


@pytest.mark.parametrize(("family", "kind", "seed"), CASES)
def test_generated_forms_are_read_exactly(family: str, kind: Format, seed: int) -> None:
    """Every form of the document is read, each field as printed, each with a place, and nothing printed is lost."""
    document = generate(FAMILIES[family], kind, seed)
    grid = grid_of(document.data, document.name)
    forms = interpret(grid, document.name)
    assert len(forms) == len(document.truth)
    assert [differences(truth, form) for truth, form in zip(document.truth, forms, strict=True)] == [[]] * len(forms)
    assert lost_texts(grid, forms) == []
    for form in forms:
        assert [pointer for pointer in filled_pointers(form) if not form.places.get(pointer)] == []
        assert "unreadable" not in {problem.code for problem in form.problems}


@pytest.mark.parametrize("family", FAMILIES)
def test_unpublished_layouts_are_read_exactly(family: str) -> None:
    """Other words, other columns and another order of them change no field: labels decide, not the layout's name."""
    for seed in (1, 2):
        document = generate(variant(FAMILIES[family], seed), "xlsx", seed)
        grid = grid_of(document.data, document.name)
        forms = interpret(grid, document.name)
        assert [differences(truth, form) for truth, form in zip(document.truth, forms, strict=True)] == [[]] * len(
            forms
        )
        assert lost_texts(grid, forms) == []


def test_one_seed_makes_one_document() -> None:
    """The generator is a function of its seed: the same document twice, another with another seed."""
    family = FAMILIES["ministry"]
    first, again, other = (generate(family, "xlsx", seed) for seed in (5, 5, 6))
    assert first.truth == again.truth
    assert first.truth != other.truth
