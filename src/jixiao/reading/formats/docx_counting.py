"""The numbers of automatic lists as they are printed (ECMA-376 part 1, 17.18.59, ST_NumberFormat)."""

from collections.abc import Callable
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_FORMAL: Final = "零壹贰叁肆伍陆柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST_ROMAN, _MOST_LETTERS = 3999, 26 * 8


def printed(number: int, kind: str) -> str:
    """A number in a list's number format; a format that is not known, or does not reach so far, prints digits.

    Args:
        number: the list's count.
        kind: the format's name, as "chineseCounting".
    """
    made = _KINDS[kind](number) if kind in _KINDS and number >= 0 else ""
    return made or ("" if kind == "none" else str(number))


def _counted(number: int) -> str:
    """一 … 九十九, and digit by digit from there on."""
    if number >= 100 or number == 0:
        return _digit_by_digit(number)
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones else "")


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _in_words(number: int, digits: str, units: str) -> str:
    """一百零一 or 壹佰零壹; empty from ten thousand on."""
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else ""
    text, gap = "", False
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if digit == "0":
            gap = True
            continue
        text += (digits[0] if gap else "") + digits[int(digit)] + (units[place - 1] if place else "")
        gap = False
    return text


def _thousands(number: int) -> str:
    text = _in_words(number, "零" + _DIGITS[1:], "十百千")
    return text.removeprefix("一") if 10 <= number < 20 else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN if number <= _LARGEST_ROMAN else ():
        times, number = divmod(number, value)
        text += letters * times
    return text


def _letters(number: int) -> str:
    if not 0 < number <= _MOST_LETTERS:
        return ""
    return chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _enclosed(*runs: tuple[int, int, int]) -> Callable[[int], str]:
    """Numbers that are one character: runs of (first number, last number, code of the first)."""
    return lambda number: next((chr(code + number - low) for low, high, code in runs if low <= number <= high), "")


def _among(letters: str) -> Callable[[int], str]:
    return lambda number: letters[number - 1] if 0 < number <= len(letters) else ""


_CIRCLES: Final = _enclosed((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
_KINDS: Final[dict[str, Callable[[int], str]]] = {
    "chineseCounting": _counted, "taiwaneseCounting": _counted, "japaneseCounting": _thousands,
    "chineseCountingThousand": _thousands, "taiwaneseCountingThousand": _thousands,
    "ideographDigital": _digit_by_digit, "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "chineseLegalSimplified": lambda number: _in_words(number, _FORMAL, "拾佰仟"),
    "ideographTraditional": _among(_STEMS), "ideographZodiac": _among(_BRANCHES),
    "ideographEnclosedCircle": _enclosed((1, 10, 0x3280)), "decimalEnclosedCircle": _CIRCLES,
    "decimalEnclosedCircleChinese": _CIRCLES, "decimalEnclosedFullstop": _enclosed((1, 20, 0x2488)),
    "decimalEnclosedParen": _enclosed((1, 20, 0x2474)),
    "decimalFullWidth": lambda number: "".join(chr(0xFF10 + int(digit)) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(0xFF10 + int(digit)) for digit in str(number)),
    "decimalZero": lambda number: f"{number:02}", "numberInDash": lambda number: f"- {number} -",
    "upperRoman": _roman, "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters, "lowerLetter": lambda number: _letters(number).lower(),
}  # fmt: skip
