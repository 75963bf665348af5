"""Families A to K in every format: three generated forms of each, with contents that differ, read through one door."""

import pytest

from accuracy.judge import Field, judge
from forms.documents import FAMILIES
from forms.making import made
from forms.specimens import Specimen
from jixiao.reading import Unreadable
from jixiao.reading.parse import parse_bytes

PRODUCERS = {
    "PDF": "typst", "XLSX": "xlsxwriter", "XLS": "xlwt", "DOCX": "python-docx", "OFD": "own writer",
    "HTML": "clean", "CSV": "csv",
}  # fmt: skip
"""A producer of each format; the fast one where there are several."""
CONTENTS: tuple[tuple[str, ...], ...] = (
    ("odd_signs", "filler", "precise"),
    ("few", "long", "starred", "grouped", "paragraphs"),
    ("ranges", "blanks", "wrong_sum", "prefixed", "goals"),
)
"""What the three forms do besides: see `forms.habits`."""

TEXT_LEAST = {
    "beijing": 98, "chongqing": 68, "department": 0, "hubei": 55, "linkage": 98, "ministry": 97, "ministry-ab": 87,
    "shanghai": 99, "shanghai-district": 99, "sichuan": 94, "transfer": 65, "yinchuan": 92, "yunnan": 88,
}  # fmt: skip
"""Plain text: what was printed in columns is guessed back, so a share of fields, in per cent; it may only grow.
A layout that is not named has not been measured as text.

The text of a whole department's form is refused: it names no project, by which the text reader knows a form."""
TEXT_SILENT = {
    "beijing": 1, "chongqing": 1, "hubei": 4, "linkage": 2, "ministry": 1, "ministry-ab": 10, "shanghai": 1,
    "shanghai-district": 1, "transfer": 1, "yinchuan": 1, "yunnan": 1,
}  # fmt: skip
"""Silent errors in the three texts of a family, at most; none where none is named. They may only shrink."""


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


@pytest.mark.parametrize("family", TEXT_LEAST)
def test_three_texts_of_each_family_are_read_as_far_as_they_were(family: str) -> None:
    """Of three forms printed as text in content order no fewer fields are right, and no more wrong ones are silent."""
    chosen = [Specimen(family, 700 + number, ("text", "content order")) for number in range(len(CONTENTS))]
    fields: list[Field] = []
    for specimen, data in zip(chosen, made(chosen), strict=True):
        try:
            fields += judge(specimen.truth, parse_bytes(data, f"{specimen.name}.txt")).fields
        except Unreadable as refusal:
            fields += judge(specimen.truth, None, refusal.code).fields
    assert sum(each.right for each in fields) * 100 >= TEXT_LEAST[family] * len(fields)
    assert sum(each.silent for each in fields) <= TEXT_SILENT.get(family, 0)
