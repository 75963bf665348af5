"""The summary of a job as a document, for originals that get it as further pages."""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from jixiao.scoring.sheet import Text as Words
from jixiao.writing.original.job import Job
from jixiao.writing.paper.model import Cell, Document, Page, Table, Text

_WIDTHS: Final = (3200, 9000, 11000)
_LEGEND: Final = Words(
    zh="图例：红色实线框、实心方形编号为算术；蓝色双线框、双线方形编号为条款；绿色虚线框、圆形编号为疑问。编号与下表一致。",
    en="Key: a red line and a filled square are arithmetic; a double blue line and square are a clause; a green"
    " broken line and a round tag are a doubt. Numbers as below.",
)
_LEGEND_OF_CHANGES: Final = Words(
    zh="图例：红线划去的是表上所印，旁边红字是应改成的；页面上印的没有改动。",
    en="Key: what a red line strikes out is what the form prints, the red words beside it what it should be; what is"
    " printed on the pages has not been changed.",
)
_MISSING: Final = "〓"
"""What printers set for a letter they do not have."""


def lay_out_summary(job: Job, covers: Callable[[str], bool] = lambda _: True) -> Document:
    """The summary: title, sentences, a key to the marks and changes, and one row for each mark and form.

    Args:
        job: whose summary it is.
        covers: whether there is a font for a letter; another one is shown as missing, and stands in the note itself.
    """
    job = _printable(job, covers)
    page = Page()
    keys = [_LEGEND] * bool(job.marks) + [_LEGEND_OF_CHANGES] * bool(job.changes)
    notes = [*job.notes, *(key.zh if job.language == "zh" else key.en for key in keys)]
    return Document(
        name=job.title,
        page=page,
        blocks=(
            Text(job.title, level=1, align="center", face="title", size=1600, after=800),
            *(Text(note, size=850, after=200) for note in notes),
            _table(job, page.across),
        ),
        language=job.language,
    )


def _printable(job: Job, covers: Callable[[str], bool]) -> Job:
    def shown(text: str) -> str:
        return "".join(letter if letter == "\n" or covers(letter) else _MISSING for letter in text)

    rows = tuple(replace(row, form=shown(row.form), place=shown(row.place), said=shown(row.said)) for row in job.rows)
    return replace(job, notes=tuple(map(shown, job.notes)), rows=rows)


def _table(job: Job, across: int) -> Table:
    cells = [Cell(0, column, words, role="label") for column, words in enumerate(job.head)]
    for at, row in enumerate(job.rows, 1):
        cells.append(Cell(at, 0, str(row.number) if row.number else "—"))
        cells += [
            Cell(at, column, words, align="left") for column, words in enumerate((row.form, row.place, row.said), 1)
        ]
    widths = (*_WIDTHS, across - sum(_WIDTHS))
    return Table(widths, len(job.rows) + 1, tuple(cells), heading=(0, 1), body=(1, len(job.rows) + 1))
