"""Words in two languages: 中文 and English stand side by side where they are used."""

from django.utils.translation import get_language

from jixiao.scoring.sheet import Text


def in_english() -> bool:
    """Whether the page being made is in English."""
    return (get_language() or "").startswith("en")


def say(zh: str, en: str) -> str:
    """The words in the language of the page being made."""
    return en if in_english() else zh


def told(text: Text) -> str:
    """A text of two languages in the language of the page being made."""
    return say(text.zh, text.en)
