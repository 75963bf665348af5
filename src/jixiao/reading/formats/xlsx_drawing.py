"""What floats over a worksheet of XLSX: text boxes and check boxes are read, comments and pictures are counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from jixiao.reading.container import Container
from jixiao.reading.formats.package import Relation, relations
from jixiao.reading.formats.sheet import LAST_COLUMN, LAST_ROW, Sheet, Spot
from jixiao.reading.formats.xlsx_xml import children, flag, local

_ANCHORS: Final = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})
_MOST_SHAPES: Final = 2000
_COMMENTS: Final = ("comments",)
"""Threaded comments repeat themselves in these."""


@dataclass(frozen=True, slots=True)
class Control:
    """A control of a sheet: the id of its shape, and the id of the link to what it is."""

    shape: str
    link: str


def read_floating(container: Container, part: str, sheet: Sheet, controls: list[Control]) -> None:
    """Add what floats over a sheet to it.

    Args:
        container: the workbook's container.
        part: the sheet's part.
        sheet: the sheet, its cells read.
        controls: the controls its part lists.

    Raises:
        Unreadable: one of the parts is no XML or unsafe.
    """
    links = relations(container, part)
    known = {link.kind: link.part for link in links.values() if container.has(link.part)}
    for kind in _COMMENTS:
        if kind in known:
            listed = (comment for each in children(container.xml(known[kind]), "commentList") for comment in each)
            sheet.comments += sum(isinstance(comment.tag, str) for comment in listed)
    if "drawing" in known:
        states = _states(container, links, controls)
        for spot, shape in _shapes(container.xml(known["drawing"]), sheet):
            _take(sheet, spot, shape, states)


def _states(container: Container, links: dict[str, Relation], controls: list[Control]) -> dict[str, bool]:
    """The check boxes among the controls, by the id of their shape: whether they are ticked."""
    found: dict[str, bool] = {}
    for control in controls[:_MOST_SHAPES]:
        link = links.get(control.link)
        if control.shape in found or link is None or not container.has(link.part):
            continue
        about = container.xml(link.part)
        if about.get("objectType") in ("CheckBox", "Radio"):
            found[control.shape] = about.get("checked", "") in ("Checked", "1")
    return found


def _shapes(drawing: etree._Element, sheet: Sheet) -> Iterator[tuple[Spot, etree._Element]]:
    """The shapes of a drawing with the cell each hangs on; pictures are counted."""
    left = _MOST_SHAPES
    for anchor in _anchors(drawing):
        spot = _spot(anchor)
        for item in anchor.iter("{*}sp", "{*}pic"):
            if any(local(str(above.tag)) == "Fallback" for above in item.iterancestors()):
                continue
            left -= 1
            if left < 0:
                return
            if local(item.tag) == "pic":
                sheet.pictures += 1
            else:
                yield spot, item


def _anchors(drawing: etree._Element) -> Iterator[etree._Element]:
    for element in drawing.iter(etree.Element):
        if local(str(element.tag)) in _ANCHORS:
            yield element


def _spot(anchor: etree._Element) -> Spot:
    start = next(children(anchor, "from"), None)
    if start is None:
        return 0, 0
    row, column = (next(children(start, name), None) for name in ("row", "col"))
    return _bounded(row, LAST_ROW), _bounded(column, LAST_COLUMN)


def _bounded(element: etree._Element | None, most: int) -> int:
    text = (element.text or "").strip() if element is not None else ""
    return min(int(text), most - 1) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _take(sheet: Sheet, spot: Spot, shape: etree._Element, states: dict[str, bool]) -> None:
    about = next(iter(shape.iter("{*}cNvPr")), None)
    identity = about.get("id", "") if about is not None else ""
    lines = ["".join(text.text or "" for text in each.iter("{*}t")).strip() for each in shape.iter("{*}p")]
    if identity in states:
        sheet.marks.append((spot, ("☑" if states[identity] else "□") + "".join(lines)))
    elif about is None or not flag(about, "hidden"):
        sheet.shapes.extend((spot, line) for line in lines if line)
