"""Paragraphs and headings of a DOCX, as official papers have them (GB/T 9704): 小标宋, 仿宋, fixed lines."""

from dataclasses import dataclass
from typing import Final

from jixiao.writing.formats.docx.settings import Fonts
from jixiao.writing.formats.docx.styles import JUSTIFIED, sized
from jixiao.writing.formats.docx.xml import fonts, run, twips
from jixiao.writing.paper.model import Page, Text

_RUNNING: Final = 1400
"""From this size on (四号) text is the running text of a paper, on lines of a fixed height."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a paragraph carries besides its words.

    Attributes:
        bookmark: the marks of a document that begins with it.
        breaks: whether a page begins with it.
    """

    bookmark: tuple[str, str] = ("", "")
    breaks: bool = False


def paragraph(text: Text, page: Page, faces: Fonts, document: str, around: Around) -> str:
    """A heading or a paragraph.

    Raises:
        Unprintable: it has a character that XML does not know.
    """
    size = text.size or page.size
    style = f'<w:pStyle w:val="Heading{text.level}"/>' if text.level else ""
    flow = ("<w:keepNext/>" if text.stays else "") + ("<w:pageBreakBefore/>" if around.breaks else "")
    properties = (
        f'<w:pPr>{style}{flow}<w:snapToGrid w:val="0"/>{_spacing(text, page, size)}{_indent(text.indent, size)}'
        f'<w:jc w:val="{_alignment(text)}"/></w:pPr>'
    )
    start, end = around.bookmark
    words = run(text.text, document, f"<w:rPr>{fonts(_family(text, faces))}{sized(size)}</w:rPr>")
    return f"<w:p>{properties}{start}{words}{end}</w:p>"


def _family(text: Text, faces: Fonts) -> str:
    if text.face == "label":
        return faces.heading if text.level else faces.label
    return faces.title if text.face == "title" else faces.body


def _alignment(text: Text) -> str:
    """Running text is justified, as papers are; a break that is meant stretches no line (a setting of the file)."""
    return "both" if text.align == "left" and text.indent else JUSTIFIED[text.align]


def _spacing(text: Text, page: Page, size: int) -> str:
    """Space above and below, and the height of lines: 28 points for 三号, in proportion for other sizes."""
    line = ""
    if page.size >= _RUNNING:
        line = f' w:line="{max(twips(size), twips(page.size)) * 7 // 4}" w:lineRule="exact"'
    return f'<w:spacing w:before="{twips(text.before)}" w:after="{twips(text.after)}"{line}/>'


def _indent(letters: int, size: int) -> str:
    if not letters:
        return ""
    return f'<w:ind w:firstLineChars="{letters * 100}" w:firstLine="{twips(letters * size)}"/>'


def empty(around: Around, inside: str = "") -> str:
    """A paragraph of no height: ends a table at the foot of a document, or begins one with a table.

    Args:
        around: its marks.
        inside: more of its properties, those of a section.
    """
    breaks = "<w:pageBreakBefore/>" if around.breaks else ""
    return (
        f'<w:p><w:pPr>{breaks}<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="1" '
        f'w:lineRule="exact"/><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>{inside}</w:pPr>'
        f"{''.join(around.bookmark)}</w:p>"
    )
