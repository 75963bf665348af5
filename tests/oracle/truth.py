"""The seven seed forms as a person typed them off: the truth that readers, scorer and checks are held against."""

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
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
    parse_target,
)

FILE = Path(__file__).parents[1] / "data" / "truth.json"


@cache
def truth_forms() -> tuple[Form, ...]:
    """The seven forms, in the order of the document."""
    return tuple(_form(entry) for entry in json.loads(FILE.read_text(encoding="utf-8")))


def _form(entry: Mapping[str, Any]) -> Form:
    year = entry["fiscal_year"]
    return Form(
        title=entry["title"],
        fiscal_year=year,
        project=Project(entry["project"]),
        department=entry["department"],
        unit=entry["unit"],
        currency_unit=entry["currency_unit"],
        funds=_funds(entry["funds"]),
        execution=Execution(**_numbers(entry["execution"])),
        goal=Goal(**entry["goal"]),
        indicators=tuple(_indicator(item, year) for item in entry["indicators"]),
        total=Total(**_numbers(entry["total"])),
        grade=entry["grade"],
    )


def _funds(rows: Mapping[str, Mapping[str, str]]) -> Funds:
    read = {name: FundRow(**_numbers(row)) for name, row in rows.items()}
    return Funds(read["total"], read["current_year"], read["carryover"], read["other"])


def _indicator(item: Mapping[str, str], year: int) -> Indicator:
    return Indicator(
        level1=item["level1"],
        level2=item["level2"],
        name=item["name"],
        target=parse_target(item["target"], year),
        actual=parse_actual(item["actual"]),
        weight=Decimal(item["weight"]),
        score=Decimal(item["score"]),
        deviation=item["deviation"],
    )


def _numbers(row: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(digits) for name, digits in row.items()}
