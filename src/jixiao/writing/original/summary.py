"""The summary of a job as a document, for originals that get it as further pages."""

from typing import Final

from jixiao.scoring.sheet import Text as Words
from jixiao.writing.original.job import Job
from jixiao.writing.paper.model import Cell, Document, Page, Table, Text

_WIDTHS: Final = (3200, 9000, 11000)
_LEGEND: Final = Words(
    zh="图例：红色实线框、实心方形编号为算术；蓝色双线框、双线方形编号为条款；绿色虚线框、圆形编号为疑问。编号与下表一致。",
    en="Key: a red line and a filled square are arithmetic; a double blue line and square are a clause; a green"
    " broken line and a round tag are a doubt. Numbers as below.",
)


def lay_out_summary(job: Job) -> Document:
    """The summary: title, sentences, a key to the marks, and one row for each mark and form."""
    page = Page()
    notes = [*job.notes, _LEGEND.zh if job.language == "zh" else _LEGEND.en] if job.marks else list(job.notes)
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


def _table(job: Job, across: int) -> Table:
    cells = [Cell(0, column, words, role="label") for column, words in enumerate(job.head)]
    for at, row in enumerate(job.rows, 1):
        cells.append(Cell(at, 0, str(row.number) if row.number else "—"))
        cells += [
            Cell(at, column, words, align="left") for column, words in enumerate((row.form, row.place, row.said), 1)
        ]
    widths = (*_WIDTHS, across - sum(_WIDTHS))
    return Table(widths, len(job.rows) + 1, tuple(cells), heading=(0, 1), body=(1, len(job.rows) + 1))
