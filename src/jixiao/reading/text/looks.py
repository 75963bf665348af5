"""What it costs that a text stands in a column, by its looks alone, in hundredths."""

import re
from typing import Final

from jixiao.form import fold
from jixiao.reading.text.tokens import Token

EMPTY: Final = {
    "deviation": 0, "extra": 30, "target": 400, "other_target": 100, "actual": 380, "sign": 20, "unit": 15,
    "weight": 420, "score": 380,
}  # fmt: skip
"""What an empty cell costs; a name is never empty."""

_SIGN = re.compile(
    r"[≥≤=<>≧≦═⩾⩽]{1,2}|>=|<=|大于|小于|等于|大于等于|小于等于|不低于|不少于|不超过|定性|定量|正向|反向|正向指标|反向指标|定性指标|定量指标"
)
_DONE = re.compile(
    r"(?:已经?|全部|部分|按期|按时|基本|均|未)*(?:达成|完成|达到|实现|达标)(?:年度|预期|年初)*(?:指标|目标|任务|要求|效果|值)*[。.]?"
    r"|达成预期指标并具有较好效果|优秀?|良好?|较?好|是|否|无|有|合格|达标|显著|明显|满意"
)
_DAY = r"(?:20\d\d年|\d{1,2}月|年底|年末|当年|本年|全年|\d+个?(?:工作日|天|日|月|周|小时))"
_DUE = re.compile(rf"(?:[在于]|截至|截止|≤|<|不晚于|按)?{_DAY}.{{0,24}}")
_DATES = re.compile(r"\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日")
_REPORTED = re.compile(r"(?:均?已|未|实际|均未)")
_NAMELIKE = re.compile(
    r".*(?:率|数|量|次数|人数|数量|程度|情况|满意度|及时性|度|性|力|成本|水平|面积|额|效果|作用|标准|时间|增长|质量|影响)$"
)
_REASON = re.compile(
    r"^(?:因|由于|受|原因)|原因|改进|下一步|今后|下年|推迟|延期|调减|不足|偏低|偏高|较长|滞后|未达|未能|预计|后续"
)
_DATED = re.compile(r"\d{1,4}(?:年|月|日|号|周年|年度|季度)|\d+[^\d(（]{1,3}")
_LEVEL_PIECE: Final = frozenset({"指标", "一级", "二级"})
_PAIRS: Final = ("()", "（）", "“”", "《》", "[]", "【】", "「」")
_BRACKET = re.compile("[" + re.escape("".join(_PAIRS)) + "]")
_CANNOT_BEGIN: Final = frozenset("”’），。、；：！？》〕】,.;:!?)]%％的了们")
_NO_NAME_BEGINS: Final = frozenset("（(ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ")
_SELDOM_BEGINS: Final = frozenset("和与及或等地得")


def is_sign(text: str) -> bool:
    """Whether a text is a sign of comparison, or the word 定性 that stands in its column."""
    return bool(_SIGN.fullmatch(fold(text)))


def is_reason(text: str) -> bool:
    """Whether a text has the words of a reason for lost points, or of what will be done about it."""
    return bool(_REASON.search(text))


def stray(token: Token) -> int:
    """What a token costs inside a cell of several tokens of prose."""
    if token.number:
        return 400
    if token.value:
        return 60 if _DATED.fullmatch(token.text) else 300
    if token.nothing:
        return 300
    return 300 if token.text in _LEVEL_PIECE or is_sign(token.text) else 0


def look(kind: str, text: str, first: Token) -> int:
    """What it costs that a text, whose first token is given, stands in a kind of column."""
    cost = _unbalanced(text)
    if text[0] in _CANNOT_BEGIN:
        cost += 120
    elif text[0] in _SELDOM_BEGINS:
        cost += 50
    single = (first.value or first.number or first.nothing) and len(text) == len(first.text)
    if kind == "name":
        return cost + _look_name(text, single=single)
    if kind in ("target", "other_target"):
        return cost + (_LONE_SIGN if is_sign(text) else 0 if single else _look_target(text, first))
    if kind == "actual":
        return cost + (0 if single else _look_actual(text, first))
    if kind == "deviation":
        return cost + (80 if is_reason(text) else 110 if text[-1] == "。" else 150)
    return cost + 50


def begin(before: Token, token: Token) -> int:
    """What it costs that a cell begins with a token, by what stands before it: a date is not cut in two."""
    if before.text[-1] == "月" and _DAY_FIRST.match(token.text):
        return 200
    if before.text[-1] == "年" and _MONTH_FIRST.match(token.text) and before.text[-2:-1].isdigit():
        return 200
    return 120 if before.text[-1].isdigit() and token.text[0] in "年月日号" else 0


_DAY_FIRST = re.compile(r"\d{1,2}[日号]")
_MONTH_FIRST = re.compile(r"\d{1,2}月")


def _unbalanced(text: str) -> int:
    """A cell that opens a bracket closes it."""
    if not _BRACKET.search(text):
        return 0
    return 150 if any(text.count(pair[0]) != text.count(pair[1]) for pair in _PAIRS) else 0


def _look_name(text: str, *, single: bool) -> int:
    if single:
        return 600
    cost = 0 if len(text) >= 3 else 80
    if text[-1] in "。；":
        cost += 60
    cost += 200 * min(2, text.count("。", 0, -1)) + (15 if "，" in text else 0) + (60 if len(text) > _LONG_NAME else 0)
    if _DATES.search(text):
        cost += 60
    if text[0] in _NO_NAME_BEGINS:
        cost += 60
    if is_reason(text):
        cost += 25
    return cost - (15 if _NAMELIKE.match(text) else 0)


def _look_target(text: str, first: Token) -> int:
    if is_value(text, first):
        return 10
    dates = len(_DATES.findall(text))
    if _DUE.fullmatch(text):
        return 40 if dates < 2 else 160
    if text[0] in "≥≤=＝≧≦<>＞＜":
        return 50
    return (90 if len(text) < 60 else 200) + (60 if dates else 0) + (50 if _REPORTED.match(text) else 0)


def _look_actual(text: str, first: Token) -> int:
    if is_value(text, first):
        return 10
    if len(text) <= _LONGEST_VALUE and _DONE.fullmatch(text):
        return 30
    dates = len(_DATES.findall(text))
    return 90 + (60 if dates > 1 else 0) - (20 if dates == 1 or _REPORTED.match(text) else 0)


def is_value(text: str, first: Token) -> bool:
    """Whether a text of several tokens is one typed value: ≥ 95%, 300 个, 12(台（套）)."""
    if len(text) > _LONGEST_VALUE:
        return False
    return bool(_WRAPPED_VALUE.fullmatch(fold(text).replace(" ", ""))) and (
        first.number or first.value or is_sign(first.text) or bool(_WRAPPED_START.fullmatch(fold(first.text)))
    )


_LONG_NAME: Final = 36
_LONE_SIGN: Final = 300
"""A sign without a value is hardly a target."""

_LONGEST_VALUE: Final = 28
_N = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_OPERATOR = r"(?:[≥≤=<>≧≦═⩾⩽]|>=|<=|大于等于|小于等于|不低于|不少于|不超过|大于|小于)?"
_WRAPPED_VALUE = re.compile(rf"{_OPERATOR}{_N}(?:\(?[^\d()，。]{{1,6}}(?:\([^\d()]{{1,6}}\))?\)?|%)?")
_WRAPPED_START = re.compile(rf"{_OPERATOR}{_N}\(?[^\d()]{{0,6}}\(?[^\d()]{{0,6}}\)?")
