"""The texts of a corpus that people write in sentences, a row each: goal, result, reasons of deviation."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from jixiao.corpus.scanning import Scan
from jixiao.scoring.sheet import Text

FIELDS: Final[Mapping[str, Text]] = {
    "goal_expected": Text("预期目标", "expected goal"),
    "goal_actual": Text("实际完成情况", "result"),
    "deviation": Text("偏差原因分析及改进措施", "reason of the deviation and measures"),
}
"""Names of indicators are not among them: those ought to be alike."""


def rows_of(scan: Scan) -> pl.DataFrame:
    """Every text: field, form, at (which indicator, null of the form), unit, year, text.

    A form without a unit counts as its department's.
    """
    who = pl.when(pl.col("unit").fill_null("") != "").then("unit").otherwise("department").alias("unit")
    forms = scan("forms").select("form", who, "goal_expected", "goal_actual", year="fiscal_year")
    nowhere = pl.lit(None, dtype=pl.Int64).alias("at")
    of_forms = [
        forms.select(pl.lit(field).alias("field"), "form", nowhere, "unit", "year", text=field)
        for field in ("goal_expected", "goal_actual")
    ]
    lines = scan("indicators").filter(pl.col("deviation_said")).select("form", "at", text="deviation")
    reasons = lines.join(forms.select("form", "unit", "year"), on="form", how="left")
    of_lines = reasons.select(pl.lit("deviation").alias("field"), "form", "at", "unit", "year", "text")
    return pl.concat([*of_forms, of_lines]).filter(pl.col("text").fill_null("") != "").collect(engine="streaming")
