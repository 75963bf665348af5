"""Rows of filings made by rule, as many as asked for: the same every time, with every kind of gap among them."""

from datetime import date, timedelta
from decimal import Decimal

from jixiao.office.overview.rows import STAGES, Row

CODES = ("JX104", "JX107", "JX204", "JX302", "JX304", "JX312", "JX401", "JX420")


def made(count: int, units: int = 4) -> list[Row]:
    """So many rows over so many units below "/1/2/"."""
    return [_row(number, units) for number in range(1, count + 1)]


def _row(number: int, units: int) -> Row:
    stage = tuple(STAGES)[number * 7 % len(STAGES)]
    filed = date(2025, 1, 5) + timedelta(days=number * 3 % 25)
    initial = Decimal(100_000 + number * 12_345) / 100
    adjusted = initial * (100 - number * 11 % 60) / 100 if number % 4 else initial
    asked = {code: 1 + number % 2 for at, code in enumerate(CODES) if (number >> (at % 5)) & 1 and number % 5}
    claimed = None if number % 17 == 0 else Decimal(100 if number % 3 else 70 + number % 31)
    computed = None if claimed is None or number % 13 == 0 else claimed - Decimal(number % 9) / 2
    return Row(
        key=0 if stage == "open" else number,
        node=f"/1/2/{10 + number % units}/",
        unit=f"第{number % units + 1}中心",
        project=f"项目{number}",
        code=f"P{number:04}",
        stage=stage,
        filed=None if stage == "open" else filed,
        claimed=claimed,
        computed=computed,
        low=computed,
        claimed_grade="" if claimed is None else "优" if claimed >= 90 else "良" if claimed >= 80 else "中",
        grade="" if computed is None else "优" if computed >= 90 else "良" if computed >= 80 else "中",
        initial=None if number % 19 == 0 else initial,
        adjusted=adjusted,
        executed=None if number % 23 == 0 else adjusted * (60 + number % 43) / 100,
        asked=asked,
        points=Decimal(number % 7),
        known=number,
    )
