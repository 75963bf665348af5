"""Text as it stands in XML: what no XML may hold is shown as an unknown letter, never dropped without a trace."""

import re
from typing import Final
from xml.sax.saxutils import escape

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CUT: Final = "……"
MACROS: Final = {
    "zh": "原文件带有宏，原样保留，未运行。",
    "en": "The original holds macros; they are kept as they are and were not run.",
}
"""What the summary says of an original with macros."""


def lines_of(text: str, letters: int) -> int:
    """How many lines a text takes, so many letters wide; a Chinese letter is two."""
    wide = (sum(1 + (letter > "\u2e7f") for letter in line) for line in text.split("\n"))
    return sum(max(-(-width // letters), 1) for width in wide)


def xml_text(text: str) -> str:
    """Text between tags, or in an attribute between double quotes."""
    return escape(_NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")), {'"': "&quot;"})


def sheet_text(text: str, most: int) -> str:
    """Text of a spreadsheet's string, which reads "_x0041_" as a letter; cut to so many letters."""
    shown = text if len(text) <= most else text[: most - len(_CUT)] + _CUT
    return xml_text(_LOOKS_ESCAPED.sub("_x005F_", shown))
