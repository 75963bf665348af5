"""Letters of symbol fonts as the characters they show, and characters composed by fields (带圈字符)."""

import re
from typing import Final

UNKNOWN: Final = "�"
_WINGDINGS: Final = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9F: "•",
    0xA1: "○", 0xA6: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑", 0xAB: "★", 0xB5: "★", 0x4A: "☺", 0x20: " ",
    **{0x80 + number: "⓪①②③④⑤⑥⑦⑧⑨⑩"[number] for number in range(11)},
    **{0x8B + number: "⓿❶❷❸❹❺❻❼❽❾❿"[number] for number in range(11)},
    0x52: "☑", 0xA3: "□", 0xF0: "⇨", 0xFA: "▫",  # the first two belong to Wingdings 2; many files name them here
}  # fmt: skip
_WINGDINGS_2: Final = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "•", 0xA2: "■", 0xA3: "□",
    0x2A: "☐", 0x20: " ",
}  # fmt: skip
_GREEK: Final = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SYMBOL: Final = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBA: "≡", 0xA5: "∞", 0xB7: "•",
    0xD7: "·", 0xB0: "°", 0xAE: "→", 0xAC: "←", 0xAD: "↑", 0xAF: "↓", 0xD6: "√", 0xE5: "∑", 0xB2: "″", 0xA2: "′",
    0xBE: "—", 0x2D: "−", 0x40: "≅",
    **{code: chr(code) for code in range(0x20, 0x40) if code != 0x2D},
    **{0x41 + at: letter for at, letter in enumerate(_GREEK)},
    **{0x61 + at: letter.lower() for at, letter in enumerate(_GREEK)},
}  # fmt: skip
_FONTS: Final = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_ANY: Final = _WINGDINGS | _WINGDINGS_2
"""Where no font is named: what the most common one shows."""
_PRIVATE: Final = 0xF000
_RAISED: Final = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_COMPOSED: Final = re.compile(r"\s*eq\s*\\o(?:\\a[clr])?\s*\(\s*(.)\s*[,，;]\s*(.{1,2}?)\s*\)\s*", re.IGNORECASE)
_TICKS: Final = "√✓✔vV"


def is_symbol_font(name: str | None) -> bool:
    """Whether the letters of a font are pictures and not what their codes say."""
    return bool(name) and str(name).strip().lower() in _FONTS


def symbol(font: str | None, code: int) -> str:
    """What a symbol font shows for a code (the private use area counts as its low byte); "�" where it is not known."""
    table = _FONTS.get((font or "").strip().lower(), _ANY)
    return table.get(code - _PRIVATE if code >= _PRIVATE else code, UNKNOWN)


def shown(text: str, font: str | None) -> str:
    """A text of a run in its font: letters of a symbol font, and private use codes in any font, resolved."""
    if is_symbol_font(font):
        return "".join(symbol(font, ord(letter)) if _is_code(letter) else letter for letter in text)
    return "".join(symbol(font, ord(letter)) if _is_private(letter) else letter for letter in text)


def raised(text: str) -> str:
    """Digits set above the line as the characters for them: 10³ must not become 103."""
    return text.translate(_RAISED)


def composed(instruction: str) -> str:
    r"""What an EQ field that overprints two characters shows: eq \o\ac(□,√) is ☑; empty where it is another."""
    match = _COMPOSED.fullmatch(instruction)
    if not match:
        return ""
    frame, inner = match[1], match[2]
    if frame in "○〇◯" and inner.isascii() and inner.isdigit() and 0 < int(inner) <= 20:
        return chr(0x2460 + int(inner) - 1)
    if frame in "□☐" and inner in _TICKS:
        return "☑"
    return inner if frame in "○〇◯□☐△◇" else frame + inner


def _is_private(letter: str) -> bool:
    return _PRIVATE <= ord(letter) <= _PRIVATE + 0xFF


def _is_code(letter: str) -> bool:
    return ord(letter) <= 0xFF or _is_private(letter)
