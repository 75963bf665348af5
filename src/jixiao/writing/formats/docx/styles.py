"""The styles of a DOCX: running text, headings, the footer, and a style for each kind of cell that occurs."""

from dataclasses import dataclass, field
from html import escape
from typing import Final

from jixiao.writing.formats.docx.settings import Fonts
from jixiao.writing.formats.docx.xml import DECLARATION, NAMESPACES, fonts, half_points, twips
from jixiao.writing.paper.model import Align, Cell

_LEADING: Final = 130
"""From line to line in a cell, in hundredths of a letter; fixed, or the pages would depend on the typeface."""
BODY_SIZE: Final = 1600
"""三号: the size of running text in official papers (GB/T 9704)."""
_HEADING_SIZES: Final = {1: 2200, 2: 1600, 3: 1600}
"""二号 for the title, 三号 below it."""
JUSTIFIED: Final = {"left": "left", "center": "center", "right": "right"}
_NAMES: Final = {
    "label": "表格标签", "value": "表格内容", "left": "左对齐", "center": "居中", "right": "右对齐",
}  # fmt: skip
_ALTERNATIVES: Final = {
    "方正小标宋简体": "华文中宋", "仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "宋体": "SimSun", "黑体": "SimHei",
    "仿宋": "FangSong", "楷体": "KaiTi",
}  # fmt: skip
"""What Word takes where a typeface is missing; without a word it would take one of its own choice."""


@dataclass(slots=True)
class CellStyles:
    """The styles of cells that have been asked for, each named at its first use.

    Attributes:
        fonts: the typefaces.
    """

    fonts: Fonts
    _known: dict[tuple[str, Align, int, bool], str] = field(default_factory=dict)

    def of(self, cell: Cell, size: int, *, stays: bool) -> str:
        """The id of the style of a cell's paragraphs; `stays`: its row stays with the one below, as a heading does."""
        key = (cell.role, cell.align, size, stays)
        return self._known.setdefault(key, f"Cell{len(self._known) + 1}")

    def written(self) -> str:
        """All of them."""
        return "".join(self._style(*each) for each in self._known.items())

    def _style(self, key: tuple[str, Align, int, bool], identity: str) -> str:
        role, align, size, stays = key
        points, rest = divmod(size, 100)
        name = f"{_NAMES[role]}{_NAMES[align]} {points}{f'.{rest:02}'.rstrip('0') if rest else ''}"
        name += " 与下行同页" if stays else ""
        family = fonts(self.fonts.label if role == "label" else self.fonts.value)
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identity}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{"<w:keepNext/>" if stays else ""}'
            f'<w:snapToGrid w:val="0"/><w:spacing w:before="20" w:after="20" w:line="{twips(leading_of(size))}" '
            'w:lineRule="exact"/>'
            f'<w:jc w:val="{JUSTIFIED[align]}"/></w:pPr>'
            f"<w:rPr>{family}{sized(size)}</w:rPr></w:style>"
        )


def leading_of(size: int) -> int:
    """From one line's top to the next one's in a cell."""
    return size * _LEADING // 100


def sized(size: int) -> str:
    """The elements that set the size of letters."""
    return f'<w:sz w:val="{half_points(size)}"/><w:szCs w:val="{half_points(size)}"/>'


def styles_part(faces: Fonts, cells: CellStyles) -> str:
    """The part `word/styles.xml`."""
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(faces.body)}"
        f'{sized(BODY_SIZE)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        f"{_headings(faces)}{_FOOTER.format(family=fonts(faces.value))}{_TABLES}{cells.written()}</w:styles>"
    )


def _headings(faces: Fonts) -> str:
    families = {1: faces.title, 2: faces.heading, 3: faces.body}
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>'
        f'<w:pPr><w:keepNext/><w:keepLines/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f"<w:rPr>{fonts(family)}{sized(_HEADING_SIZES[level])}</w:rPr></w:style>"
        for level, family in families.items()
    )


_FOOTER: Final = (
    '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>'
    '<w:uiPriority w:val="99"/><w:pPr><w:snapToGrid w:val="0"/><w:jc w:val="center"/></w:pPr>'
    '<w:rPr>{family}<w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>'
)
_TABLES: Final = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="40" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def fonts_part(faces: Fonts) -> str:
    """The part `word/fontTable.xml`: which typeface to take where one is missing."""
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{''.join(map(_font, faces.names()))}</w:fonts>"


def _font(name: str) -> str:
    other = _ALTERNATIVES.get(name)
    instead = f'<w:altName w:val="{other}"/>' if other else ""
    return f'<w:font w:name="{escape(name)}">{instead}<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
