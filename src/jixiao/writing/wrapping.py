"""Text in lines of a given width in terminal cells: 中文 breaks where its punctuation allows, Latin between words."""

import re
from typing import Final

from rich.cells import cell_len

_PIECE = re.compile(r"[^\S\n]+|[\x21-\x7e\u00a1-\u024f]+|.", re.DOTALL)
_NEVER_FIRST: Final = frozenset("，。、；：？！）》」』】〕”’…—·％%,.;:?!)]}")
_NEVER_LAST: Final = frozenset("（《「『【〔“‘([{")


def fold_lines(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells (at least 2); line breaks of the text are kept, blank ends are not.

    A closing mark never begins a line and an opening one never ends it, unless nothing else fits. A word longer than
    a line is cut.
    """
    return [line for part in text.split("\n") for line in _fold(_clusters(part, width), width)]


def visible(text: str) -> str:
    """A text laid out already, without the control characters that could move a cursor or turn colours."""
    return "".join(letter for letter in text if letter == "\n" or letter.isprintable())


def pad(text: str, width: int) -> str:
    """The text with blanks at its end up to `width` cells; longer text as it is."""
    return text + " " * (width - cell_len(text))


def _fold(clusters: list[str], width: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for cluster in clusters:
        cells = cell_len(cluster)
        if used + (0 if cluster.isspace() else cells) > width:
            lines += [line.rstrip()] if line.strip() else []
            line, used = "", 0
        if line or not lines or not cluster.isspace():
            line, used = line + cluster, used + cells
    return [*lines, line.rstrip()]


def _clusters(text: str, width: int) -> list[str]:
    """Pieces that may not be parted, by gluing marks to their neighbours as long as they fit a line."""
    clusters: list[str] = []
    pieces = (cut for word in _PIECE.findall(_visible(text)) for cut in _cut(word, width))
    for piece in pieces:
        glued = clusters and (piece[0] in _NEVER_FIRST or clusters[-1][-1] in _NEVER_LAST)
        if glued and cell_len(clusters[-1] + piece) <= width:
            clusters[-1] += piece
        else:
            clusters.append(piece)
    return clusters


def _visible(text: str) -> str:
    """The text with a blank for each control character."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _cut(piece: str, width: int) -> list[str]:
    if cell_len(piece) <= width:
        return [piece]
    return [piece[start : start + width] for start in range(0, len(piece), width)]
