"""Families A to K as scans: three small forms of each in an image PDF, of every other one in a PNG, at 150 dpi.

Both hold the same pages, one or two, and eyes take a second each; `./dev accuracy` reads every family in every picture.
"""

import pytest

from accuracy.judge import Field, judge
from forms.documents import FAMILIES
from forms.making import made
from forms.specimens import Picture, Specimen
from jixiao.reading.parse import parse_bytes
from jixiao.reading.scan import open_eyes
from jixiao.reading.scan.eyes import Eyes

LEAST = 98
"""Of all fields, in per cent, letters of other width taken as equal; amounts have to be right throughout."""
SMALL = ("few", "terse")
PICTURED: list[tuple[str, Picture]] = [
    *((family, "scan PDF") for family in FAMILIES),
    *((family, "PNG") for family in list(FAMILIES)[::2]),
]


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    """The eyes, opened once."""
    opened = open_eyes()
    assert opened is not None
    return opened


def specimens(family: str, kind: Picture) -> list[Specimen]:
    """Three forms of a family in one document, or in three where a document holds one."""
    form = Specimen(family, 700, ("PDF", "typst"), "two forms a page", SMALL, picture=kind, wear="clean150", forms=3)
    if family != "department":
        return [form]
    return [Specimen(family, 700 + number, form.producer, form.look, SMALL, 0, kind, form.wear) for number in range(3)]


@pytest.mark.parametrize(("family", "kind"), PICTURED)
def test_three_scanned_forms_of_each_family_are_read(family: str, kind: Picture, eyes: Eyes) -> None:
    """Every amount, weight, score, total and grade is right, nearly every other field is, and no form is missed."""
    chosen = specimens(family, kind)
    fields: list[Field] = []
    for specimen, data in zip(chosen, made(chosen), strict=True):
        forms = parse_bytes(data, f"{specimen.name}.{specimen.ending}", eyes)
        assert len(forms) == len(specimen.truth)
        fields += judge(specimen.truth, forms).fields
    assert [(each.pointer, each.want, each.got) for each in fields if each.is_amount and not each.right] == []
    assert sum(each.folded for each in fields) * 100 >= LEAST * len(fields)
