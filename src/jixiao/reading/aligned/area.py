"""A cell that was inferred: its outline, the glyphs in it, and whether its edges were clear."""

from dataclasses import dataclass

from jixiao.layout.grid import Box
from jixiao.reading.glyphs import Glyph


@dataclass(frozen=True, slots=True)
class Area:
    """One inferred cell.

    Attributes:
        box: its outline.
        glyphs: what stands in it.
        sure: whether the white space around it was clear.
    """

    box: Box
    glyphs: tuple[Glyph, ...]
    sure: bool = True
