"""A page made flat: rules along the axes, paper white, and the tables found on it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from jixiao.layout.grid import Box
from jixiao.reading.lattice import Lattice
from jixiao.reading.scan.picture import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class FlatPage:
    """One page of a scan, ready to be read.

    Attributes:
        number: page number from 1.
        grey: the page without coloured ink, light evened out (paper near 255), its rules level. One byte a pixel.
        scale: pixels of `grey` per point.
        lattices: the tables, from top to bottom, in hundredths of a point of `grey` (origin top left).
        walls: for each table and each of its cells how sure its walls are, from 0 to 1.
        thickness: of the thickest rule with its blur, in hundredths of a point, 200 at least: half of it lies inside a
            cell's box.
        back: from a box on the flat page to its outline on the picture as displayed, both in hundredths of a point.
        quarters: by how many quarter turns the picture was turned clockwise.
    """

    number: int
    grey: Pixels
    scale: float
    lattices: tuple[Lattice, ...]
    walls: tuple[tuple[Decimal, ...], ...]
    thickness: int
    back: Callable[[Box], Box]
    quarters: int = 0

    def crop(self, box: Box) -> Pixels:
        """The pixels of a box (hundredths of a point); no copy, cut at the page's edges."""
        height, width = self.grey.shape
        left, top, right, bottom = (round(edge * self.scale / 100) for edge in box)
        return self.grey[max(top, 0) : min(bottom, height), max(left, 0) : min(right, width)]
