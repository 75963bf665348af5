"""A workbook as a package: its sheets by name, and its two sets of namespaces."""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from lxml import etree

from jixiao.form import Place
from jixiao.writing.original.office.markup import Markup, child, children, local
from jixiao.writing.original.office.package import Package
from jixiao.writing.original.office.refusals import damaged

_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576


class Spot(NamedTuple):
    """A cell: the number of its sheet among the sheets, row and column, all from 0."""

    sheet: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, and its part (empty where the file has none)."""

    name: str
    part: str


class Book:
    """A workbook.

    Attributes:
        package: its parts.
        sheets: its sheets in their order.
        main: the part of the workbook itself.
        namespace: that of its elements.
        relations: the namespace of attributes that name links.
    """

    def __init__(self, data: bytes) -> None:
        """Open a workbook.

        Raises:
            Refused: it is broken, unsafe, signed, or lists no sheet.
        """
        self.package = Package(data)
        self.main = self.package.main
        root = self.workbook.root
        self.namespace = etree.QName(root).namespace or ""
        self.relations = _STRICT_RELATIONS if self.package.strict else _RELATIONS
        if local(root) != "workbook" or child(root, "sheets") is None:
            raise damaged("工作簿里没有工作表", "the workbook lists no sheet")
        targets = {link.identity: link.part for link in self.package.relations(self.main)}
        self.sheets = [
            Sheet(each.get("name", ""), self._there(targets.get(linked(each), "")))
            for group in children(root, "sheets")
            for each in children(group, "sheet")
        ]

    @property
    def workbook(self) -> Markup:
        """The part of the workbook itself."""
        return self.package.part(self.main)

    def _there(self, part: str) -> str:
        return part if part and self.package.container.has(part) else ""

    def spot(self, place: Place) -> Spot | None:
        """The cell of a place; `None` where this workbook has no such cell."""
        name, _, reference = (place.cell or "").rpartition("!")
        at = position(reference)
        number = next((n for n, each in enumerate(self.sheets) if each.name == name and each.part), None)
        return None if at is None or number is None else Spot(number, *at)


def linked(element: etree._Element) -> str:
    """The id of the link that an element names."""
    return next((str(value) for name, value in element.attrib.items() if str(name).endswith("}id")), "")


def position(reference: str) -> tuple[int, int] | None:
    """Row and column, from 0, of a cell as "C7"; `None` of anything else."""
    match = _CELL.fullmatch(reference.replace("$", ""))
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return (int(match[2]) - 1, column - 1) if column <= LAST_COLUMN and int(match[2]) <= LAST_ROW else None


def reference(row: int, column: int) -> str:
    """A cell as "C7". Row and column are from 0."""
    letters, number = "", column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def quoted(name: str) -> str:
    """A sheet's name as it stands in a link to one of its cells."""
    return "'" + name.replace("'", "''") + "'"
