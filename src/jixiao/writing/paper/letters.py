"""Letters that files made of XML or HTML cannot hold: said, before anything is written."""

import re
from typing import Final

from jixiao.writing.paper.unprintable import Unprintable

_NONE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AROUND: Final = 15
"""So many letters before and after it say which text it is."""


def lines_of(text: str, document: str) -> list[str]:
    """The lines of a text, however their ends are written.

    Args:
        text: any.
        document: what it is of, for the sentence.

    Raises:
        Unprintable: it has a character that neither XML nor HTML knows; the sentence names the text and the character.
    """
    if text.isprintable():  # most texts: one line, every character of it known
        return [text]
    found = _NONE.search(text)
    if found:
        raise _cannot_hold(text, found.start(), document)
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _cannot_hold(text: str, at: int, document: str) -> Unprintable:
    code = f"U+{ord(text[at]):04X}"
    shown, name = _shown(text[max(at - _AROUND, 0) : at + _AROUND]), _shown(document)
    return Unprintable(
        f"“{name}”中的文字“{shown}”第 {at + 1} 个字符是控制字符 {code}，这种格式的文件不能保存它。请删去这个字符再写。",
        f"The text “{shown}” of “{name}” has the control character {code} as its character {at + 1}, which files of "
        "this format cannot hold. Take it out and write again.",
    )


def _shown(text: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in text)
