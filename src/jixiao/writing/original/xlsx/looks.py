"""The looks of the summary's cells: formats added behind those that the workbook has."""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from jixiao.writing.original.office.markup import Markup, child, prefix
from jixiao.writing.original.xlsx.book import Book

_FONTS: Final = (
    '<font><b/><sz val="14"/><name val="宋体"/><charset val="134"/></font>',
    '<font><b/><sz val="10.5"/><name val="宋体"/><charset val="134"/></font>',
    '<font><sz val="10.5"/><name val="宋体"/><charset val="134"/></font>',
    '<font><u/><sz val="10.5"/><color rgb="FF0563C1"/><name val="宋体"/><charset val="134"/></font>',
)
_FILLS: Final = (
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/><bgColor indexed="64"/></patternFill></fill>',
)
_SIDES: Final = "".join(
    f'<{side} style="thin"><color indexed="64"/></{side}>' for side in ("left", "right", "top", "bottom")
)
_BORDERS: Final = (f"<border>{_SIDES}<diagonal/></border>",)
_LOOKS: Final = {
    "title": (0, None, None, 'vertical="center"'),
    "note": (2, None, None, 'vertical="top" wrapText="1"'),
    "head": (1, 0, 0, 'horizontal="center" vertical="center" wrapText="1"'),
    "number": (2, None, 0, 'horizontal="center" vertical="top"'),
    "text": (2, None, 0, 'vertical="top" wrapText="1"'),
    "link": (3, None, 0, 'vertical="top" wrapText="1"'),
}
"""By name: which of our fonts, fills and borders, and the alignment."""


def add_looks(book: Book) -> Mapping[str, int]:
    """Add the looks to a workbook's styles; their numbers by name, none where it has no styles to add to.

    Raises:
        Refused: the styles are broken.
    """
    part = book.package.related(book.main, "styles")
    if not part:
        return {}
    styles = book.package.part(part)
    groups = {name: child(styles.root, name) for name in ("fonts", "fills", "borders", "cellXfs")}
    there = {name: group for name, group in groups.items() if group is not None}
    if len(there) < len(groups):
        return {}
    fonts, fills, borders = (
        _more(styles, there[name], pieces)
        for name, pieces in (("fonts", _FONTS), ("fills", _FILLS), ("borders", _BORDERS))
    )
    formats = [
        f'<xf numFmtId="0" fontId="{fonts + font}" fillId="{0 if fill is None else fills + fill}" '
        f'borderId="{0 if border is None else borders + border}" xfId="0" applyFont="1" applyFill="1" '
        f'applyBorder="1" applyAlignment="1"><alignment {how}/></xf>'
        for font, fill, border, how in _LOOKS.values()
    ]
    first = _more(styles, there["cellXfs"], formats)
    return {name: first + at for at, name in enumerate(_LOOKS)}


def _more(styles: Markup, group: etree._Element, pieces: tuple[str, ...] | list[str]) -> int:
    """Add pieces to a group, which counts them; the number of the first."""
    tag = prefix(group)
    known = int(styles.given(group, "count") or sum(1 for _ in group.iterchildren(etree.Element)))
    named = "".join(pieces).replace("</", "\0").replace("<", f"<{tag}").replace("\0", f"</{tag}")
    styles.put("last", group, named)
    styles.set(group, "count", str(known + len(pieces)))
    return known
