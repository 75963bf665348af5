"""Pictures of pages: bytes of PNG, JPEG and TIFF to pixels with a size on paper.

A picture's size in pixels is read from its header before anything is unpacked.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]
"""Rows of pixels, from the top: grey (height, width), or blue, green, red (height, width, 3)."""
Numbers: TypeAlias = NDArray[np.float64]

MOST_PIXELS = 50_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture of one page as displayed.

    Attributes:
        pixels: grey or coloured (blue, green, red).
        across, down: pixels per point along x and y.
        number: page number from 1.
    """

    pixels: Pixels
    across: float
    down: float
    number: int = 1
