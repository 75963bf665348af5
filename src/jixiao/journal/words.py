"""A sentence in both languages."""

from typing import Final, NamedTuple
from unicodedata import category

_STEERING: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of letters that steer a terminal, turn the direction of writing, begin a line, or are half of one."""


def plain(text: str) -> str:
    """A text on one line as it may be printed: what steers a terminal is shown by its number, never sent.

    A file that is verified is a stranger's; without this it could print a verdict of its own over ours.
    """
    if text.isprintable():
        return text
    return "".join(f"\\u{ord(letter):04x}" if category(letter) in _STEERING else letter for letter in text)


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
