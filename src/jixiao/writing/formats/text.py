"""A document as plain text: paragraphs as lines, tables row by row, for terminals, mails and tests."""

from collections.abc import Iterable, Iterator

from jixiao.writing.paper.model import Cell, Document, Table, Text

_INDENT = "\u3000"
_BETWEEN = " │ "
_LINE = "─" * 40
_DOUBLE = "═" * 40


def write_text(documents: Iterable[Document]) -> bytes:
    """Documents one after another as UTF-8; a cell's own line breaks become blanks, so that a row is a line.

    Args:
        documents: what is to be written.
    """
    return "".join(f"{line}\n" for line in _lines(documents)).encode()


def _lines(documents: Iterable[Document]) -> Iterator[str]:
    for number, document in enumerate(documents):
        if number:
            yield from ("", _DOUBLE, "")
        for block in document.blocks:
            yield from _text(block) if isinstance(block, Text) else _table(block)


def _text(block: Text) -> Iterator[str]:
    if block.level and block.before:
        yield ""
    first = _INDENT * block.indent
    for line in block.text.split("\n"):
        yield first + _visible(line)
        first = ""
    if block.level == 1:
        yield ""


def _table(table: Table) -> Iterator[str]:
    yield _LINE
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    for row in sorted(rows):
        yield _BETWEEN.join(_visible(" ".join(cell.text.split("\n"))) for cell in rows[row]).rstrip()
        if row + 1 == table.heading[1]:
            yield _LINE
    yield _LINE


def _visible(text: str) -> str:
    """Without the control characters that could move a cursor or turn colours; wide blanks stay."""
    return "".join(letter for letter in text if letter == _INDENT or letter.isprintable())
