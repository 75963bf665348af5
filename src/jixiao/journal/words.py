"""A sentence in both languages."""

from typing import NamedTuple


class Words(NamedTuple):
    """What is said to a person.

    Attributes:
        zh: 中文.
        en: English.
    """

    zh: str
    en: str

    def in_(self, language: str) -> str:
        """The sentence in "zh" or "en"."""
        return self.zh if language == "zh" else self.en


class Unreadable(ValueError):
    """Something of the journal that is not written as it must be.

    Attributes:
        words: what was read, what was expected.
    """

    def __init__(self, zh: str, en: str) -> None:
        """Keep both sentences."""
        self.words = Words(zh, en)
        super().__init__(f"{zh} / {en}")
