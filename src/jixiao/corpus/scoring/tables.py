"""The published tables of scores, contract `jixiao/scores/1`: a row a form, and a row an indicator."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
import polars as pl

from jixiao.corpus.schema import Field, Table
from jixiao.review import ANSWERS
from jixiao.review.page import Checks

NUMBER: Final = pl.UInt8()
"""The number of an answer in `ANSWERS`, as engines give it."""
SCORES_SCHEMA: Final = "jixiao/scores/1"
OF_FORMS: Final = "scores_of_forms"
OF_INDICATORS: Final = "scores_of_indicators"
ANSWER: Final = pl.Enum(ANSWERS)
"""Answers in words, kept as numbers; null where the rulebook's checks were not asked."""
_FORM: Final = Field("form", "number", "表号（在本库内）", "number of the form in this corpus")
_SCORES: Final[Mapping[str, tuple[Field, ...]]] = {
    OF_FORMS: (
        _FORM,
        Field("rulebook", "text", "所依规则集", "id of the rulebook that scored it"),
        Field("fingerprint", "text", "规则集指纹", "fingerprint of that rulebook"),
        Field("alone", "truth", "单独计算", "computed by itself, for a number lay outside what columns hold"),
        Field("execution_score", "number", "预算执行得分（重算）", "score of execution, computed", 2, "分"),
        Field("total", "number", "总分（重算）", "total, computed; null where it cannot be", 2, "分"),
        Field("total_low", "number", "总分下限（重算）", "lower end of the total, computed", 2, "分"),
        Field("grade_computed", "text", "等级（重算）", "grade, computed"),
    ),
    OF_INDICATORS: (
        _FORM,
        Field("at", "number", "指标序号（从 0 起）", "which indicator of its form, from 0"),
        Field("score", "number", "得分（重算）", "score, computed; null where it cannot be", 2, "分"),
        Field("low", "number", "得分下限（重算）", "lower end of the score", 2, "分"),
        Field("high", "number", "得分上限（重算）", "upper end of the score", 2, "分"),
        Field("agrees", "truth", "与填报一致", "whether the claimed score agrees; null where it cannot be said"),
    ),
}
VALUES: Final = ("execution_score", "total", "total_low", "grade_computed", "score", "low", "high", "agrees")
"""The named values that the tables hold."""


def table_of(name: str, checks: Checks, codes: Iterable[str]) -> Table:
    """One of the two tables, with a column for each check that is answered in it.

    Args:
        name: `OF_FORMS` or `OF_INDICATORS`.
        checks: all checks.
        codes: those answered in this table.
    """
    zh, en = ("各表得分与回答", "scores of forms") if name == OF_FORMS else ("各指标得分与回答", "scores of indicators")
    answers = [
        Field(code, "text", checks[code].name, f"answer of check {code}: {', '.join(ANSWERS)}") for code in codes
    ]
    return Table(name, zh, en, (*_SCORES[name], *answers))


def typed(name: str, frame: pl.DataFrame, codes: Sequence[str]) -> pl.DataFrame:
    """A frame with the columns of a table in order, answers in words; a check that a book does not ask here is null."""
    known = Table(name, "", "", _SCORES[name]).dtypes
    nothing = pl.Series([None], dtype=ANSWER).new_from_index(0, len(frame))
    told = [(in_words(frame[code]) if code in frame.columns else nothing).alias(code) for code in codes]
    return frame.select(list(known)).hstack(told)


def in_words(numbers: pl.Series) -> pl.Series:
    """Numbers of answers as words; a column that says one thing only, as most do, is made of that."""
    low, high = numbers.min(), numbers.max()
    if low is None or low != high or numbers.null_count():
        return numbers.cat.to(ANSWER)
    return numbers.head(1).cat.to(ANSWER).new_from_index(0, len(numbers))


def metadata(table: Table) -> dict[str, str]:
    """What each file says of itself."""
    return {"schema": SCORES_SCHEMA, "table": table.name, "columns": msgspec.json.encode(table.fields).decode()}
