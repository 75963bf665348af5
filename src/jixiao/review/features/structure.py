"""Features of a form's build: cells left blank, years that are not the form's, shares that cannot exceed the whole."""

import re
from typing import Final

from jixiao.form import Form, Indicator, fold
from jixiao.language import Cell, Column
from jixiao.review.features.columns import count, flag, year
from jixiao.review.lexicon import Lexicons
from jixiao.review.locate import blanks, is_left_blank, overspent
from jixiao.review.wording import squeeze

FORM_COLUMNS: Final[tuple[Column, ...]] = (
    count("blanks", "应填而空着的格子", "cells that must be filled in and are empty"),
    flag("grade_blank", "印有等级而空着", "a cell for the grade is there and empty"),
    count("rows_overspent", "执行数大于预算数的资金行", "fund rows of which more was spent than budgeted"),
    year("latest_year_told", "实际完成情况所说的最近年份", "the latest year that the result names"),
)
"""Features of a form, read as `f.name`."""

LINE_COLUMNS: Final[tuple[Column, ...]] = (
    flag("share_of_whole", "占总体的比例，不会超过百分之百", "a share of a whole, never above 100 per cent"),
    year("due_year", "期限所在年份", "the year of the deadline"),
)
"""Features of an indicator, read as `i.name`."""

_PER_CENT: Final = frozenset({"%", "百分比"})
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)年")


def whole_structure(form: Form) -> dict[str, Cell]:
    """The features of a form."""
    years = [int(found) for found in _YEAR.findall(fold(form.goal.actual))] if "年" in form.goal.actual else []
    return {
        "blanks": len(blanks(form)),
        "grade_blank": is_left_blank(form, "/grade"),
        "rows_overspent": len(overspent(form)),
        "latest_year_told": max(years, default=None),
    }


def line_structure(line: Indicator, lexicons: Lexicons) -> dict[str, Cell]:
    """The features of an indicator."""
    per_cent = line.target.unit in _PER_CENT or fold(line.actual.unit) in _PER_CENT
    due = line.target.due
    return {
        "share_of_whole": per_cent and lexicons["share_of_whole"].matches(squeeze(line.name)),
        "due_year": None if due is None else int(due[:4]),
    }
