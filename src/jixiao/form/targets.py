"""年度指标值 and 实际完成值 as data: operator, value, unit; ranges; deadlines; what cannot be decided stays text.

以上, 以下, 以内 and 之前 include the number itself, 超过 and 不满 do not: 民法典 article 1259.
"""

import re
from decimal import Decimal
from typing import Final

from jixiao.form.deadlines import read_deadline
from jixiao.form.model import Actual, Operator, Target
from jixiao.form.values import NUMBER, fold, is_nothing, parse_number, plain, tidy

_SIGNS: Final[dict[str, Operator]] = {
    "≥": "≥", "≧": "≥", ">=": "≥", "=>": "≥", "⩾": "≥", "≮": "≥", "大于等于": "≥", "大于或等于": "≥",
    "不低于": "≥", "不得低于": "≥", "不少于": "≥", "不得少于": "≥", "不小于": "≥", "至少": "≥", "达到": "≥",
    "≤": "≤", "≦": "≤", "<=": "≤", "=<": "≤", "⩽": "≤", "≯": "≤", "小于等于": "≤", "小于或等于": "≤",
    "不超过": "≤", "不得超过": "≤", "不超": "≤", "不高于": "≤", "不得高于": "≤", "不大于": "≤", "不多于": "≤",
    "控制在": "≤",
    ">": ">", "﹥": ">", "大于": ">", "超过": ">", "高于": ">", "多于": ">",
    "<": "<", "﹤": "<", "小于": "<", "低于": "<", "少于": "<",
    "=": "=", "==": "=", "═": "=", "﹦": "=", "等于": "=",
}  # fmt: skip
_SUFFIXES: Final[dict[str, Operator]] = {
    "及以上": "≥", "或以上": "≥", "以上": "≥", "及以下": "≤", "或以下": "≤", "以下": "≤",
    "以内": "≤", "之内": "≤", "内": "≤",
}  # fmt: skip
_QUALITATIVE_SIGNS = ("定性", "定性指标", "文字描述")
_INCLUSIVE: Final[tuple[Operator, ...]] = ("≥", "≤")
_STRICT: Final[tuple[Operator, ...]] = (">", "<")
_RATIO_TAILS = frozenset({"", "完成", "达标", "合格", "覆盖", "到位", "满意"})
_NO_UNIT_BEGINS = ("余", "多", "几", "来", "左右", "号")
_NO_UNIT_ENDS = ("前", "后", "底", "末", "内", "左右", "上下")
_NO_UNIT_HOLDS = ("以", "之间", "不", "未", "大于", "小于", "等于", "超", "低于", "高于", "约", "每天", "含")
_NOT_A_NAME = ("每", "不", "未", "非", "或", "且", *(sign for sign in _SIGNS if len(sign) > 1))


def _either(words: dict[str, Operator]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


_N = NUMBER.pattern
_UNSIGNED = _N.removeprefix("[-+]?")
_WORD = r"(?:[^\s\d()\[\]≥≤<>=~≧≦═⩾⩽,;:、。.!?…*#_+-]|(?<=m)[23])"
_UNIT = rf"\(?(?!含)(?P<unit>{_WORD}{{0,12}}?(?:\((?!含){_WORD}{{1,6}}\){_WORD}{{0,6}}?)?)\)?"
_INCLUDED = r"(?P<included>\(含(?:本数)?\))?"
_AMOUNT = rf"(?P<value>{_N}){_UNIT}{_INCLUDED}(?P<suffix>{_either(_SUFFIXES)})?(?P<included_too>\(含(?:本数)?\))?"
_SIMPLE = re.compile(rf"(?P<sign>{_either(_SIGNS)})?{_AMOUNT}")
_NAMED = re.compile(rf"(?P<name>{_WORD}{{1,16}}):?(?P<sign>>=|<=|[≥≤<>=≧≦═]){_AMOUNT}")
_LOW = rf"(?P<low>{_UNSIGNED})(?P<low_unit>{_WORD}{{0,6}}?)"
_HIGH = rf"(?P<high>{_UNSIGNED})"
_RANGES = (
    re.compile(rf"{_LOW}(?:-|—|–|~|～|至|到){_HIGH}{_UNIT}"),
    re.compile(rf"\[{_LOW}(?:-|—|–|~|～|至|到){_HIGH}\]{_UNIT}"),
    re.compile(r"\[(?P<low>[0-9.]+)(?P<low_unit>[%‰]?),(?P<high>[0-9.]+)(?P<unit>[%‰]?)\]"),
    re.compile(rf"{_LOW}(?:≤|≦|<=){_WORD}{{0,16}}?(?:≤|≦|<=){_HIGH}{_UNIT}"),
    re.compile(rf"(?:≥|≧|>=){_LOW}(?:,|、|且|并)?(?:≤|≦|<=){_HIGH}{_UNIT}"),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_AND_MONTH = re.compile(r"(?:19|20)\d\d(?:\.(?:0?[1-9]|1[0-2])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))")
_DONE = re.compile(r"^(?:已|实际|共|全年|累计|共计|合计)*(?:完成|达到|达|举办|开展)?(?:了)?")


def parse_target(text: str, fiscal_year: int | None = None) -> Target:
    """Read a printed 年度指标值.

    Args:
        text: what is printed, wrapped lines already joined.
        fiscal_year: completes a deadline printed without its year (9月前).

    Returns:
        The target, its text as given. A number with no sign is `=`. Where the text is neither a number, a closed
        range nor a deadline, or could be read in two ways, it is `qualitative` with no value; where nothing is
        printed (a dash, a slash) the operator is `None`.
    """
    if is_nothing(text):
        return Target(text=text)
    printed = tidy(text)
    return (
        _read_deadline(text, printed, fiscal_year)
        or _read_simple(text, printed)
        or _read_range(text, printed)
        or Target(text=text, operator="qualitative")
    )


def combine_target(sign: str, value: str, unit: str, fiscal_year: int | None = None) -> Target:
    """A target whose sign, value and unit stand in columns of their own; its text is their concatenation."""
    folded_sign, folded_unit = fold(sign).strip(), _bare(unit)
    qualitative = folded_sign in _QUALITATIVE_SIGNS
    text = "".join(part for part in ("" if qualitative else sign, value, unit) if not is_nothing(part))
    if qualitative:
        return Target(text=text, operator="qualitative", unit=folded_unit)
    operator, number = _SIGNS.get(folded_sign), parse_number(value)
    if operator and number is not None:
        return Target(text=text, operator=operator, value=plain(number), unit=folded_unit)
    return parse_target(text, fiscal_year)


def parse_actual(text: str) -> Actual:
    """Read a printed 实际完成值: its number and unit, where it is one.

    A sign copied from the target stays in the text; > and < leave no number, for they say that it is another one.
    """
    printed = tidy(text)
    for candidate in (_DONE.sub("", printed), printed):
        read = _read_simple(text, candidate)
        if read and read.operator not in _STRICT:
            return Actual(text=text, value=read.number, unit=read.unit)
    return Actual(text=text)


def number_in(text: str) -> Decimal | None:
    """The one number in a text, or `None` where there is none or more than one."""
    found = NUMBER.findall(fold(text))
    return parse_number(found[0]) if len(found) == 1 else None


def _read_simple(text: str, printed: str) -> Target | None:
    match = _SIMPLE.fullmatch(printed) or _named(printed)
    if not match:
        return None
    operator, unit = _operator(match), _unit_of(match["value"], match["unit"])
    number = parse_number(match["value"])
    if operator is None or unit is None or number is None or _is_calendar(match):
        return None
    return Target(text=text, operator=operator, value=plain(number), unit=unit)


def _named(printed: str) -> re.Match[str] | None:
    match = _NAMED.fullmatch(printed)
    return match if match and not any(word in match["name"] for word in _NOT_A_NAME) else None


def _operator(match: re.Match[str]) -> Operator | None:
    sign, suffix = _SIGNS.get(match["sign"] or ""), _SUFFIXES.get(match["suffix"] or "")
    if sign and suffix and sign != suffix:
        return None
    operator: Operator = sign or suffix or "="
    included = match["included"] or match["included_too"]
    return None if included and operator not in _INCLUSIVE else operator


def _unit_of(value: str, unit: str) -> str | None:
    if unit[:1] in ("%", "‰") and unit:
        return unit[0] if unit[1:] in _RATIO_TAILS else None
    if unit.startswith(_NO_UNIT_BEGINS) or unit.endswith(_NO_UNIT_ENDS) or any(word in unit for word in _NO_UNIT_HOLDS):
        return None
    return None if unit.startswith("年") and _YEAR.fullmatch(value) else unit


def _is_calendar(match: re.Match[str]) -> bool:
    """Whether an unsigned number without a unit may as well be a month or a day (2024.12, 20241231)."""
    if match["sign"] or match["suffix"]:
        return False
    return not match["unit"] and bool(_YEAR_AND_MONTH.fullmatch(match["value"]))


def _read_range(text: str, printed: str) -> Target | None:
    match = next((found for pattern in _RANGES if (found := pattern.fullmatch(printed))), None)
    if not match:
        return None
    low, high, unit = parse_number(match["low"]), parse_number(match["high"]), _common_unit(match)
    if low is None or high is None or low > high or unit is None or unit.startswith(("年", "月", "日")):
        return None
    if not unit and _YEAR.fullmatch(match["low"]):
        return None
    return Target(text=text, operator="range", value=(plain(low), plain(high)), unit=unit)


def _common_unit(match: re.Match[str]) -> str | None:
    low, high = _unit_of(match["low"], match["low_unit"]), _unit_of(match["high"], match["unit"])
    if low is None or high is None:
        return None
    if low in ("万", "亿", "千", "百") and high.startswith(low):
        return high
    return high or low if not low or not high or low == high else None


def _read_deadline(text: str, printed: str, fiscal_year: int | None) -> Target | None:
    value = read_deadline(printed, fiscal_year)
    return Target(text=text, operator="before", value=value) if value else None


def _bare(unit: str) -> str:
    folded = fold(unit).strip()
    if is_nothing(folded):
        return ""
    return folded[1:-1].strip() if folded.startswith("(") and folded.endswith(")") else folded
