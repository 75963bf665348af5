"""The band that a printed result stands for, by the words of a book."""

import re
from decimal import Decimal
from typing import Final

from jixiao.form import Indicator, fold
from jixiao.rulebook import BandCode, Book

_PER_CENT: Final = frozenset({"%", "％", "百分比"})
_NOISE: Final = re.compile(r"[\s。．.，,；;！!、“”\"'（）()]+")


class LabelReader:
    """Finds the band of a text: a label that is the whole text, or the longest labels standing in it.

    Where labels of two bands stand side by side, or a label of success beside a word that negates (未能达成指标), there
    is no band: a person decides.
    """

    def __init__(self, book: Book) -> None:
        """Index the book's labels."""
        self._whole: dict[str, BandCode] = {}
        within: dict[str, BandCode] = {}
        for labels in reversed(book.labels):
            self._whole |= {_squeezed(word): labels.band for word in (*labels.whole, *labels.within)}
            within |= {_squeezed(word): labels.band for word in labels.within}
        self._within = within
        longest_first = sorted(within, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        negations = book.values.get("negations")
        self._negations = str(negations.value).split() if negations else []
        self._same_words = _holds(book, "same_words_achieved")
        self._bands = book.bands if _holds(book, "percent_names_band") else ()

    def of_text(self, text: str) -> BandCode | None:
        """The band a text names; `None` where it names none, or more than one."""
        squeezed = _squeezed(text)
        if squeezed in self._whole:
            return self._whole[squeezed]
        found = {self._within[match[0]] for match in self._pattern.finditer(squeezed)}
        if len(found) != 1 or (found == {"achieved"} and any(word in squeezed for word in self._negations)):
            return None
        return found.pop()

    def of(self, indicator: Indicator) -> BandCode | None:
        """The band of an indicator that is not scored by numbers or by a day."""
        text, actual = _squeezed(indicator.actual.text), indicator.actual
        if self._same_words and indicator.target.operator == "qualitative" and text == _squeezed(indicator.target.text):
            return "achieved" if text else None
        if actual.value is not None and actual.unit in _PER_CENT:
            return self._of_per_cent(actual.value)
        return self.of_text(actual.text)

    def as_data(self) -> dict[str, object]:
        """What it knows as plain values; numbers as digits, the pattern in Python's notation."""
        bands = [(band.code, f"{band.low:f}", f"{band.high:f}", band.high_in) for band in self._bands]
        return {
            "whole": self._whole,
            "within": self._within,
            "pattern": self._pattern.pattern,
            "negations": self._negations,
            "same_words": self._same_words,
            "bands": [dict(zip(("code", "low", "high", "high_in"), band, strict=True)) for band in bands],
        }

    def _of_per_cent(self, value: Decimal) -> BandCode | None:
        for band in self._bands:
            if band.low <= value < band.high or (band.high_in and value == band.high):
                return band.code
        return None


def _holds(book: Book, name: str) -> bool:
    value = book.values.get(name)
    return value is not None and value.value is True


def _squeezed(text: str) -> str:
    return _NOISE.sub("", fold(text))
