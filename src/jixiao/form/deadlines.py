"""Days and deadlines in printed words: 9月底前, 在2024年12月31日前…, 2024-12-31, 2024年底前."""

import re
from calendar import monthrange
from datetime import date

from jixiao.form.values import tidy

_NUMERIC = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)(?P<sep>[./-])(?P<month>\d{1,2})"
    r"(?:(?P=sep)(?P<day>\d{1,2})日?(?![\d.%])|(?=[前底末之以内])|(?<=[-/]\d\d)(?![\d.%/-]))"
)
_DATE = re.compile(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?:份)?(?:(?P<day>\d{1,2})(?!\d)[日号]?)?"
    r"(?P<end>底|末)?(?P<by>之前|以前|前|以内|内)?"
)
_YEAR_END = re.compile(r"(?<![去明前后次上每两三\d])(?:(?P<year>(?:19|20)\d\d)年?|本?年)度?年?[底末](?:之前|以前|前)?")
_IN_YEAR = re.compile(
    r"(?:≤|≦|<=)?在?(?:(?P<year>(?:19|20)\d\d)年度?(?:以内|之内|内)?|[本当]?年度?(?:以内|之内|内))(?:完成)?"
)
_SIGNED = ("≤", "≦", "<=", "不晚于", "不迟于")
_DIGIT = re.compile(r"\d")


def parse_day(text: str, fiscal_year: int | None = None) -> date | None:
    """The day a text names, if it names exactly one (2024年11月30日完成); `None` otherwise.

    A day printed without its year (11月30日) is of the fiscal year.
    """
    days = [
        day for match in _DATE.finditer(_in_words(tidy(text))) if match["day"] and (day := _day(match, fiscal_year))
    ]
    return days[0] if len(days) == 1 else None


def parse_span(text: str, fiscal_year: int | None = None) -> tuple[date, date] | None:
    """The first and the last day of the one day or one whole month a text names (2024年11月, 于11月); `None` otherwise.

    A month without its year is of the fiscal year where the text begins with it, for elsewhere it may be a length of
    time; a month with 前 has no first day.
    """
    day = parse_day(text, fiscal_year)
    if day:
        return day, day
    words = _in_words(tidy(text))
    found = list(_DATE.finditer(words))
    if len(found) != 1 or found[0]["day"] or found[0]["by"]:
        return None
    if not found[0]["year"] and words[: found[0].start()] not in ("", "于", "在"):
        return None
    year, month = _year(found[0], fiscal_year), int(found[0]["month"])
    if year is None or not 1 <= month <= 12:
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def read_deadline(printed: str, fiscal_year: int | None = None) -> str | None:
    """The deadline a tidied text sets: an ISO day, or an ISO month where only a month is named (9月前).

    A month that only ≤ makes a deadline (≤12月) is left a number, for it may be a length of time. `None` where there
    is none, where it has no year and `fiscal_year` is `None`, and where another number stands beside it
    (年底前完成5项), for then the deadline is only half of the target.
    """
    words = _in_words(printed)
    return _month_or_day(words, fiscal_year) or _year_end(words, fiscal_year)


def _in_words(printed: str) -> str:
    return _NUMERIC.sub(_worded, printed)


def _worded(match: re.Match[str]) -> str:
    day = f"{match['day']}日" if match["day"] else ""
    return f"{match['year']}年{match['month']}月{day}"


def _month_or_day(words: str, fiscal_year: int | None) -> str | None:
    match = _DATE.search(words)
    if not match or _DIGIT.search(words[: match.start()] + words[match.end() :]):
        return None
    before = words[: match.start()]
    signed = before.endswith(_SIGNED) and (match["year"] or match["day"])
    if not (match["by"] or match["end"] or signed or match[0] == words):
        return None
    if match["day"]:
        day = _day(match, fiscal_year)
        return day.isoformat() if day else None
    return _month(match, fiscal_year)


def _month(match: re.Match[str], fiscal_year: int | None) -> str | None:
    year, month = _year(match, fiscal_year), int(match["month"])
    if year is None or not 1 <= month <= 12:
        return None
    return f"{year:04}-{month:02}" + (f"-{monthrange(year, month)[1]:02}" if match["end"] else "")


def _year_end(words: str, fiscal_year: int | None) -> str | None:
    match = _IN_YEAR.fullmatch(words) or _YEAR_END.search(words)
    if not match or _DIGIT.search(words[: match.start()] + words[match.end() :]):
        return None
    year = _year(match, fiscal_year)
    return f"{year:04}-12-31" if year else None


def _year(match: re.Match[str], fiscal_year: int | None) -> int | None:
    year = int(match["year"]) if match["year"] else fiscal_year
    return year if year is not None and date.min.year <= year <= date.max.year else None


def _day(match: re.Match[str], fiscal_year: int | None) -> date | None:
    year, month, day = _year(match, fiscal_year), int(match["month"]), int(match["day"])
    if year is None or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)
