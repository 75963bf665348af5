"""Words as outlines: what is written into a PDF needs no font there, so that every viewer shows it.

The font is read when the module is imported: afterwards the child can open no file. It is parsed only when asked.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pylopdf_fonts_zh_cn
from fontTools.misc import encodingTools, psCharStrings
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import (
    C_F_F_,
    TupleVariation,
    _c_m_a_p,
    _h_e_a_d,
    _h_h_e_a,
    _h_m_t_x,
    _m_a_x_p,
    _v_h_e_a,
    _v_m_t_x,
    otTables,
)

_NEEDED_LATER: Final = (
    encodingTools, psCharStrings, C_F_F_, TupleVariation, _c_m_a_p, _h_e_a_d, _h_h_e_a, _h_m_t_x, _m_a_x_p,
    _v_h_e_a, _v_m_t_x, otTables,
)  # fmt: skip
"""What the font's parser would import at first use, when no file can be opened any more."""

_FONT: Final = Path(pylopdf_fonts_zh_cn.sans_path()).read_bytes()
_OPERATORS: Final = {"moveTo": "m", "lineTo": "l", "curveTo": "c", "closePath": "h"}
_MISSING: Final = "〓"
"""What printers set for a letter they do not have."""


@cache
def _font() -> tuple[Any, dict[int, str]]:
    font = TTFont(BytesIO(_FONT), lazy=True)
    return font.getGlyphSet(), font.getBestCmap()


def outlines(words: str) -> tuple[str, int]:
    """Words on one line as operators of a PDF, and how wide they are, both in thousandths of their size."""
    glyphs, names = _font()
    parts, along = [], 0
    for letter in words:
        name = names.get(ord(letter)) or names[ord(_MISSING)]
        pen = DecomposingRecordingPen(glyphs)
        glyphs[name].draw(pen)
        parts += [_operator(step, dots, along) for step, dots in pen.value]
        along += round(glyphs[name].width)
    return " ".join(parts), along


def _operator(step: str, dots: tuple[tuple[int, int], ...], along: int) -> str:
    """One step of an outline, moved along the line."""
    return " ".join([*(f"{round(x) + along} {round(y)}" for x, y in dots), _OPERATORS[step]])
