"""Names of spots in a grid, and how sure a text is whose letters are not all known."""

from decimal import Decimal

from jixiao.reading.glyphs import UNKNOWN


def spot_name(row: int, column: int) -> str:
    """A spot as spreadsheets name it: C7 for the third column, the seventh row. Row and column are from 0."""
    letters, number = "", column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def known_share(text: str) -> Decimal:
    """The share of a text's letters that are known, as a confidence: 1.0 where all are."""
    if UNKNOWN not in text:
        return Decimal("1.0")
    letters = [letter for letter in text if not letter.isspace()]
    return Decimal(sum(letter != UNKNOWN for letter in letters) * 100 // len(letters)).scaleb(-2)
