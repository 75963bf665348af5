"""Marks: the numbers that tie a cell of the printed form to the findings about it, and both to their anchors."""

from dataclasses import dataclass
from typing import Final

from jixiao.review.verdict import Family, Finding
from jixiao.scoring.sheet import Text
from jixiao.writing.html.table import PrintedForm
from jixiao.writing.report import FAMILIES, FormReport
from jixiao.writing.words import FAMILY_MARK

HEADING: Final = "/title"
"""Key of the heading of the form, where a finding stands that is about no cell."""

CAPTION: Final = "/indicators"
"""Key of the caption over the indicators."""

_OUTSIDE_TABLES: Final = frozenset({HEADING, CAPTION, "/fiscal_year", "/currency_unit"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding's mark.

    Attributes:
        finding: the finding.
        name: its letter and number in the form: 疑3, D3.
        anchor: id of the finding in the page.
        key: key of the cell it is shown in.
    """

    finding: Finding
    name: Text
    anchor: str
    key: str

    @property
    def family(self) -> Family:
        """The finding's family."""
        return self.finding.family


def marks_of(report: FormReport, printed: PrintedForm, form_anchor: str) -> tuple[Mark, ...]:
    """One mark for every finding, numbered by family in the order of the report."""
    keys = printed.keys() | _OUTSIDE_TABLES
    marks: list[Mark] = []
    for family in FAMILIES:
        letter = FAMILY_MARK[family]
        for number, finding in enumerate(report.findings(family), 1):
            name = Text(zh=f"{letter.zh}{number}", en=f"{letter.en}{number}")
            key = home(finding.pointer, keys, printed.aliases)
            marks.append(Mark(finding, name, f"{form_anchor}-{letter.en.lower()}{number}", key))
    return tuple(marks)


def home(pointer: str, keys: frozenset[str], aliases: dict[str, str]) -> str:
    """The key of the cell that shows a pointer: its own, or that of the nearest part around it, or the heading."""
    while pointer:
        pointer = aliases.get(pointer, pointer)
        if pointer in keys:
            return pointer
        pointer = pointer.rpartition("/")[0]
    return HEADING


def cell_anchor(form_anchor: str, key: str) -> str:
    """The id of a cell in the page."""
    return form_anchor + key.replace("/", "-")
