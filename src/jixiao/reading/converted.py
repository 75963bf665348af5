"""What is converted before it is read, and how a DOCX says that it was made from something else."""

from typing import Final

ENDINGS: Final = {"doc": ".doc", "rtf": ".rtf", "word_xml": ".xml"}
"""What can be converted: the kinds of `detect`, and the ending LibreOffice tells each by."""

_MARK: Final = b"converted by jixiao from "
"""Stands in the zip's comment of what was converted: the child must know that the name tells the original's kind."""
_END_OF_ZIP: Final = b"PK\x05\x06"


def marked(docx: bytes, kind: str) -> bytes:
    """A DOCX with the mark of what it was converted from, in the comment at its end."""
    end = docx.rfind(_END_OF_ZIP)
    comment = _MARK + kind.encode()
    return docx[: end + 20] + len(comment).to_bytes(2, "little") + comment if end >= 0 else docx


def converted_from(data: bytes) -> str | None:
    """The kind of document that a DOCX was converted from; `None` where it is as it came."""
    tail = data[-len(_MARK) - 8 :]
    kind = tail.rpartition(_MARK)[2].decode("ascii", "replace") if _MARK in tail else ""
    return kind if kind in ENDINGS else None
