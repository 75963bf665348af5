"""Letters as sources give them: check boxes of symbol fonts, and code points that stand for no letter."""

from typing import Final

from jixiao.reading.glyphs import UNKNOWN

_SYMBOLS: Final = {
    0xF052: "☑", 0xF0FE: "☑", 0xF053: "☒", 0xF0FD: "☒", 0xF0A3: "□", 0xF0A8: "□", 0xF06F: "□", 0xF0FC: "✓",
}  # fmt: skip
"""Check boxes of the Wingdings fonts, which sit in the private area by code point F000 + character code."""
_PRIVATE: Final = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))
_NO_LETTER: Final = frozenset({0xFFFE, 0xFFFF, 0})


def letter(character: str) -> str:
    """A character as it is read: itself, a check box, or `UNKNOWN` where the code stands for no letter."""
    if character < "\ue000":
        return character or UNKNOWN
    code = ord(character)
    if any(low <= code <= high for low, high in _PRIVATE) or code in _NO_LETTER:
        return _SYMBOLS.get(code, UNKNOWN)
    return character
