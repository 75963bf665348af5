"""Declaring features: a column of yes and no, or of a count, with its name for people."""

from decimal import Decimal
from typing import Final

from jixiao.language import Column

MOST: Final = 1000
"""The highest count a feature may have."""

_YUAN: Final = Decimal(10) ** 11


def flag(name: str, zh: str, en: str, *, nullable: bool = False) -> Column:
    """A feature that is true or false; null where it cannot be known."""
    return Column(name, "boolean", nullable=nullable, zh=zh, en=en)


def count(name: str, zh: str, en: str, *, nullable: bool = False, most: int = MOST) -> Column:
    """A feature that counts; null where it cannot be known."""
    return Column(name, "number", 0, Decimal(0), Decimal(most), nullable, zh=zh, en=en)


def money(name: str, zh: str, en: str) -> Column:
    """A feature that is an amount in 元, null where it cannot be known."""
    return Column(name, "number", 2, -_YUAN, _YUAN, nullable=True, zh=zh, en=en)


def points(name: str, zh: str, en: str) -> Column:
    """A feature that is a number of points, null where there are none."""
    return Column(name, "number", 2, Decimal(0), Decimal(100), nullable=True, zh=zh, en=en)


def year(name: str, zh: str, en: str) -> Column:
    """A feature that is a year, null where none is named."""
    return Column(name, "number", 0, Decimal(0), Decimal(9999), nullable=True, zh=zh, en=en)


def words(name: str, zh: str, en: str) -> Column:
    """A feature that is a text, empty where there is nothing to say."""
    return Column(name, "text", zh=zh, en=en)
