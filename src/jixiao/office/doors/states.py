"""What the states of a filing are called, in the order in which it passes them. No other list has these words."""

from collections.abc import Mapping
from typing import Final

from jixiao.office.doors.table import APPROVED, DRAFT, PUBLISHED, WITH_DEPARTMENT, WITH_FINANCE, WITH_HEAD
from jixiao.scoring.sheet import Text

WORDS: Final[Mapping[str, Text]] = {
    DRAFT: Text("填报中", "being filled in"),
    WITH_HEAD: Text("待单位负责人审核", "with the unit head"),
    WITH_DEPARTMENT: Text("待主管部门审核", "with the department"),
    WITH_FINANCE: Text("待财政审核", "with finance"),
    APPROVED: Text("已审定", "approved"),
    PUBLISHED: Text("已公开", "published"),
}
"""A state in words, as a tag or in a list."""

STEPS: Final[Mapping[str, Text]] = {
    DRAFT: Text("填报", "Draft"),
    WITH_HEAD: Text("单位负责人", "Unit head"),
    WITH_DEPARTMENT: Text("主管部门", "Department"),
    WITH_FINANCE: Text("财政", "Finance"),
    APPROVED: Text("审定", "Approved"),
    PUBLISHED: Text("公开", "Published"),
}
"""The same as a step of the line at the head of a filing's pages."""
