"""Lines of text outside the tables: titles, years, units of money, notes, signatures."""

from collections.abc import Sequence

from jixiao.reading.scan.ink import Print, Rect
from jixiao.reading.scan.picture import Pixels
from jixiao.reading.scan.strips import PAPER, Strip, line_strips, spans_of

_LEAST, _MOST = 0.55, 3.2
"""Heights of lines in letters of the tables: a title is larger."""
_TOGETHER = 0.3
_FEW = 0.12
_EDGE = 0.01
_OF_EM = 0.94


def free_lines(grey: Pixels, tables: Sequence[Rect], look: Print) -> list[list[Strip]]:
    """The lines outside the tables, from top to bottom, each as its strips.

    Args:
        grey: the flat page.
        tables: what is not to be looked at.
        look: how the page is printed.
    """
    em = look.em
    page = grey.copy()
    margin = round(0.2 * em)
    for left, top, right, bottom in tables:
        page[max(top - margin, 0) : bottom + margin, max(left - margin, 0) : right + margin] = PAPER
    edge = round(_EDGE * min(page.shape))
    page[:edge] = page[-edge:] = PAPER
    page[:, :edge] = page[:, -edge:] = PAPER
    lines = []
    for top, bottom in _bands(page, look):
        strips = line_strips(page, (top, bottom), look.of_size(max((bottom - top) / _OF_EM, em)))
        if strips:
            lines.append(strips)
    return lines


def _bands(page: Pixels, look: Print) -> list[tuple[int, int]]:
    em = look.em
    ink = (page < look.ink).sum(axis=1)
    joined: list[tuple[int, int]] = []
    for top, bottom in spans_of(ink > _FEW * em):
        if joined and top - joined[-1][1] < _TOGETHER * em and bottom - joined[-1][0] < 1.2 * em:
            joined[-1] = joined[-1][0], bottom
        else:
            joined.append((top, bottom))
    return [span for span in joined if _LEAST * em <= span[1] - span[0] <= _MOST * em]
