"""年度指标值 and 实际完成值 as data: operator, value, unit; ranges; deadlines; qualitative text stays text."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from jixiao.form.model import Actual, Operator, Target
from jixiao.form.values import NUMBER, fold, parse_number, plain

_SIGNS: Final[dict[str, Operator]] = {
    "≥": "≥", "≧": "≥", ">=": "≥", "=>": "≥", "⩾": "≥", "＞＝": "≥", "大于等于": "≥", "大于或等于": "≥", "不低于": "≥",
    "不少于": "≥", "不小于": "≥", "至少": "≥", "达到": "≥",
    "≤": "≤", "≦": "≤", "<=": "≤", "=<": "≤", "⩽": "≤", "小于等于": "≤", "小于或等于": "≤", "不超过": "≤", "不高于": "≤",
    "不大于": "≤", "不多于": "≤", "控制在": "≤",
    ">": ">", "大于": ">", "超过": ">", "高于": ">", "多于": ">",
    "<": "<", "小于": "<", "低于": "<", "少于": "<",
    "=": "=", "═": "=", "等于": "=",
}  # fmt: skip
_SUFFIXES: Final[dict[str, Operator]] = {
    "及以上": "≥", "或以上": "≥", "以上": "≥", "及以下": "≤", "或以下": "≤", "以下": "≤", "以内": "≤", "之内": "≤", "内": "≤",
}  # fmt: skip
_QUALITATIVE_SIGNS = ("定性", "定性指标", "文字描述")

_SIGN = "|".join(sorted((re.escape(sign) for sign in _SIGNS), key=len, reverse=True))
_SUFFIX = "|".join(sorted(_SUFFIXES, key=len, reverse=True))
_N = NUMBER.pattern
_UNSIGNED = _N.removeprefix("[-+]?")
_UNIT = r"\(?(?P<unit>[^\d()≥≤<>=~]{0,12}?)\)?"
_SIMPLE = re.compile(rf"(?P<sign>{_SIGN})?\s*(?P<value>{_N})\s*{_UNIT}(?P<suffix>{_SUFFIX})?")
_NAMED = re.compile(
    rf"[^\d≥≤<>=≧≦═]{{1,16}}(?P<sign>[≥≤<>=≧≦═]|>=|<=)\s*(?P<value>{_N})\s*{_UNIT}(?P<suffix>{_SUFFIX})?"
)
_RANGE = re.compile(
    rf"[\[(]?\s*(?P<low>{_UNSIGNED})\s*(?P<low_unit>[%‰])?\s*(?:-|—|–|~|～|至|到|,|、)\s*(?P<high>{_UNSIGNED})\s*[\])]?\s*{_UNIT}"
)
_SANDWICH = re.compile(rf"(?P<low>{_N})\s*[≤<≦]=?\s*[^\d≤<]{{0,16}}?\s*[≤<≦]=?\s*(?P<high>{_N})\s*{_UNIT}")
_BY = r"(?:底|末)?(?:之?前|以前|内|底|末)"
_DATE = re.compile(
    rf"(?:(?P<year>\d{{4}})\s*[年./-]\s*)?(?P<month>\d{{1,2}})\s*(?:[月./-]\s*(?:(?P<day>\d{{1,2}})\s*[日号]?)?)\s*(?P<by>{_BY})?"
)
_YEAR_END = re.compile(r"(?:(?P<year>\d{4})\s*年?|本?年)(?:度)?(?:年)?(?:底|末)(?:之?前|以前)?")
_DONE = re.compile(r"^(?:已|实际|共|全年|累计|共计|合计)*(?:完成|达到|达|举办|开展)?(?:了)?")


def parse_target(text: str, fiscal_year: int | None = None) -> Target:
    """Read a printed 年度指标值.

    Args:
        text: what is printed, wrapped lines already joined.
        fiscal_year: completes a deadline printed without its year (9月前).

    Returns:
        The target; `qualitative` with no value where the text is neither a number, a range nor a deadline. A number
        with no sign is `=`.
    """
    folded = fold(text).strip()
    return (
        _read_range(text, folded)
        or _read_deadline(text, folded, fiscal_year)
        or _read_simple(text, folded)
        or Target(text=text, operator="qualitative", value=None, unit="")
    )


def combine_target(sign: str, value: str, unit: str, fiscal_year: int | None = None) -> Target:
    """A target whose sign, value and unit stand in columns of their own; its text is their concatenation."""
    folded_sign = fold(sign).strip()
    text = f"{sign}{value}{unit}" if folded_sign not in _QUALITATIVE_SIGNS else value + unit
    operator = _SIGNS.get(folded_sign)
    number = parse_number(value)
    if operator and number is not None:
        return Target(text=text, operator=operator, value=plain(number), unit=fold(unit).strip())
    if folded_sign in _QUALITATIVE_SIGNS:
        return Target(text=text, operator="qualitative", value=None, unit=fold(unit).strip())
    return parse_target(text, fiscal_year)


def parse_actual(text: str) -> Actual:
    """Read a printed 实际完成值: its number and unit, where it is one; a sign copied into it is left in the text."""
    folded = fold(text).strip()
    match = _SIMPLE.fullmatch(_DONE.sub("", folded)) or _SIMPLE.fullmatch(folded)
    if not match or _DATE.fullmatch(folded):
        return Actual(text=text, value=None, unit="")
    number = parse_number(match["value"])
    return Actual(text=text, value=number, unit=match["unit"].strip())


def parse_day(text: str, fiscal_year: int | None = None) -> date | None:
    """The day a text names, if it names exactly one (2024年11月30日完成); `None` otherwise."""
    days = [
        made for match in _DATE.finditer(fold(text)) if match["day"] and (made := _day(match, fiscal_year)) is not None
    ]
    return days[0] if len(days) == 1 else None


def _read_simple(text: str, folded: str) -> Target | None:
    match = _SIMPLE.fullmatch(folded) or _NAMED.fullmatch(folded)
    if not match:
        return None
    number = parse_number(match["value"])
    sign = _SIGNS.get(match["sign"] or "")
    suffix = _SUFFIXES.get(match["suffix"] or "")
    if number is None or (sign and suffix and sign != suffix):
        return None
    return Target(text=text, operator=sign or suffix or "=", value=plain(number), unit=match["unit"].strip())


def _read_range(text: str, folded: str) -> Target | None:
    match = _RANGE.fullmatch(folded) or _SANDWICH.fullmatch(folded)
    if not match:
        return None
    low, high = parse_number(match["low"]), parse_number(match["high"])
    if low is None or high is None or low > high or match["unit"].startswith(("年", "月", "日")):
        return None
    low_unit = match.groupdict().get("low_unit") or ""
    return Target(text=text, operator="range", value=(plain(low), plain(high)), unit=match["unit"].strip() or low_unit)


def _read_deadline(text: str, folded: str, fiscal_year: int | None) -> Target | None:
    value = _year_end(folded, fiscal_year) or _month_or_day(folded, fiscal_year)
    return Target(text=text, operator="before", value=value, unit="") if value else None


def _year_end(folded: str, fiscal_year: int | None) -> str | None:
    match = _YEAR_END.search(folded)
    if not match or len(_DATE.findall(folded)) > 1:
        return None
    year = int(match["year"]) if match["year"] else fiscal_year
    return f"{year:04}-12-31" if year else None


def _month_or_day(folded: str, fiscal_year: int | None) -> str | None:
    matches = [match for match in _DATE.finditer(folded) if "月" in match[0] or match["year"]]
    if len(matches) != 1:
        return None
    match = matches[0]
    signed = folded[: match.start()].rstrip().endswith(("≤", "<", "≦", "<=", "不晚于", "不迟于"))
    whole = match[0] == folded
    if not (match["by"] or signed or whole):
        return None
    year = int(match["year"]) if match["year"] else fiscal_year
    month = int(match["month"])
    if year is None or not 1 <= month <= 12:
        return None
    if match["day"]:
        day = _day(match, fiscal_year)
        return day.isoformat() if day else None
    return f"{year:04}-{month:02}"


def _day(match: re.Match[str], fiscal_year: int | None) -> date | None:
    year = int(match["year"]) if match["year"] else fiscal_year
    if year is None:
        return None
    try:
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def number_in(text: str) -> Decimal | None:
    """The one number in a text, or `None` where there is none or more than one."""
    found = NUMBER.findall(fold(text))
    return parse_number(found[0]) if len(found) == 1 else None
