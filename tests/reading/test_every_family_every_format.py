"""Families A to K in every format: three generated forms of each, with contents that differ, read through one door."""

import pytest

from accuracy.judge import judge
from forms.documents import FAMILIES
from forms.making import made
from forms.specimens import Specimen
from jixiao.reading.parse import parse_bytes

PRODUCERS = {
    "PDF": "typst", "XLSX": "xlsxwriter", "DOCX": "python-docx", "OFD": "own writer",
}  # fmt: skip
"""A producer of each format; the fast one where there are several."""
CONTENTS: tuple[tuple[str, ...], ...] = (
    ("odd_signs", "filler", "precise"),
    ("few", "long", "starred", "grouped", "paragraphs"),
    ("ranges", "blanks", "wrong_sum", "prefixed", "goals"),
)
"""What the three forms do besides: see `forms.habits`."""


def specimens(family: str, kind: str) -> list[Specimen]:
    """Three forms of a family in a format, each a document of its own."""
    return [
        Specimen(family, 700 + number, (kind, PRODUCERS[kind]), habits=habits)
        for number, habits in enumerate(CONTENTS)
    ]  # fmt: skip


@pytest.mark.parametrize("kind", PRODUCERS)
@pytest.mark.parametrize("family", FAMILIES)
def test_three_forms_of_each_family_are_read_exactly_in_each_format(family: str, kind: str) -> None:
    """Each form is read with every field as printed; a sum that is wrong in print stays wrong."""
    chosen = specimens(family, kind)
    for specimen, data in zip(chosen, made(chosen), strict=True):
        verdict = judge(specimen.truth, parse_bytes(data, f"{specimen.name}.{specimen.ending}"))
        assert [(each.pointer, each.want, each.got) for each in verdict.fields if not each.right] == []
        assert (verdict.exact, verdict.surplus) == (1, 0)
