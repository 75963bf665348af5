"""Code points of a PDF's text as letters: what stands for white space, check boxes, or for nothing known."""

import ctypes
import re
import sys
from collections.abc import Sequence
from itertools import repeat

from jixiao.reading.formats import pdf_calls as pdf
from jixiao.reading.glyphs import JOINER, UNKNOWN
from jixiao.reading.letters import letter

_REPLACED = {0: UNKNOWN, 0xFFFD: UNKNOWN, 0xFFFE: "-", 0xFFFF: UNKNOWN, 0xAD: "-", 2: "-"}
_WHITE = frozenset({*range(3, 33), 1, 0x7F, 0xA0, 0x3000, 0x2028, 0x2029, 0xFEFF, *range(0x2000, 0x2010)})
_BLANK_MARK, _FIXED_MARK = 0x2063, 0x2062
"""What our own writer puts before a blank that is the text's, or before one that does not break; both: a wide one."""
_PRIVATE = range(0xE000, 0xF900)
_SURROGATES = range(0xD800, 0xE000)


def letters_of(text: int) -> Sequence[str]:
    """The letter at each index of a page's text; white space and the like is not above the space character."""
    count = max(pdf.count_letters(text), 0)
    buffer = (ctypes.c_uint16 * (count + 1))()
    written = pdf.all_text(text, 0, count, ctypes.addressof(buffer))
    letters = bytes(buffer).decode("utf-16-le" if sys.byteorder == "little" else "utf-16-be", "surrogatepass")[:-1]
    if written != count + 1 or len(letters) != count or _SPECIAL.search(letters):
        return one_by_one(text, count)
    return letters


def one_by_one(text: int, count: int) -> list[str]:
    """The letters by their codes; one without a code has its number in the font instead, which tells nothing."""
    codes = list(map(pdf.letter_code, repeat(text), range(count)))
    unmapped = map(pdf.letter_unmapped, repeat(text), range(count))
    return [
        UNKNOWN if bad == 1 else _letter(code, codes, index)
        for index, (code, bad) in enumerate(zip(codes, unmapped, strict=True))
    ]


_SPECIAL = re.compile(
    "[\ud800-\udfff\U00010000-\U0010ffff\x00-\x09\x0b\x0c\x0e-\x1f\x7f\xa0\xad\u2000-\u200f\u2028\u2029\u2062\u2063\u3000\ue000-\uf8ff\ufeff\ufffd-\uffff]"
)


def _letter(code: int, codes: Sequence[int], index: int) -> str:
    """The letter of a code point; a surrogate pair is one letter at its first half and nothing at its second.

    A blank marked as the text's is a letter, too: itself after a joiner.
    """
    if code in _REPLACED:
        return _REPLACED[code]
    if code in (_BLANK_MARK, _FIXED_MARK):
        return _marked_blank(codes, index)
    if code in _WHITE:
        return " "
    if code in _SURROGATES:
        return _paired(codes, index)
    if code in _PRIVATE:
        return letter(chr(code))
    return chr(code)


def _marked_blank(codes: Sequence[int], index: int) -> str:
    """A blank of the text, after a joiner; nothing for the second half of a mark."""
    if codes[index] == _BLANK_MARK:
        return JOINER + ("\u3000" if codes[index + 1 : index + 2] == [_FIXED_MARK] else " ")
    return "" if index and codes[index - 1] == _BLANK_MARK else JOINER + "\u00a0"


def _paired(codes: Sequence[int], index: int) -> str:
    high, low = codes[index], codes[index + 1] if index + 1 < len(codes) else 0
    if high < 0xDC00 <= low < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    before = codes[index - 1] if index else 0
    return "" if 0xD800 <= before < 0xDC00 <= high else UNKNOWN
