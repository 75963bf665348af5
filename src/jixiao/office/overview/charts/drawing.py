"""SVG, element by element: every text escaped, every length a whole number, looks by class alone."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final, Self
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

from jixiao.office.overview.charts.model import Chart, Number
from jixiao.office.overview.tables import Language, said, shown

WIDE: Final = 400
"""Units that every chart is wide: as many pixels on a phone, a third of a page elsewhere."""
_WIDE_LETTER: Final = 12
_NARROW_LETTER: Final = 7


class Drawn(str):
    """Markup that was made here and needs no escaping."""

    __slots__ = ()

    def __html__(self) -> Self:
        """For templates."""
        return self


def drawn(name: str, *inside: Drawn, **attributes: str | int) -> Drawn:
    """An element; `_` in the name of an attribute stands for `-`, one at its end for nothing."""
    told = "".join(f" {key.rstrip('_').replace('_', '-')}={quoteattr(str(value))}" for key, value in attributes.items())
    return Drawn(f"<{name}{told}>{''.join(inside)}</{name}>" if inside else f"<{name}{told}/>")


def words(text: str) -> Drawn:
    """A text within an element."""
    return Drawn(escape(text))


def joined(parts: Iterable[Drawn]) -> Drawn:
    """One after another."""
    return Drawn("".join(parts))


def label(text: str, x: int, y: int, looks: str) -> Drawn:
    """A text in the drawing that is said elsewhere to those who listen."""
    return drawn("text", words(text), x=x, y=y, class_=looks, aria_hidden="true")


def mark(told: str, href: str, *inside: Drawn) -> Drawn:
    """A value that can be reached by keyboard: it says itself, and leads to what it counts."""
    title = drawn("title", words(told))
    if href:
        return drawn("a", title, *inside, href=href, class_="mark", aria_label=told)
    return drawn("g", title, *inside, tabindex="0", role="img", class_="mark", aria_label=told)


def framed(chart: Chart, high: int, language: Language, *inside: Drawn) -> Drawn:
    """The whole picture with its title and its sentence."""
    name = f"chart-{chart.name}"
    title = drawn("title", words(said(chart.title, language)), id=f"{name}-title")
    told = drawn("desc", words(said(chart.told, language)), id=f"{name}-told")
    box = f"0 0 {WIDE} {high}"
    named = {"aria_labelledby": f"{name}-title", "aria_describedby": f"{name}-told"}
    return drawn("svg", title, told, *inside, viewBox=box, class_="drawing", role="group", focusable="false", **named)


def lengthened(value: Number, most: Number, room: int) -> int:
    """How long a value is where `most` takes all the room: whole, halves up, and never nothing for something."""
    if value <= 0 or most <= 0:
        return 0
    exact = Fraction(value) * room / Fraction(most)
    return max((2 * exact.numerator + exact.denominator) // (2 * exact.denominator), 1)


def letters(text: str) -> int:
    """About how many units a text is wide at the size of labels."""
    return sum(_WIDE_LETTER if east_asian_width(letter) in "FW" else _NARROW_LETTER for letter in text)


def fitted(text: str, room: int) -> str:
    """A text as long as there is room; what is cut is marked."""
    if letters(text) <= room:
        return text
    while text and letters(text) > room - _WIDE_LETTER:
        text = text[:-1]
    return f"{text.rstrip()}…"


def ticks(most: Number, about: int = 4) -> list[int]:
    """Round numbers from 0 to the first that is not below `most`, about so many steps apart."""
    whole = -(-Fraction(most).numerator // Fraction(most).denominator)
    step, size = 1, 1
    while step * about < whole:
        step = next((part * size for part in (1, 2, 5, 10) if part * size * about >= whole), 0) or 10 * size
        size *= 10
    last = -(-max(whole, 1) // step)
    return [at * step for at in range(last + 1)]


def brief(value: Number | None, chart: Chart, language: Language) -> str:
    """A value as it is printed in a drawing: amounts in 万元, anything else as in the table."""
    if value is not None and chart.kind == "money":
        return in_ten_thousands(Decimal(value) if isinstance(value, int) else value, language)
    return shown(value, chart.kind, language)


def in_ten_thousands(yuan: Number, language: Language) -> str:
    """An amount in 万元 with two decimals at most, halves up."""
    from jixiao.review.rounding import half_up

    rounded = half_up(Fraction(yuan) / 10_000)
    digits = f"{rounded:,f}".removesuffix(".00")
    return f"{digits}万" if language == "zh" else f"{digits}×10⁴"


def exactly(value: Number | None, chart: Chart, language: Language) -> str:
    """A value as a mark says it: all its digits."""
    unit = {"zh": " 元", "en": " yuan"}[language] if chart.kind == "money" and value is not None else ""
    return f"{shown(value, chart.kind, language)}{unit}"
