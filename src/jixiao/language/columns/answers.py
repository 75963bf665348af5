"""Conditions that hold only where others do, answered by one number: no, yes, not applicable, unknown."""

from collections.abc import Mapping
from typing import Final

import polars as pl

NO, YES, NOT_APPLICABLE, UNKNOWN = range(4)

_DTYPE: Final = pl.UInt8()
_NUMBERS: Final = [pl.Series([number], dtype=_DTYPE) for number in range(4)]


def answer(fires: pl.Series, applies: pl.Series | None) -> pl.Series:
    """The numbers of a condition's answers: where it does not apply, it is not asked; where it is false, it is no."""
    decided = _NUMBERS[YES].zip_with(fires if applies is None else fires & applies, _NUMBERS[UNKNOWN])
    decided = _NUMBERS[NO].zip_with(~fires, decided)
    return decided if applies is None else _NUMBERS[NOT_APPLICABLE].zip_with(~applies, decided)


def answered(frame: pl.DataFrame, answers: Mapping[str, str | None]) -> pl.DataFrame:
    """A frame with the columns of conditions, and of where they apply, made into one column of answers each."""
    told = {series.name: series for series in frame.get_columns()}
    for code, applies in answers.items():
        if code in told:
            told[code] = answer(told[code], told.get(applies) if applies else None)
    for applies in answers.values():
        told.pop(applies or "", None)
    return pl.DataFrame(told)
