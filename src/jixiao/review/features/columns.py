"""Declaring features: a column of yes and no, or of a count, with its name for people."""

from decimal import Decimal
from typing import Final

from jixiao.language import Column

MOST: Final = 1000
"""The highest count a feature may have."""


def flag(name: str, zh: str, en: str) -> Column:
    """A feature that is true or false."""
    return Column(name, "boolean", zh=zh, en=en)


def count(name: str, zh: str, en: str, *, nullable: bool = False) -> Column:
    """A feature that counts; null where it cannot be known."""
    return Column(name, "number", 0, Decimal(0), Decimal(MOST), nullable, zh=zh, en=en)


def words(name: str, zh: str, en: str) -> Column:
    """A feature that is a text, empty where there is nothing to say."""
    return Column(name, "text", zh=zh, en=en)
