"""The seed's seven forms, as their truth says."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from jixiao.form import (
    Execution,
    Form,
    FundRow,
    Funds,
    Goal,
    Indicator,
    Project,
    Total,
    parse_actual,
    parse_number,
    parse_target,
)

TRUTH = Path(__file__).parent.parent / "data" / "truth.json"


def seed_forms() -> list[Form]:
    """The forms in document order."""
    return [_form(entry) for entry in json.loads(TRUTH.read_text(encoding="utf-8"), parse_float=Decimal)]


def _numbers(entry: dict[str, str | None]) -> dict[str, Decimal | None]:
    return {name: parse_number(text or "") for name, text in entry.items()}


def _funds(entry: dict[str, dict[str, str | None]]) -> Funds:
    rows = {name: FundRow(**_numbers(row)) for name, row in entry.items()}
    return Funds(
        total=rows["total"], current_year=rows["current_year"], carryover=rows["carryover"], other=rows["other"]
    )


def _form(entry: dict[str, Any]) -> Form:
    return Form(
        title=entry["title"],
        fiscal_year=entry["fiscal_year"],
        project=Project(entry["project"]),
        department=entry["department"],
        unit=entry["unit"],
        currency_unit=entry["currency_unit"],
        funds=_funds(entry["funds"]),
        execution=Execution(**_numbers(entry["execution"])),
        goal=Goal(**entry["goal"]),
        indicators=tuple(_indicator(row, entry["fiscal_year"]) for row in entry["indicators"]),
        total=Total(**_numbers(entry["total"])),
        grade=entry["grade"],
    )


def _indicator(row: dict[str, str], fiscal_year: int) -> Indicator:
    return Indicator(
        level1=row["level1"],
        level2=row["level2"],
        name=row["name"],
        target=parse_target(row["target"], fiscal_year),
        actual=parse_actual(row["actual"]),
        weight=parse_number(row["weight"]),
        score=parse_number(row["score"]),
        deviation=row["deviation"],
    )
