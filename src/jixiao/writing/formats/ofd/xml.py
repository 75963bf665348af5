"""The XML of an OFD document: its name space, text as content and as an attribute."""

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from jixiao.writing.paper.unprintable import Unprintable

NAMESPACE: Final = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SHOWN: Final = 20
_NONE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def part(root: str, body: str, attributes: str = "") -> bytes:
    """A part of the container: its root element, of the standard's name space, around a body."""
    return f"{_HEAD}<ofd:{root} {NAMESPACE}{attributes}>{body}</ofd:{root}>".encode()


def content(text: str, document: str) -> str:
    """A text as an element's content.

    Args:
        text: any.
        document: what it is of, for the sentence.

    Raises:
        Unprintable: it has a character that XML does not know.
    """
    judge(text, document)
    return escape(text)


def attribute(text: str, document: str) -> str:
    """A text as an attribute's value, in its quotes.

    Raises:
        Unprintable: it has a character that XML does not know.
    """
    judge(text, document)
    return quoteattr(text)


def judge(text: str, document: str) -> None:
    """Refuse what XML does not know.

    Raises:
        Unprintable: it has a character that XML does not know.
    """
    if text.isprintable() or not (found := _NONE.search(text)):
        return
    code = f"U+{ord(found[0]):04X}"
    around = _NONE.sub("\ufffd", text[max(found.start() - _SHOWN, 0) : found.end() + _SHOWN])
    document = _NONE.sub("\ufffd", document)
    raise Unprintable(
        f"“{document}”中的文字“{around}”有控制字符 {code}，OFD 文件不能保存它。请删去后重写。",
        f"The text “{around}” of “{document}” has the control character {code}, which an OFD file cannot hold. Take it "
        "out and write again.",
    )
