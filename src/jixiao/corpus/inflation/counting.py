"""Counts by group: of so many forms or lines so many, for every measure, by unit, department, region and year."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl
from msgspec import Struct

from jixiao.corpus.scanning import Scan
from jixiao.scoring.sheet import Text

WHOLE: Final = 10_000
"""100 points at scale 2."""
BEST: Final = "优"
OPERATORS: Final = ("≥", ">", "=", "≤", "<")
LEVELS: Final[Mapping[str, Text]] = {
    "unit": Text("单位", "unit"),
    "department": Text("主管部门", "department"),
    "region": Text("地区（规则集）", "region (rulebook)"),
    "year": Text("年度", "year"),
}
GROUPED: Final = {"level": pl.String(), "name": pl.String(), "measure": pl.String(), "k": pl.Int64(), "n": pl.Int64()}


class Measure(Struct, frozen=True):
    """One share: what of what, and what else could explain it."""

    name: str
    title: Text
    what: Text
    otherwise: Text


MEASURES: Final[Mapping[str, Measure]] = {one.name: one for one in (
    Measure(
        "full", Text("自评满分", "full marks claimed"),
        Text("自评总分恰为 100 的表，占有总分的表", "forms whose claimed total is 100, of those with a total"),
        Text("目标容易、项目简单或确实全部完成", "easy targets, a simple project, or everything was done"),
    ),
    Measure(
        "best", Text("自评为优", "best grade claimed"),
        Text("自评等级为优的表，占有等级的表", "forms that claim 优, of those with a grade"),
        Text("当地只评优良的项目才公开，或确实做得好", "only good ones are published there, or the work was good"),
    ),
    Measure(
        "exact", Text("恰好命中", "exact hits"),
        Text("实际值等于指标值的指标，占两者都是数的指标", "lines whose actual equals its bound, of those with both"),
        Text("指标为固定数量或 100%，超额无从谈起；或实际值照抄了指标值",
             "the target is a fixed number or 100 %, which cannot be passed; or the target was copied"),
    ),
    Measure(
        "uncut", Text("减了预算不减分", "cut without loss"),
        Text("预算调减一成以上仍自评满分的表，占调减一成以上的表",
             "forms cut by a tenth or more that still claim full marks, of those cut so"),
        Text("任务随预算同步调减，或原预算偏高", "tasks were cut with the money, or the first budget was too high"),
    ),
    Measure(
        "above", Text("自评高于重算", "claimed above recomputed"),
        Text("自评高于按规则重算总分的表，占可重算的表", "forms that claim more than the rules give, of those scored"),
        Text("当地另有评分口径，规则集未收", "the place has rules that the book does not hold"),
    ),
    Measure(
        "copied", Text("雷同文字", "copied texts"),
        Text("实际完成情况或偏差原因与其他表雷同的表，占全部表",
             "forms whose result or reason is alike to another form's, of all forms"),
        Text("主管部门下发了范文，或项目逐年延续", "a model text was handed down, or the project goes on year by year"),
    ),
)}  # fmt: skip


def facts(scan: Scan, totals: pl.DataFrame, copied: pl.Series | None) -> pl.DataFrame:
    """A row a form: who and when, and for every measure its count and of how many.

    Args:
        scan: the tables of the corpus.
        totals: form, total, total_low.
        copied: the numbers of forms with copied texts; `None` where that was not measured.
    """
    who = pl.when(pl.col("unit").fill_null("") != "").then("unit").otherwise("department")
    forms = scan("forms").select(
        "form", "grade", "initial", "adjusted", "department", unit=who, region="rulebook",
        year=pl.col("fiscal_year").cast(pl.String), claimed="total_score",
    )  # fmt: skip
    both = pl.col("operator").is_in(OPERATORS) & ~pl.col("units_differ")
    lines = scan("indicators").filter(both & pl.col("actual").is_not_null() & pl.col("target").is_not_null())
    hits = lines.group_by("form").agg(
        exact_k=(pl.col("actual") == pl.col("target")).sum().cast(pl.Int64), exact_n=pl.len().cast(pl.Int64)
    )
    whole = forms.join(totals.lazy(), on="form", how="left").join(hits, on="form", how="left")
    full, has = pl.col("claimed") == WHOLE, pl.col("claimed").is_not_null()
    cut = (pl.col("initial") > 0) & (pl.col("adjusted") * 10 <= pl.col("initial") * 9) & has
    known = has & pl.col("total").is_not_null()
    made = whole.with_columns(
        *_counts("full", full, has),
        *_counts("best", pl.col("grade") == BEST, pl.col("grade").fill_null("") != ""),
        *_counts("uncut", full, cut),
        *_counts("above", pl.col("claimed") > pl.col("total"), known),
        pl.col("exact_k", "exact_n").fill_null(0),
        *(() if copied is None else _counts("copied", pl.col("form").is_in(copied.implode()), pl.lit(value=True))),
    )
    return made.collect(engine="streaming").sort("form")


def _counts(name: str, hit: pl.Expr, of: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    counted = of.fill_null(value=False)
    both = (hit & counted).fill_null(value=False)
    return both.cast(pl.Int64).alias(f"{name}_k"), counted.cast(pl.Int64).alias(f"{name}_n")


def measured(forms: pl.DataFrame) -> list[str]:
    """The measures that were taken."""
    return [name for name in MEASURES if f"{name}_n" in forms.columns]


def whole(forms: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """Each measure over all forms."""
    return {name: (int(forms[f"{name}_k"].sum()), int(forms[f"{name}_n"].sum())) for name in measured(forms)}


def grouped(forms: pl.DataFrame, levels: Sequence[str] = tuple(LEVELS)) -> pl.DataFrame:
    """Each measure by group: level, name, measure, k, n; groups with nothing to count are left out."""
    found = [pl.DataFrame(schema=GROUPED)]
    for level in levels:
        named = forms.filter(pl.col(level).fill_null("") != "")
        sums = named.group_by(level).agg(pl.col(f"{one}_{side}").sum() for one in measured(forms) for side in "kn")
        found += [
            sums.filter(pl.col(f"{one}_n") > 0).select(
                pl.lit(level).alias("level"), pl.col(level).alias("name"), pl.lit(one).alias("measure"),
                pl.col(f"{one}_k").alias("k"), pl.col(f"{one}_n").alias("n"),
            )
            for one in measured(forms)
        ]  # fmt: skip
    return pl.concat(found).sort("level", "measure", "name")


def by_operator(scan: Scan) -> dict[str, tuple[int, int]]:
    """Exact hits of lines by the kind of their operator."""
    lines = scan("indicators").filter(
        pl.col("operator").is_in(OPERATORS) & ~pl.col("units_differ") & pl.col("actual").is_not_null()
    )
    hit = (pl.col("actual") == pl.col("target")).sum().cast(pl.Int64)
    rows = lines.filter(pl.col("target").is_not_null()).group_by("operator").agg(k=hit, n=pl.len().cast(pl.Int64))
    found = {name: (k, n) for name, k, n in rows.collect(engine="streaming").iter_rows()}
    return {name: found[name] for name in OPERATORS if name in found}
