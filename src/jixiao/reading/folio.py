"""Page numbers: what stands alone at the top or the foot of a page and says nothing of the form."""

import re
from collections.abc import Sequence
from typing import Final

from jixiao.reading.glyphs import Line, text_of

_PAGE_NUMBER: Final = re.compile(
    r"[—\-－~～·\s]*第?\s*\d{1,4}\s*页?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[—\-－~～·\s]*"
)
_ENGLISH: Final = re.compile(r"Page \d{1,4}(?: of \d{1,4})?", re.IGNORECASE)


def is_page_number(text: str) -> bool:
    """Whether a line says nothing but a page's number: — 3 —, 第 3 页 共 9 页, 3/9, Page 3 of 9."""
    return bool(_PAGE_NUMBER.fullmatch(text) or _ENGLISH.fullmatch(text))


def without_page_numbers(lines: Sequence[Line], top: int, bottom: int) -> list[Line]:
    """The lines of a page outside its tables, but for a page number above or below all else.

    Args:
        lines: in order from top to bottom.
        top: where the tables of the page begin.
        bottom: where they end.
    """
    kept = list(lines)
    if len(kept) > 1 or top < bottom:
        if kept and kept[-1].top >= bottom and is_page_number(text_of(kept[-1])):
            kept.pop()
        elif kept and kept[0].bottom <= top and is_page_number(text_of(kept[0])):
            kept.pop(0)
    return kept
