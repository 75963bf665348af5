"""Merged cells of a source that has none: where a label stands before or above blanks that can only be its own.

A sheet saved as text keeps the first field of a merged cell and leaves the others blank. A blank is also what an empty
cell looks like, so only two kinds are taken for merged: a label at the left edge beside several rows, and a label above
labels.
"""

from collections.abc import Sequence

from jixiao.layout.lexicon import Lexicon, load_lexicon

Spot = tuple[int, int]
Spans = dict[Spot, tuple[int, int]]
"""Row and column of a field → the rows and columns it covers."""


def spans_of(rows: Sequence[Sequence[str]]) -> Spans:
    """The spans of the fields that cover more than their own place.

    Args:
        rows: the texts of the fields, row by row.
    """
    lexicon = load_lexicon()
    spans: Spans = {}
    for number, row in enumerate(rows):
        if number + 1 < len(rows):
            spans.update(_above_labels(number, row, rows[number + 1], lexicon))
        if row and row[0] and lexicon.is_label(row[0]) and any(row[1:]):
            tall = 1
            while number + tall < len(rows) and _is_beside(rows[number + tall]):
                tall += 1
            if tall > 1:
                spans[number, 0] = tall, spans.get((number, 0), (1, 1))[1]
    return spans


def _is_beside(row: Sequence[str]) -> bool:
    """Whether a row may stand beside a label from above: its first field is blank, others are not."""
    return bool(row) and not row[0] and any(row)


def _above_labels(number: int, row: Sequence[str], below: Sequence[str], lexicon: Lexicon) -> Spans:
    """Spans in a row of labels of which one stands above labels of its own (年度指标值 over 性质, 值, 单位)."""
    spans: Spans = {}
    for column, text in enumerate(row):
        if not text or column >= len(below) or not below[column]:
            continue
        end = next((at for at in range(column + 1, len(row)) if row[at]), min(len(row), len(below)))
        under = [word for word in below[column:end] if word]
        if len(under) > 1 and lexicon.is_label(text) and all(map(lexicon.is_label, under)):
            spans[number, column] = 1, end - column
    if spans:
        blank = (at for at, text in enumerate(row) if text and (at >= len(below) or not below[at]))
        spans.update({(number, at): (2, 1) for at in blank})
    return spans
