"""A day number of a spreadsheet as its date format shows it (ECMA-376 part 1, 18.17.4: both day counts)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  # a printed day has no zone
_SECONDS_A_DAY = 86_400
_LAST_DAY = 2_958_465
_PHANTOM_DAY = 60  # 29 February 1900, which never was; earlier day numbers are one off
_WEEKDAYS = "一二三四五六日"


def show(number: Decimal, tokens: Sequence[tuple[str, str]], *, from_1904: bool) -> str | None:
    """The text of a date format.

    Args:
        number: days, with the time of day as its fraction.
        tokens: (kind, text) pieces of the format section.
        from_1904: which day count the workbook uses.

    Returns:
        The text, or `None` where the number is no day.
    """
    if not 0 <= number <= _LAST_DAY:
        return None
    seconds = int((number * _SECONDS_A_DAY).to_integral_value(ROUND_HALF_UP))
    moment = _moment(seconds, from_1904=from_1904)
    halves = any(kind == "half" for kind, _ in tokens)
    kinds = list(_resolved(tokens))
    return "".join(_piece(kind, text, moment, seconds, halves=halves) for kind, text in kinds)


def _moment(seconds: int, *, from_1904: bool) -> datetime:
    if from_1904:
        return _EPOCH_1904 + timedelta(seconds=seconds)
    early = timedelta(days=1 if seconds < _PHANTOM_DAY * _SECONDS_A_DAY else 0)
    return _EPOCH_1900 + early + timedelta(seconds=seconds)


def _resolved(tokens: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Tokens with `m` told apart: minutes after hours or before seconds, else months."""
    times = [(at, text[0].lower()) for at, (kind, text) in enumerate(tokens) if kind in ("date", "elapsed")]
    for at, (kind, text) in enumerate(tokens):
        if kind == "date" and text[0] in "mM":
            before = next((letter for place, letter in reversed(times) if place < at), "")
            after = next((letter for place, letter in times if place > at), "")
            yield ("minute" if before == "h" or after == "s" else "date"), text
        else:
            yield kind, text


def _piece(kind: str, text: str, moment: datetime, seconds: int, *, halves: bool) -> str:
    if kind == "date":
        return _date_piece(text.lower(), moment, halves=halves)
    if kind == "minute":
        return f"{moment.minute:0{min(len(text), 2)}}"
    if kind == "elapsed":
        unit = {"h": 3600, "m": 60, "s": 1}[text[0].lower()]
        return f"{seconds // unit:0{len(text)}}"
    if kind == "half":
        return text.split("/")[0 if moment.hour < 12 else 1]
    return text if kind in ("literal", "mark") else ""


def _date_piece(text: str, moment: datetime, *, halves: bool) -> str:
    letter, length = text[0], len(text)
    if letter in "ye":
        return f"{moment.year % 100:02}" if letter == "y" and length <= 2 else f"{moment.year}"
    if letter == "a":
        return ("周" if length == 3 else "星期") + _WEEKDAYS[moment.weekday()]
    if length >= 3 and letter in "md":
        name = moment.strftime("%B" if letter == "m" else "%A")
        return name[0] if length == 5 else name if length == 4 else name[:3]
    hour = (moment.hour - 1) % 12 + 1 if halves else moment.hour
    value = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}[letter]
    return f"{value:0{min(length, 2)}}"
