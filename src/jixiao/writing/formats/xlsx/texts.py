"""Texts as a workbook holds them: escaped so that they read back letter by letter, and never taken for anything else.

SpreadsheetML decodes `_x0041_` as the letter A (ECMA-376 part 1, 22.9.2.19), so an underscore that begins such a
sequence is itself written as one.
"""

import re
from typing import Final

from jixiao.writing.paper.letters import lines_of
from jixiao.writing.paper.unprintable import Unprintable

MOST_LETTERS: Final = 32_767
"""Letters of a cell, in UTF-16 (Excel specifications and limits)."""

_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_COMMAND: Final = re.compile(r"[=+\-@'＝＋－＠]")
_RETYPED: Final = re.compile(
    r"(?=.*[0-9０-９])[0-9０-９.,:/\\%％+\-()eE $¥￥€年月日时分秒上下午点APMapm]+"
    r"|[0-9 \-/,.]*[A-Za-z]{3,9}[0-9 \-/,.]*|TRUE|FALSE|#[A-Z0-9/!?]+",
    re.DOTALL,
)
_LONGEST_RETYPED: Final = 64


def units(text: str) -> int:
    """How long a spreadsheet takes a text to be: in units of UTF-16."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def held(text: str, document: str) -> str:
    r"""A text as a cell holds it, with "\n" for every line end.

    Raises:
        Unprintable: a character is none of XML's, or the text is longer than a cell may be.
    """
    whole = "\n".join(lines_of(text, document))
    if len(whole) > MOST_LETTERS // 2 and units(whole) > MOST_LETTERS:
        raise _too_long(whole, document)
    return whole


def _too_long(text: str, document: str) -> Unprintable:
    begins, length = text[:20], units(text)
    return Unprintable(
        f"“{document}”中以“{begins}”开头的文字有 {length} 个字符，电子表格的一个单元格最多 {MOST_LETTERS} 个。"
        "请缩短，或改用 PDF、DOCX。",
        f"The text of “{document}” that begins with “{begins}” has {length} characters; a cell of a spreadsheet "
        f"holds at most {MOST_LETTERS}. Shorten it, or write PDF or DOCX.",
    )


def escaped(text: str) -> str:
    """A text as XML holds it in a cell."""
    if "_x" in text:
        text = _ESCAPE.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """A text as XML holds it in an attribute."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;")


def is_retyped(text: str) -> bool:
    """Whether a spreadsheet would make something else of a text when a person types it again: a formula, a date.

    Such a cell is marked (quotePrefix), so that editing it leaves it a text.
    """
    bare = text.strip()
    if _COMMAND.match(bare):
        return True
    return len(bare) <= _LONGEST_RETYPED and _RETYPED.fullmatch(bare) is not None
