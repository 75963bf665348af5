"""Whether a flat page stands on its head: some of its lines are read as they are and turned by a half.

A page turned by a half has level rules and lines of letters as any other; only the letters tell: they read badly. On a
page that reads well nothing is read a second time.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from jixiao.reading.scan.flat import FlatPage
from jixiao.reading.scan.free import free_lines
from jixiao.reading.scan.ink import Rect
from jixiao.reading.scan.letters import Reading
from jixiao.reading.scan.picture import Pixels
from jixiao.reading.scan.recogniser import Recogniser
from jixiao.reading.scan.size import print_of
from jixiao.reading.scan.strips import Strip, clean_cell, strips_of

_MOST = 8
_SHORTEST, _LONGEST = 3.5, 12.0
_WELL = 0.88
_LEAST_LETTERS = 12
_BETTER = 0.1


def reads_badly(shares: Sequence[float]) -> bool:
    """Whether letters with these probabilities may stand on their heads: then the usual one is about 0.7."""
    return len(shares) >= _LEAST_LETTERS and sum(shares) < _WELL * len(shares)


def stands_on_its_head(flat: FlatPage, recogniser: Recogniser) -> bool:
    """Whether a page has to be turned by a half; not if it has too few letters to tell.

    Args:
        flat: the page.
        recogniser: reads a few of its lines.
    """
    some = list(islice(_samples(flat), _MOST))
    upright, turned = recogniser.read(some), recogniser.read([_turned(pixels) for pixels in some])
    if sum(len(reading.letters) for reading in turned) < _LEAST_LETTERS:
        return False
    return _clarity(turned) > _clarity(upright) + _BETTER


def _turned(pixels: Pixels) -> Pixels:
    return np.ascontiguousarray(pixels[::-1, ::-1])


def _clarity(readings: Sequence[Reading]) -> float:
    """The usual probability of their letters; 0 where none was read."""
    shares = [letter.share for reading in readings for letter in reading.letters]
    return sum(shares) / len(shares) if shares else 0.0


def _samples(flat: FlatPage) -> Iterator[Pixels]:
    """Lines of some letters: of cells spread over the tables, else of the page."""
    scale = flat.scale / 100
    boxes = [Rect(*(round(edge * scale) for edge in cell.box)) for one in flat.lattices for cell in one.cells]
    slack = max(2, round(flat.thickness * flat.scale / 200) + 1)
    spread = boxes[:: max(1, len(boxes) // (3 * _MOST))]
    cells = [clean_cell(flat.grey, box, slack) for box in spread]
    look = print_of(flat.grey, [cell.pixels for cell in cells], flat.scale)
    for cell in cells:
        yield from (strip.pixels for strip in strips_of(cell, look).strips if _is_fit(strip))
    if not boxes:
        yield from (strip.pixels for line in free_lines(flat.grey, [], look) for strip in line if _is_fit(strip))


def _is_fit(strip: Strip) -> bool:
    return not strip.stroke and _SHORTEST * strip.em <= strip.box.right - strip.box.left <= _LONGEST * strip.em
