"""Formats with more decimals, for a number put right that its cell's format would round: 6.5 where 7 stood."""

import re
from typing import Final

from lxml import etree

from jixiao.writing.original.office.markup import Markup, child, children, prefix
from jixiao.writing.original.office.text import xml_text
from jixiao.writing.original.xlsx.book import Book

_BUILT_IN: Final = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
"""Codes of the built-in formats that fix a number of decimals (ECMA-376 part 1, 18.8.30)."""

_FIRST_OWN: Final = 164
_PLAIN: Final = re.compile(r"[0#?.,%;()_ *¥￥$-]+")
_DECIMALS: Final = re.compile(r"([0#?])(?:\.([0#?]*))?(?=[^0#?.]*$)")


class Formats:
    """The formats of a workbook, and those that are added for changed cells."""

    def __init__(self, book: Book) -> None:
        """Look at the styles of a workbook; without them nothing is added.

        Raises:
            Refused: they are broken.
        """
        part = book.package.related(book.main, "styles")
        self._styles: Markup | None = book.package.part(part) if part else None
        self._added: dict[tuple[int, int], int] = {}
        self._pieces: list[str] = []
        self._codes: list[tuple[int, str]] = []

    def showing(self, style: str, places: int) -> str:
        """The number of a format like that of a cell, with at least so many decimals; the same where it has them.

        A format that is no plain one of digits stays: what it then shows is seen when the copy is read back.
        """
        group = None if self._styles is None else child(self._styles.root, "cellXfs")
        looks = [] if group is None else list(group.iterchildren(etree.Element))
        at = int(style) if style.isdecimal() else 0
        if group is None or at >= len(looks):
            return style
        code = with_decimals(self._code(looks[at].get("numFmtId", "0")), places)
        if not code:
            return style
        if (at, places) not in self._added:
            self._added[at, places] = len(looks) + len(self._pieces)
            self._pieces.append(self._like(looks[at], self._number(code)))
        return str(self._added[at, places])

    def put(self) -> None:
        """Put what was added into the styles."""
        group = None if self._styles is None else child(self._styles.root, "cellXfs")
        if self._styles is None or group is None or not self._pieces:
            return
        for piece in self._pieces:
            self._styles.put("last", group, piece)
        self._styles.set(group, "count", str(sum(1 for _ in group.iterchildren(etree.Element)) + len(self._pieces)))
        self._put_codes(self._styles)

    def _put_codes(self, styles: Markup) -> None:
        known = child(styles.root, "numFmts")
        tag = prefix(styles.root)
        codes = "".join(f'<{tag}numFmt numFmtId="{at}" formatCode="{xml_text(code)}"/>' for at, code in self._codes)
        if known is None:
            styles.put("first", styles.root, f'<{tag}numFmts count="{len(self._codes)}">{codes}</{tag}numFmts>')
            return
        styles.put("last", known, codes)
        styles.set(known, "count", str(sum(1 for _ in known.iterchildren(etree.Element)) + len(self._codes)))

    def _own(self) -> dict[int, str]:
        root = None if self._styles is None else self._styles.root
        group = None if root is None else child(root, "numFmts")
        found = (
            {}
            if group is None
            else {each.get("numFmtId", ""): each.get("formatCode", "") for each in children(group, "numFmt")}
        )
        return {int(at): code for at, code in found.items() if at.isdecimal() and len(at) < 8}

    def _code(self, number: str) -> str:
        at = int(number) if number.isdecimal() and len(number) < 8 else 0
        return self._own().get(at, _BUILT_IN.get(at, ""))

    def _number(self, code: str) -> int:
        """The number of a code, added where it is new."""
        known = next((at for at, each in self._codes if each == code), None)
        if known is None:
            known = max((_FIRST_OWN - 1, *self._own())) + 1 + len(self._codes)
            self._codes.append((known, code))
        return known

    def _like(self, look: etree._Element, number: int) -> str:
        """A format with another number format."""
        given = dict(look.attrib) | {"numFmtId": str(number), "applyNumberFormat": "1"}
        named = "".join(f' {name}="{xml_text(str(value))}"' for name, value in given.items() if "}" not in str(name))
        inner = "".join(
            etree.tostring(each, encoding="unicode", with_tail=False) for each in look.iterchildren(etree.Element)
        )
        tag = f"{prefix(look)}xf"
        return f"<{tag}{named}>{inner}</{tag}>"


def with_decimals(code: str, places: int) -> str:
    """A format code with so many decimals in every section; empty where it has them, or is no plain one of digits."""
    if not _PLAIN.fullmatch(code):
        return ""
    sections = [_section(each, places) for each in code.split(";")]
    made = ";".join(sections)
    return made if made != code else ""


def _section(section: str, places: int) -> str:
    found = _DECIMALS.search(section)
    if found is None or len(found[2] or "") >= places:
        return section
    return f"{section[: found.start()]}{found[1]}.{(found[2] or '').ljust(places, '0')}{section[found.end() :]}"
