"""The formats of a workbook's cells: each kind once, in the order of use (ECMA-376 part 1, 18.8)."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from jixiao.writing.formats.xlsx.texts import attribute
from jixiao.writing.paper.model import Align, Face

_FIRST_OWN_FORMAT: Final = 164
_BUILT_IN: Final = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10}
_CHINESE: Final = '<family val="3"/><charset val="134"/>'
_NORMAL: Final = f'<font><sz val="11"/><name val="宋体"/>{_CHINESE}</font>'
"""The font in whose digits spreadsheets measure columns; no cell is set in it."""
_BORDERS: Final = (
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>'
    + "".join(f'<{side} style="thin"><color auto="1"/></{side}>' for side in ("left", "right", "top", "bottom"))
    + "<diagonal/></border></borders>"
)


class Style(Struct, frozen=True):
    """How a cell looks and behaves.

    Attributes:
        face, size: of its letters; the size in hundredths of a point.
        align: how its lines are set.
        ruled: whether it has an outline.
        open: whether it may be changed while the sheet is protected.
        code: its number format.
        quoted: whether what is typed into it stays a text whatever it looks like.
        shrunk: whether its one line is made smaller where it is too long; otherwise it is broken into lines.
        top: whether its lines begin at its top; otherwise they are set in the middle.
    """

    face: Face
    size: int
    align: Align
    ruled: bool
    open: bool
    code: str = "General"
    quoted: bool = False
    shrunk: bool = False
    top: bool = False


class Styles:
    """Gives each kind of cell its number."""

    def __init__(self, fonts: Mapping[Face, str]) -> None:
        """Take the names of the fonts; number 0 is the style of a cell of which nothing is said."""
        self._names = fonts
        self._numbers: dict[Style, int] = {}
        self._fonts: dict[tuple[str, int], int] = {}
        self._codes: dict[str, int] = {}

    def number(self, style: Style) -> int:
        """The number of a style."""
        return self._numbers.setdefault(style, len(self._numbers) + 1)

    def xml(self) -> str:
        """The part `xl/styles.xml`."""
        formats = "".join(f"<xf {self._format(style)}</xf>" for style in self._numbers)
        codes = "".join(
            f'<numFmt numFmtId="{number}" formatCode="{attribute(code)}"/>' for code, number in self._codes.items()
        )
        fonts = "".join(
            f'<font><sz val="{points(size)}"/><name val="{attribute(name)}"/>{_CHINESE}</font>'
            for name, size in self._fonts
        )
        return (
            '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            + (f'<numFmts count="{len(self._codes)}">{codes}</numFmts>' if codes else "")
            + f'<fonts count="{len(self._fonts) + 1}">{_NORMAL}{fonts}</fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill>'
            f'<fill><patternFill patternType="gray125"/></fill></fills>{_BORDERS}'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(self._numbers) + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
            f'{formats}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        )

    def _format(self, style: Style) -> str:
        font = self._fonts.setdefault((self._names[style.face], style.size), len(self._fonts) + 1)
        code = _BUILT_IN.get(style.code)
        if code is None:
            code = self._codes.setdefault(style.code, _FIRST_OWN_FORMAT + len(self._codes))
        return (
            f'numFmtId="{code}" fontId="{font}" fillId="0" borderId="{int(style.ruled)}" xfId="0"'
            + (' quotePrefix="1"' if style.quoted else "")
            + (' applyNumberFormat="1"' if code else "")
            + ' applyFont="1"'
            + (' applyBorder="1"' if style.ruled else "")
            + ' applyAlignment="1"'
            + (' applyProtection="1"' if style.open else "")
            + f'><alignment horizontal="{style.align}" vertical="{"top" if style.top else "center"}"'
            + (' shrinkToFit="1"/>' if style.shrunk else ' wrapText="1"/>')
            + ('<protection locked="0"/>' if style.open else "")
        )


def points(size: int) -> str:
    """Hundredths of a point as points: 10.5."""
    whole, hundredths = divmod(size, 100)
    return f"{whole}.{hundredths:02d}".rstrip("0").rstrip(".")
