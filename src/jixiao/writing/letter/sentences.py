"""The sentences of letters and reports, in one place (`sentences.toml`), filled with fields of the data."""

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from jixiao.scoring.sheet import Text
from jixiao.writing.letter.data import Amount, Counts, Day, Source

Language = Literal["zh", "en"]

_NUMERALS: Final = "零一二三四五六七八九"
_PLACES: Final = ("", "十", "百", "千")
_GROUP: Final = 10000
_LETTERS: Final = "abcdefghi"
_TEENS: Final = range(10, 20)


class Sentences:
    """Says things in one language."""

    def __init__(self, language: Language) -> None:
        """Take the language."""
        self.language = language
        self._held = {key: pair[0 if language == "zh" else 1] for key, pair in sentences().items()}

    def __call__(self, key: str, **fields: object) -> str:
        """The sentence of a key ("letter.title"), its fields filled in as they are.

        Raises:
            KeyError: there is no such sentence, or a field of it was not given.
        """
        return self._held[key].format_map(fields)

    def of(self, text: Text) -> str:
        """A text in the language."""
        return text.zh if self.language == "zh" else text.en

    def blank(self, key: str) -> str:
        """A marked blank for what no data can know."""
        return self("words.blank", what=self(f"blank.{key}"))

    def day(self, day: Day | None, key: str) -> str:
        """A day in words, or a marked blank."""
        return self.blank(key) if day is None else self.of(day.text)

    def years(self, years: tuple[int, ...]) -> str:
        """2023年度、2024年度, " for 2023, 2024"; nothing where there is none."""
        told = self("words.years_and").join(self("words.year", year=year) for year in years)
        return self("words.of_years", years=told) if told else ""

    def project(self, name: str) -> str:
        """A project's name as printed, or that none is printed."""
        return name or self("words.unnamed")

    def amount(self, amount: Amount) -> str:
        """130.00万元."""
        return self("words.wan", amount=amount.wan)

    def wan(self, amount: Amount | None) -> str:
        """The digits of an amount in 万元, or a dash."""
        return self.or_dash(None if amount is None else amount.wan)

    def or_dash(self, text: str | None) -> str:
        """A text, or a dash for none."""
        return text or self("words.nothing")

    def grade(self, grade: str) -> str:
        """A grade as printed, or that none is."""
        return grade or self("words.grade_none")

    def join(self, sentences: Iterable[str]) -> str:
        """Sentences one after another."""
        return self("words.between").join(sentences)

    def agreement(self, counts: Counts) -> str:
        """How many totals are equal, differ, or cannot be compared; what is 0 is left out."""
        held = {"agree": counts.agree, "differ": counts.differ, "open": counts.open}
        parts = (self(f"letter.{name}", count=count) for name, count in held.items() if count)
        return self("letter.agreement", parts=self("words.list").join(parts))

    def clause(self, clause: Source) -> str:
        """Document and article of a clause, with its evidence mark."""
        named = f"{clause.document} {clause.article}".strip()
        return self("letter.clause", clause=named, mark=self.of(clause.mark))

    def numeral(self, number: int) -> str:
        """一 to 九千九百九十九 in 中文, as headings are numbered there; digits in English."""
        return chinese(number) if self.language == "zh" else str(number)

    def part(self, number: int) -> str:
        """一, 二 … as parts of a section are numbered; a, b … in English."""
        return chinese(number) if self.language == "zh" else _LETTERS[number - 1]


@cache
def sentences() -> dict[str, tuple[str, str]]:
    """Every sentence by its key, in 中文 and English."""
    text = files(__package__).joinpath("sentences.toml").read_text(encoding="utf-8")
    held = tomllib.loads(text, parse_float=Decimal)
    return {f"{part}.{key}": (zh, en) for part, below in held.items() for key, (zh, en) in below.items()}


def chinese(number: int) -> str:
    """A whole number from 0 on in Chinese numerals; from 10000 on in digits, as custom has it."""
    if number >= _GROUP:
        return str(number)
    if number in _TEENS:
        return "十" + (_NUMERALS[number - 10] if number > _TEENS.start else "")
    said, digits = "", str(number)
    for at, digit in enumerate(digits):
        place = _PLACES[len(digits) - at - 1]
        if digit != "0":
            said += _NUMERALS[int(digit)] + place
        elif not said.endswith("零"):
            said += "零"
    return said if len(said) == 1 else said.rstrip("零")
