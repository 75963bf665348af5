"""Tags of the room's templates: words of verdicts, lines of a drawn cell."""

from decimal import Decimal
from typing import Any, Final

from django import template

from jixiao.office.intake.exporting import why as _why
from jixiao.office.intake.models import Entry
from jixiao.office.intake.verdicts import VERDICTS, Words
from jixiao.writing.show.view import CellView

register = template.Library()
_LINE: Final = Decimal(9)
"""Points from one line of a drawn cell to the next."""


@register.filter
def verdict_words(entry: Entry) -> Words:
    """The word, tone and advice of a line's verdict."""
    words: Any = VERDICTS
    found: Words = words[entry.verdict]
    return found


@register.filter
def why(entry: Entry) -> str:
    """The sentence to a line of the table."""
    return _why(entry)


@register.filter
def drawn_lines(cell: CellView) -> list[tuple[Decimal, str]]:
    """The lines of a cell that is drawn, each with its height on the page."""
    return [(cell.top + _LINE * number, line) for number, line in enumerate(cell.cell.text.split("\n"), 1)]
