"""Small pieces of word-processing XML as text: lengths, runs, escapes."""

from html import escape
from typing import Final

from jixiao.writing.paper.letters import lines_of

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def twips(length: int) -> int:
    """Hundredths of a point in twentieths, rounded down."""
    return length // 5


def half_points(size: int) -> int:
    """Hundredths of a point in halves, to the nearest."""
    return (size + 25) // 50


def attribute(text: str, document: str) -> str:
    """A text as the value of an attribute, in one line.

    Raises:
        Unprintable: it has a character that XML does not know.
    """
    return escape(" ".join(lines_of(text, document)))


def run(text: str, document: str, properties: str = "") -> str:
    """A run of a text, its tabs and line ends as elements, its blanks kept; nothing for an empty text.

    Raises:
        Unprintable: it has a character that XML does not know.
    """
    if not text:
        return ""
    pieces = "<w:br/>".join(map(_line, lines_of(text, document)))
    return f"<w:r>{properties}{pieces}</w:r>"


def _line(line: str) -> str:
    if "\t" in line:
        return "<w:tab/>".join(map(_line, line.split("\t")))
    if not line:
        return ""
    kept = ' xml:space="preserve"' if line[0].isspace() or line[-1].isspace() or "  " in line else ""
    return f"<w:t{kept}>{escape(line, quote=False)}</w:t>"


def fonts(name: str) -> str:
    """The element that sets a typeface for letters of every script.

    One name for all, with the hint: quotes, dashes and ≥ are set in the width of Chinese letters.
    """
    named = escape(name)
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{named}" w:hAnsi="{named}" w:eastAsia="{named}" w:cs="{named}"/>'
