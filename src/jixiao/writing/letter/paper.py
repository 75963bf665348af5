"""What letters and reports are set with: pages, headings, paragraphs, tables.

Measures follow GB/T 9704-2012 (evidence: recalled): A4, 37 mm above and 28 mm beside the text of 156 mm by 225 mm, 3号
(16 pt) letters, a title of 2号 (22 pt). Tables stand on pages of their own, across, in smaller letters.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from jixiao.form import parse_number
from jixiao.writing.letter.data import Attachment
from jixiao.writing.letter.sentences import Language, Sentences
from jixiao.writing.paper.model import A4, Align, Cell, Page, Table, Text

_BODY: Final = {"zh": 1600, "en": 1200}
_TITLE: Final = {"zh": 2200, "en": 1800}
_TABLE_TITLE: Final = 1600
_INDENT: Final = {"zh": 2, "en": 0}
_MARGIN: Final = 5669
_SMALL: Final = 1050
_GAP: Final = {"zh": 0, "en": 600}
ACROSS: Final = A4[1] - 2 * _MARGIN
"""The width between the margins of a page of tables."""


def letter_page(language: Language) -> Page:
    """The page of a letter's text."""
    return Page(left=7937, right=7370, top=10488, bottom=9921, size=_BODY[language])


def table_page() -> Page:
    """A page of tables, lying."""
    return Page(A4[1], A4[0], left=_MARGIN, right=_MARGIN, top=_MARGIN, bottom=_MARGIN, size=_SMALL)


class Letters:
    """Makes the texts of a letter in one language."""

    def __init__(self, language: Language) -> None:
        """Take the language."""
        self._language = language

    def title(self, text: str) -> Text:
        """The title."""
        return Text(text, level=1, align="center", face="title", size=_TITLE[self._language], before=1600, after=2000)

    def heading(self, text: str) -> Text:
        """A heading of a section."""
        return Text(text, level=2, face="label", indent=_INDENT[self._language], before=400, after=200)

    def paragraph(self, text: str, *, stays: bool = False) -> Text:
        """A paragraph; one that stays stands on the page of what follows."""
        return Text(text, indent=_INDENT[self._language], after=_GAP[self._language], stays=stays)

    def line(self, text: str, align: Align = "left", *, before: int = 0) -> Text:
        """A line that is not indented."""
        return Text(text, align=align, before=before, after=_GAP[self._language])

    def attachments(self, attachments: Sequence[Attachment], say: Sentences) -> Iterator[Text]:
        """附件：1. … and what else is attached, one under the other."""
        for at, each in enumerate(attachments):
            named = say("letter.attached", number=each.number, title=say.of(each.title))
            first = say("letter.attachments" if at == 0 else "letter.attachments_on")
            yield Text(first + named, indent=_INDENT["zh"], before=0 if at else 1600, stays=True)

    def signature(self, sender: str, day: str) -> tuple[Text, Text]:
        """Who signs and when, at the right."""
        return Text(sender, align="right", before=3200, stays=True), Text(day, align="right")


def table_title(text: str) -> Text:
    """The title above tables."""
    return Text(text, level=1, align="center", face="title", size=_TABLE_TITLE, after=600)


def table_heading(text: str) -> Text:
    """A heading above one of several tables."""
    return Text(text, level=2, face="label", size=1200, before=800, after=200)


def family_heading(text: str) -> Text:
    """A heading above a table of one family."""
    return Text(text, level=3, face="label", size=_SMALL, before=700, after=150)


def note(text: str, align: Align = "left") -> Text:
    """A line above or below a table."""
    return Text(text, align=align, size=_SMALL, before=100, after=100)


class Column(Struct, frozen=True):
    """A column: its heading, its part of the width, how its cells are set."""

    head: str
    part: int
    align: Align = "left"


Row = tuple[str, ...]
"""A cell for every column."""


def table(columns: Sequence[Column], rows: Iterable[Row], least: int = 0) -> Table:
    """A table whose heading is printed again on every page."""
    body = list(rows)
    cells = [Cell(0, at, column.head, role="label") for at, column in enumerate(columns)]
    for number, row in enumerate(body, 1):
        cells += [_cell(number, at, columns[at], text) for at, text in enumerate(row)]
    return Table(
        widths=_widths(columns),
        rows=len(body) + 1,
        cells=tuple(cells),
        heading=(0, 1),
        body=(1, len(body) + 1),
        least=least,
    )


def _cell(row: int, at: int, column: Column, text: str) -> Cell:
    return Cell(row, at, text, align=column.align, number=parse_number(text) if column.align == "right" else None)


def _widths(columns: Sequence[Column]) -> tuple[int, ...]:
    """The columns' parts of the page's width; what does not divide is given to the last."""
    whole = sum(column.part for column in columns)
    widths = [ACROSS * column.part // whole for column in columns]
    widths[-1] += ACROSS - sum(widths)
    return tuple(widths)
