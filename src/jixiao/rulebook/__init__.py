"""rulebook 规则集: the law as dated data and rule text, and which book was in force. Takes texts; opens no file."""

from jixiao.rulebook.book import Book
from jixiao.rulebook.entries import (
    Band,
    BandCode,
    Cap,
    Evidence,
    ExecutionStep,
    Golden,
    Grade,
    Labels,
    Let,
    Profile,
    Provenance,
    Reading,
    Scalar,
    Section,
    Steps,
    Value,
    Written,
)
from jixiao.rulebook.errors import RulebookError
from jixiao.rulebook.schema import SCHEMA
from jixiao.rulebook.shelf import Choice, Shelf

__all__ = [
    "SCHEMA", "Band", "BandCode", "Book", "Cap", "Choice", "Evidence", "ExecutionStep", "Golden", "Grade", "Labels",
    "Let", "Profile", "Provenance", "Reading", "RulebookError", "Scalar", "Section", "Shelf", "Steps", "Value",
    "Written",
]  # fmt: skip
