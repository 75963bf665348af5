"""Texts as they are compared: what `bare` of the wording leaves, by column."""

from typing import Final

import polars as pl

_MARKS: Final = r"[\s\x1c-\x1f，。；：！？、·“”‘’（）《》【】［］－＂＇．\u2212,.;:!?\"'()\[\]-]+"
"""The marks that `bare` takes out, in half and in full width: it folds first, here what is left is folded after."""
_FULL: Final = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLDABLE: Final = "[\uff01-\uff5e]"


def bared(texts: pl.Series) -> pl.Series:
    """The texts without punctuation and white space, full-width letters and figures as half-width ones."""
    short = texts.str.replace_all(_MARKS, "")
    wide = short.str.contains(_FOLDABLE)
    if not wide.any():
        return short
    folded = short.filter(wide).str.replace_many(list(_FULL), list(_FULL.values()))
    return short.scatter(wide.arg_true(), folded)
