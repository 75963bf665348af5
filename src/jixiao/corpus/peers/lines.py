"""Lines with a number above 0: name without numbering, promised and achieved in the base unit, money spent."""

from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Final

import polars as pl

from jixiao.corpus.scanning import Scan
from jixiao.form import Form, decode_form, unit_scale
from jixiao.review.wording import key, squeeze

WIDE: Final = pl.Int128()
"""Amounts times factors of units and a common denominator: more than 64 bits hold."""
SCALE: Final = 10**4
_UNITS: Final = {"target_unit": pl.String(), "actual_unit": pl.String()}


class Lines:
    """Lines of a corpus in base units.

    Attributes:
        rows: form, level1, level2, name, unit, promised, achieved (whole numbers of 1 / `whole`), spent (分, null where
            nothing was spent or the unit of money is not known), by whom (payer).
        whole: the common denominator of promised and achieved.
        beyond: forms with numbers that no cell holds, whole, which are in no row.
        forms: how many forms there are.
        years: their fiscal years.
    """

    def __init__(self, scan: Scan) -> None:
        """Read the columns."""
        forms = scan("forms").select(
            "form", "executed", "currency_unit", "beyond", "fiscal_year", payer=_who()
        ).collect()  # fmt: skip
        self.forms = len(forms)
        self.years = tuple(int(year) for year in forms["fiscal_year"].drop_nulls().unique().sort())
        self.beyond = tuple(_beyond(scan, forms))
        lines = scan("indicators").select(
            "form", "level1", "level2", "name", "operator", "target", "actual", "target_unit", "actual_unit"
        )
        some = lines.filter((pl.col("actual") > 0) & (pl.col("name") != "")).collect(engine="streaming")
        units, self.whole = _units(some)
        money = forms.filter(~pl.col("beyond").fill_null(value=False)).select("form", "payer", spent=_spent(forms))
        named = some.join(_names(some), on="name").join(units, on=list(_UNITS), nulls_equal=True)
        texts = [pl.col(name).cast(pl.Categorical()) for name in ("level1", "level2", "key", "unit")]
        self.rows = named.with_columns(texts).join(money, on="form").select(
            "form", "level1", "level2", "payer", "unit", "spent", "operator",
            name="key",
            achieved=pl.col("actual").cast(WIDE) * pl.col("factor"),
            promised=pl.col("target").cast(WIDE) * pl.col("target_factor"),
        )  # fmt: skip


def _who() -> pl.Expr:
    return pl.when(pl.col("unit").fill_null("") != "").then("unit").otherwise("department")


def _beyond(scan: Scan, forms: pl.DataFrame) -> Iterable[Form]:
    numbers = forms.filter(pl.col("beyond"))["form"]
    if len(numbers):
        texts = scan("as_read").filter(pl.col("form").is_in(numbers.implode())).select("json").collect()
        yield from (decode_form(text.encode()) for text in texts["json"])


def _spent(forms: pl.DataFrame) -> pl.Expr:
    """What was spent in 分, where the form names a unit of money and spent something."""
    known = [unit for unit in forms["currency_unit"].unique() if unit and unit_scale(unit)[0] == "元"]
    fit = pl.col("currency_unit").is_in(pl.Series(known, dtype=pl.String).implode()) & (pl.col("executed") > 0)
    return pl.when(fit).then("executed").cast(WIDE)


def _names(lines: pl.DataFrame) -> pl.DataFrame:
    names = lines["name"].unique()
    keys = pl.Series("key", [key(squeeze(name)) for name in names], dtype=pl.String)
    return pl.DataFrame({"name": names, "key": keys})


def _units(lines: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Each two units of a target and an actual with the base unit and the factors of both numbers; the denominator.

    The stored actual is in the target's unit where the two convert.
    """
    pairs = list(lines.select(*_UNITS).unique().iter_rows())
    found = [_factors(target or "", actual or "") for target, actual in pairs]
    whole = lcm(*(factor.denominator for _, *factors in found for factor in factors), 1)
    made = pl.DataFrame(
        {
            **{name: [pair[at] for pair in pairs] for at, name in enumerate(_UNITS)},
            "unit": [unit for unit, _, _ in found],
            "factor": [int(factor * whole) for _, factor, _ in found],
            "target_factor": [int(factor * whole) for _, _, factor in found],
        },
        schema={**_UNITS, "unit": pl.String(), "factor": WIDE, "target_factor": WIDE},
    )
    return made, whole * SCALE


def _factors(target: str, actual: str) -> tuple[str, Fraction, Fraction]:
    """The base unit, and the factors that bring the stored actual and the target to their base units."""
    (base, of_target), (other, of_actual) = unit_scale(target or actual), unit_scale(actual or target)
    return base, of_target if base == other else of_actual, of_target
