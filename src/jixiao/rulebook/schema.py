"""The columns that rule texts of books and checks read: what a form and its indicators look like to the rule language.

Domains are what 64-bit back ends rely on; a form outside them is computed exactly all the same in Python.
"""

from decimal import Decimal
from typing import Final

from jixiao.language import Column, Schema

OPERATORS: Final = ("≥", ">", "=", "<", "≤", "range", "before", "qualitative", "")

_YUAN: Final = Decimal(10) ** 11
_QUANTITY: Final = Decimal(10) ** 10
_RATE: Final = Decimal(1000)


def _money(name: str, zh: str, en: str) -> Column:
    return Column(name, scale=2, low=-_YUAN, high=_YUAN, nullable=True, zh=zh, en=en)


def _points(name: str, zh: str, en: str, high: int = 200) -> Column:
    return Column(name, scale=2, low=Decimal(0), high=Decimal(high), nullable=True, zh=zh, en=en)


def _quantity(name: str, zh: str, en: str) -> Column:
    return Column(name, scale=4, low=-_QUANTITY, high=_QUANTITY, nullable=True, zh=zh, en=en)


def _places(name: str, zh: str, en: str) -> Column:
    return Column(name, high=Decimal(20), nullable=True, zh=f"{zh}的小数位数", en=f"decimals of {en}")


def _truth(name: str, zh: str, en: str, *, nullable: bool = False) -> Column:
    return Column(name, "boolean", nullable=nullable, zh=zh, en=en)


def _text(name: str, zh: str, en: str) -> Column:
    return Column(name, "text", zh=zh, en=en)


_FUND_ROWS: Final = (
    ("", "", ""),
    ("current_year_", "当年财政拨款", "current-year appropriation, "),
    ("carryover_", "上年结转资金", "carry-over, "),
    ("other_", "其他资金", "other funds, "),
    ("more_", "其余资金行", "further fund rows, "),
)
_AMOUNTS: Final = (
    ("initial", "年初预算数", "initial budget"),
    ("adjusted", "全年预算数", "adjusted budget"),
    ("executed", "全年执行数", "amount executed"),
)
_FORM: Final = (
    *(
        _money(prefix + name, before_zh + zh, before_en + en)
        for prefix, before_zh, before_en in _FUND_ROWS
        for name, zh, en in _AMOUNTS
    ),
    _truth("has_current_year", "有当年财政拨款行", "current-year row is printed"),
    _truth("has_carryover", "有上年结转资金行", "carry-over row is printed"),
    _truth("has_other", "有其他资金行", "row of other funds is printed"),
    _points("execution_weight", "预算执行分值", "points of execution", 100),
    Column(
        "execution_rate", scale=2, low=-_RATE, high=_RATE, nullable=True, zh="执行率", en="execution rate", unit="%"
    ),
    _points("execution_score", "预算执行自评得分", "claimed execution score"),
    _places("execution_rate_places", "执行率", "execution rate"),
    _places("execution_score_places", "预算执行自评得分", "claimed execution score"),
    _points("declared_cost", "成本指标标题分值", "points in the heading of cost", 100),
    _points("declared_output", "产出指标标题分值", "points in the heading of output", 100),
    _points("declared_benefit", "效益指标标题分值", "points in the heading of benefit", 100),
    _points("declared_satisfaction", "满意度指标标题分值", "points in the heading of satisfaction", 100),
    _points("total_weight", "总分值", "total points"),
    _points("total_score", "自评总分", "claimed total"),
    _places("total_score_places", "自评总分", "claimed total"),
    _text("grade", "自评等级", "claimed grade"),
    Column("fiscal_year", high=Decimal(9999), nullable=True, zh="年度", en="fiscal year"),
    _text("goal_expected", "预期目标", "expected goal"),
    _text("goal_actual", "实际完成情况", "goal as achieved"),
    _text("title", "标题", "title"),
    _text("project", "项目名称", "project"),
    _text("unit", "实施单位", "unit"),
    _text("department", "主管部门", "department"),
    _truth("execution_supported", "支出的佐证", "evidence for the spending", nullable=True),
)
_INDICATOR: Final = (
    Column("operator", "enum", values=OPERATORS, zh="指标性质", en="operator"),
    _quantity("target", "年度指标值", "target"),
    _quantity("target_low", "年度指标值下限", "lower end of target"),
    _quantity("target_high", "年度指标值上限", "upper end of target"),
    _quantity("actual", "实际完成值", "actual"),
    _truth("units_differ", "单位不同", "units differ"),
    _points("weight", "分值", "points", 100),
    _points("score", "自评得分", "claimed score"),
    _places("score_places", "自评得分", "claimed score"),
    _text("level1", "一级指标", "first level"),
    _text("level2", "二级指标", "second level"),
    _text("name", "三级指标", "name"),
    _text("deviation", "偏差原因分析及改进措施", "deviation"),
    _text("target_text", "年度指标值（原文）", "target as printed"),
    _text("actual_text", "实际完成值（原文）", "actual as printed"),
    _text("target_unit", "指标值单位", "unit of target"),
    _text("actual_unit", "完成值单位", "unit of actual"),
    _text("band", "定性档次", "band"),
    _truth("on_time", "按时完成", "on time", nullable=True),
    _truth("supported", "实际完成值的佐证", "evidence for the actual value", nullable=True),
)
SCHEMA: Final = Schema(_FORM, _INDICATOR)
"""Columns by LANG name: f.… of the form, i.… of each indicator."""
