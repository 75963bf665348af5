"""The band that a printed result stands for, by the words of a book."""

import re
from typing import Final

from jixiao.form import Indicator, fold
from jixiao.rulebook import BandCode, Book

_NOISE: Final = re.compile(r"[\s。．.，,；;！!、“”\"'（）()]+")


class LabelReader:
    """Finds the band of a text: a label that is the whole text, or the longest labels standing in it.

    Where labels of two bands stand side by side (已完成三场，未完成两场) there is no band: a person decides.
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
        value = book.values.get("same_words_achieved")
        self._same_words = bool(value and value.value is True)

    def of_text(self, text: str) -> BandCode | None:
        """The band a text names; `None` where it names none, or more than one."""
        squeezed = _squeezed(text)
        if squeezed in self._whole:
            return self._whole[squeezed]
        found = {self._within[match[0]] for match in self._pattern.finditer(squeezed)}
        return found.pop() if len(found) == 1 else None

    def of(self, indicator: Indicator) -> BandCode | None:
        """The band of an indicator that is not scored by numbers or by a day."""
        text = indicator.actual.text
        band = self.of_text(text)
        if band is None and self._same_words and indicator.target.operator == "qualitative":
            same = _squeezed(text) and _squeezed(text) == _squeezed(indicator.target.text)
            return "achieved" if same else None
        return band


def _squeezed(text: str) -> str:
    return _NOISE.sub("", fold(text))
