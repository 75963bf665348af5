"""The bands of printed results under the words of another book, found once for each different result."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import polars as pl

from jixiao.form import Actual, Indicator, Operator, Target, unit_scale
from jixiao.scoring import LabelReader

READS: Final = (
    "operator", "target", "target_low", "target_high", "actual", "target_text", "actual_text", "target_unit",
    "actual_unit",
)  # fmt: skip
"""Columns of `indicators` that a band depends on."""
_COMPARED: Final = ("≥", ">", "=", "<", "≤", "range")
_SCALE: Final = 10**4


def bands(rows: pl.DataFrame, labels: LabelReader) -> pl.Series:
    """The column `band` of some indicators as a book reads it.

    Args:
        rows: their columns `READS`.
        labels: the book's words.
    """
    by_number = pl.col("actual").is_not_null() & pl.col("operator").is_in(_COMPARED)
    asked = rows.select(*_ASKED, by_number.alias("by_number"))
    open_ = asked.filter(~pl.col("by_number")).select(_ASKED).unique()
    found = [_band(line, labels) for line in open_.iter_rows(named=True)]
    known = open_.with_columns(pl.Series("band", found, dtype=pl.String), pl.lit(value=False).alias("by_number"))
    joined = asked.join(known, on=[*_ASKED, "by_number"], how="left", nulls_equal=True, maintain_order="left")
    return joined["band"].fill_null("")


_ASKED: Final = ["operator", "target_text", "actual_text", "actual", "target_unit", "actual_unit"]


def _band(line: Mapping[str, Any], labels: LabelReader) -> str:
    """The band of one result; the actual is stored in the target's unit where the two convert."""
    words = {name: line[name] or "" for name in ("target_text", "actual_text", "target_unit", "actual_unit")}
    value = None if line["actual"] is None else _printed(line["actual"], words["target_unit"], words["actual_unit"])
    operator: Operator | None = "qualitative" if line["operator"] == "qualitative" else None
    target = Target(text=words["target_text"], operator=operator, unit=words["target_unit"])
    actual = Actual(words["actual_text"], value, words["actual_unit"])
    return labels.of(Indicator(target=target, actual=actual)) or ""


def _printed(actual: int, target_unit: str, actual_unit: str) -> Decimal:
    """The actual in its own unit again."""
    stored = Fraction(actual, _SCALE)
    if target_unit and actual_unit and target_unit != actual_unit:
        (target_base, target_factor), (actual_base, actual_factor) = unit_scale(target_unit), unit_scale(actual_unit)
        if target_base == actual_base:
            stored = stored * target_factor / actual_factor
    return Decimal(stored.numerator) / Decimal(stored.denominator)
