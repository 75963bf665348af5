"""Suggestions from a mined library: measurable names for vague ones, usual targets, sources without names of units."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jixiao.office.filing.mined import is_vague, mined
from jixiao.scoring.sheet import Text
from jixiao.writing.indicators.report import Entry, Library, Source, Spread
from jixiao.writing.indicators.write import write_json
from office.making import Office, make_filing

Enter = Callable[[str], Client]
VAGUE = "提高服务水平"


def entry(name: str, units: int, measurability: int) -> Entry:
    """An entry of a library."""
    spread = Spread(4, *(Decimal(number) for number in (80, 90, 95, 98, 100)))
    source = Source("公开.pdf", 3, 4, 2, None, "某中心", "某项目", 2024, Decimal(95), Decimal(97))
    reasons = (Text("指标值有数", "the target has a number"),)
    return Entry(
        name, "满意度指标", "服务对象满意度指标", "%", 9, units, 2, "≥ 8，= 1", spread, spread, measurability, reasons,
        (source,),
    )  # fmt: skip


@pytest.fixture
def library(tmp_path: Path, settings: Any) -> Path:
    """A library of three entries, set for the office."""
    path = tmp_path / "indicators.json"
    entries = (entry("服务对象满意度", 5, 7), entry("只有一家用的满意度", 1, 7), entry("服务水平提升情况", 5, 3))
    path.write_bytes(write_json(Library("0" * 64, 20, entries)))
    settings.INDICATORS = str(path)
    return path


def ask(client: Client, number: int, cell: str, text: str) -> dict[str, str]:
    """The suggested texts with their notes."""
    answer = client.get(f"/filings/{number}/suggest", {"cell": cell, "text": text})
    return {each["text"]: each["note"] for each in answer.json()["suggestions"]}


@pytest.mark.usefixtures("library")
def test_a_vague_name_is_answered_with_a_measurable_one_and_its_sources(office: Office, signed_in: Enter) -> None:
    """What others count is offered, with forms, units, the middle target and the page; no unit or project is named."""
    found = ask(signed_in("clerk"), make_filing(office).pk, "k99/name", VAGUE)
    assert is_vague(VAGUE)
    assert not is_vague("服务对象满意度")
    note = found["服务对象满意度"]
    assert all(part in note for part in ("改写", "9 张表、5 个单位", "中位 95%", "公开.pdf #3/4 第 2 页"))
    assert "某中心" not in note
    assert "某项目" not in note
    assert "服务水平提升情况" not in found


@pytest.mark.usefixtures("library")
def test_what_rests_on_fewer_than_three_units_is_not_shown(office: Office, signed_in: Enter) -> None:
    """Nobody learns what a single unit promised."""
    assert [one.name for one in mined()] == ["服务对象满意度", "服务水平提升情况"]
    assert "只有一家用的满意度" not in ask(signed_in("clerk"), make_filing(office).pk, "k99/name", VAGUE)


@pytest.mark.parametrize("content", [b"", b"{}", b'{"schema": "other/1"}', None])
def test_a_file_that_is_no_library_suggests_nothing(tmp_path: Path, settings: Any, content: bytes) -> None:
    """A wrong or missing file costs the suggestions of the library and nothing else."""
    path = tmp_path / "wrong.json"
    if content is not None:
        path.write_bytes(content)
    settings.INDICATORS = str(path)
    assert mined() == ()


def test_without_the_setting_nothing_is_mined(settings: Any) -> None:
    """An office without a library is as before."""
    settings.INDICATORS = ""
    assert mined() == ()
