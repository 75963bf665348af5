"""Measurability 可衡量性: which of seven plain facts hold of an indicator, each told as a reason.

The facts are those the questions of a review rest on, by the same word lists; the grade is how many of them hold. What
forms do not print (a baseline, a source of proof) is not guessed.
"""

from typing import Final

import polars as pl
from msgspec import Struct

from jixiao.scoring.sheet import Text


class Fact(Struct, frozen=True):
    """One fact: its name in tables, and how it is told where it holds and where not."""

    name: str
    holds: Text
    fails: Text


FACTS: Final = (
    Fact("has_number", Text("指标值有数", "the target has a number"), Text("指标值没有数", "the target has no number")),
    Fact("has_sign", Text("有比较符号或期限", "there is a sign or a deadline"),
         Text("没有比较符号或期限", "there is neither sign nor deadline")),
    Fact("has_unit", Text("有单位", "there is a unit"), Text("没有单位", "there is no unit")),
    Fact("has_measure", Text("指标值有尺度", "the target can be measured by"),
         Text("指标值只是评语", "the target is a word of praise")),
    Fact("name_says_what", Text("名称说明衡量什么", "the name says what is measured"),
         Text("名称没有说明衡量什么", "the name does not say what is measured")),
    Fact("can_be_counted", Text("可以计数或调查", "it can be counted or surveyed"),
         Text("无人测量过这样的百分比", "nobody measures such a per cent")),
    Fact("not_itself", Text("不以项目自身衡量", "the project is not measured by itself"),
         Text("以项目自身衡量项目", "the project is measured by itself")),
)  # fmt: skip
READS: Final = ("operator", "target", "target_low", "due", "target_unit")
"""Columns of `indicators` that the facts rest on."""
FEATURES: Final = ("vague_target", "name_vague", "unmeasured", "self_referring")
"""Columns of `features_of_indicators` that the facts rest on."""
_SIGNS: Final = ("≥", ">", "=", "<", "≤", "range", "before")


def facts() -> list[pl.Expr]:
    """The facts of each indicator as columns, in the order of `FACTS`."""
    number = pl.col("target").is_not_null() | pl.col("target_low").is_not_null() | pl.col("due").is_not_null()
    unit = (pl.col("target_unit") != "") | pl.col("due").is_not_null()
    told = (number, pl.col("operator").is_in(_SIGNS), unit, *(~pl.col(name) for name in FEATURES))
    return [fact.fill_null(value=False).alias(named.name) for fact, named in zip(told, FACTS, strict=True)]


def reasons(holding: dict[str, bool]) -> tuple[Text, ...]:
    """The facts told, those that fail first."""
    told = [(fact.holds if holding[fact.name] else fact.fails, holding[fact.name]) for fact in FACTS]
    return tuple(text for text, _ in sorted(told, key=lambda pair: pair[1]))
