"""Features of a form's heading: placeholders, a title that names another project, a unit of another county."""

import re
from typing import Final

from jixiao.form import Form
from jixiao.language import Cell, Column
from jixiao.review.content import clipped
from jixiao.review.features.columns import flag, words
from jixiao.review.lexicon import Lexicons
from jixiao.review.wording import bare

COLUMNS: Final[tuple[Column, ...]] = (
    flag("heading_template", "名称留有占位文字", "a placeholder was left in a name"),
    words("title_names_other", "表题所写的另一名称", "another name that the title gives"),
    words("unit_elsewhere", "单位与主管部门所在的两个县", "two counties, of unit and department"),
)
"""Features of a form, read as `f.name`."""

_ABOVE: Final = re.compile(r"[省市州盟]")
_COUNTY: Final = re.compile(r"^([\u4e00-\u9fff]{1,8}?(?:县|旗))")
_LEAST_NAME: Final = 4


def heading(form: Form, lexicons: Lexicons) -> dict[str, Cell]:
    """What the heading says, by name of column."""
    names = [clipped(text) for text in (form.project.name, form.unit, form.department)]
    return {
        "heading_template": any(lexicons["heading_template"].matches(name) for name in names),
        "title_names_other": _other_name(clipped(form.title), "".join(names), lexicons),
        "unit_elsewhere": _elsewhere(names[1], names[2]),
    }


def _other_name(title: str, names: str, lexicons: Lexicons) -> str:
    """What a title names beside words that every title has, where hardly a character of it stands in the heading."""
    own = bare(lexicons["title_words"].pattern.sub("", title))
    known = sum(1 for letter in own if letter in names)
    return own if len(own) >= _LEAST_NAME and names and known * 3 < len(own) else ""


def _elsewhere(unit: str, department: str) -> str:
    here, there = _county(unit), _county(department)
    same = not here or not there or here.endswith(there) or there.endswith(here)
    return "" if same else f"{here}、{there}"


def _county(name: str) -> str:
    match = _COUNTY.match(_ABOVE.split(name)[-1])
    return match[1] if match else ""
