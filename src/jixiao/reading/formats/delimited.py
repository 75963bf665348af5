"""Plain text that holds tables → grid: fields set apart by a sign (CSV, TSV), Markdown tables, tables drawn in letters.

Text pulled out of a PDF in the order of its content holds none of these, and goes to the reader of such text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from jixiao.form import Place
from jixiao.layout.grid import Cell, FreeText, Grid, Table
from jixiao.layout.lexicon import load_lexicon
from jixiao.reading import errors
from jixiao.reading.formats.blank_spans import spans_of
from jixiao.reading.formats.drawn_text import is_drawn, read_drawn
from jixiao.reading.formats.spots import known_share
from jixiao.reading.limits import DEFAULT_LIMITS, Limits

_SIGNS: Final = (",", "\t", ";", "|", "，")
_SAMPLE: Final = 200_000
_NAMES: Final = ("project_name", "department", "unit")
_LONGEST_QUOTED: Final = 20_000
_FEWEST_ROWS, _FEWEST_FIELDS = 5, 3
_EVEN_PERCENT: Final = 90
_RAGGED: Final = Decimal("0.9")
_CERTAIN: Final = Decimal("1.0")
_RULE: Final = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*")
_BAR: Final = re.compile(r"(?<!\\)\|")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Field:
    """A field, and line and column where it begins, from 1."""

    text: str
    line: int
    column: int


def read_tables(text: str, file: str, limits: Limits = DEFAULT_LIMITS) -> Grid | None:
    """The tables and lines of a text; `None` where it holds no table.

    A cell's place is the line and column where its text begins.

    Args:
        text: the whole text.
        file: its label, for places and sentences.
        limits: what it may hold.

    Raises:
        Unreadable: a table has too many cells.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(_RULE.fullmatch(line) for line in text[:_SAMPLE].split("\n")):
        return _of_markdown(text, file, limits)
    if is_drawn(text[:_SAMPLE]):
        return read_drawn(text, file, limits)
    sign, even = _sign(text[:_SAMPLE])
    if not sign:
        return None
    rows = list(_rows(text, sign, file, limits.cells))
    return Grid((_table(rows, file, _CERTAIN if even else _RAGGED),))


def _sign(sample: str) -> tuple[str, bool]:
    """The sign between fields, and whether every row has as many; "" where none sets fields apart.

    Rows of equal number tell; else empty fields must be written out and a form's label begin a row, for a
    row that lost its empty fields would be read in the wrong columns.
    """
    for sign in _SIGNS:
        if sample.count(sign) < _FEWEST_ROWS * (_FEWEST_FIELDS - 1):
            continue
        rows = [row for row in _rows(sample, sign) if any(field.text for field in row)]
        if len(sample) >= _SAMPLE:
            rows = rows[:-1]
        counts = Counter(map(len, rows))
        usual, times = counts.most_common(1)[0] if counts else (0, 0)
        if len(rows) >= _FEWEST_ROWS and usual >= _FEWEST_FIELDS and times * 100 >= len(rows) * _EVEN_PERCENT:
            return sign, True
        if len(rows) >= _FEWEST_ROWS and max(counts, default=0) > _FEWEST_FIELDS and _is_ragged_table(rows):
            return sign, False
    return "", False


def _is_ragged_table(rows: list[list[_Field]]) -> bool:
    """Whether rows of unequal number are a table all the same."""
    wide = sum(len(row) > 1 for row in rows)
    written_out = sum(any(not field.text for field in row[:-1]) for row in rows if len(row) > 1)
    lexicon = load_lexicon()
    named = any(lexicon.find("head", row[0].text) in _NAMES and len(row) > 1 for row in rows)
    return named and wide * 2 > len(rows) and written_out * 3 > wide


def _rows(text: str, sign: str, file: str = "", most: int = 0) -> Iterator[list[_Field]]:
    """The rows of a text; a quoted field may hold the sign, line ends and doubled quotes.

    Raises:
        Unreadable: there are more fields than `most` (where it is given).
    """
    mark = re.escape(sign)
    fields = re.compile(rf'(?:[ ]*"((?:[^"]|""){{0,{_LONGEST_QUOTED}}}+)"[ ]*|([^{mark}\n]*))({mark}|\n|\Z)')
    row: list[_Field] = []
    line, start, at, count = 1, 0, 0, 0
    while at <= len(text):
        match = fields.match(text, at)
        if match is None:  # a quote in the middle of a field
            break
        count += 1
        if most and count > most:
            raise errors.too_large(file, "字段过多", "it has too many fields", f"{most} 个", f"{most}")
        quoted = match[1] is not None
        row.append(_Field((match[1].replace('""', '"') if quoted else match[2]).strip(), line, at - start + 1))
        inside = match[0].count("\n") if quoted else 0
        at = match.end()
        if match[3] != sign:
            yield row
            row = []
        if inside or match[3] == "\n":
            line += match[0].count("\n")
            start = text.rfind("\n", 0, at) + 1
        if match[3] == "":
            return


def _table(rows: list[list[_Field]], file: str, confidence: Decimal) -> Table:
    """The rows as a table of the fields that hold something: of merged cells only the first does."""
    spans = spans_of([[field.text for field in row] for row in rows])
    cells = [
        _cell((number, column), field, spans.get((number, column), (1, 1)), file, confidence)
        for number, row in enumerate(rows)
        for column, field in enumerate(row)
        if field.text
    ]
    return Table(tuple(cells))


def _cell(spot: tuple[int, int], field: _Field, span: tuple[int, int], file: str, confidence: Decimal) -> Cell:
    place = Place(file, line=field.line, column=field.column, confidence=min(confidence, known_share(field.text)))
    return Cell(*spot, *span, field.text, (place,))


def _of_markdown(text: str, file: str, limits: Limits) -> Grid:
    """Lines, and tables of bars: a line of dashes makes one of the line above it and of those below that have bars."""
    blocks: list[Table | FreeText] = []
    lines = text.split("\n")
    ruled = {number for number, line in enumerate(lines) if _RULE.fullmatch(line)}
    number = cells = 0
    while number < len(lines):
        if number + 1 in ruled and "|" in lines[number]:
            end = next((at for at in range(number, len(lines)) if "|" not in lines[at]), len(lines))
            cells += sum(lines[at].count("|") for at in range(number, end))
            if cells > limits.cells:
                most = str(limits.cells)
                raise errors.too_large(file, "单元格过多", "it has too many cells", f"{most} 个", most)
            rows = [_barred(lines[at], at + 1) for at in range(number, end) if at not in ruled]
            blocks.append(_table(rows, file, _CERTAIN))
            number = end
            continue
        bare = lines[number].strip()
        if bare:
            column = len(lines[number]) - len(lines[number].lstrip()) + 1
            place = Place(file, line=number + 1, column=column, confidence=known_share(bare))
            blocks.append(FreeText(re.sub(r"^#{1,6}\s+|^\*\*(.+)\*\*$", r"\1", bare), (place,)))
        number += 1
    return Grid(tuple(blocks))


def _barred(line: str, number: int) -> list[_Field]:
    """The cells of a line of bars."""
    fields: list[_Field] = []
    at = 0
    for piece in _BAR.split(line):
        column = at + len(piece) - len(piece.lstrip()) + 1
        words = _BREAK.sub("\n", piece.strip().replace("\\|", "|")).replace("**", "")
        fields.append(_Field(words, number, column))
        at += len(piece) + 1
    inner = fields[1:] if line.lstrip().startswith("|") else fields
    return inner[:-1] if line.rstrip().endswith("|") else inner
