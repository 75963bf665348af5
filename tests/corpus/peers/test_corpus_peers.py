"""Similar projects from columns: the same file as form by form, and a table by indicator, level and band of money."""

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from corpus.made import some_forms
from jixiao.cli import ExitCode, jixiao
from jixiao.corpus.building.run import Asked
from jixiao.corpus.manifest import open_corpus
from jixiao.corpus.peers import peers_of, table_of
from jixiao.corpus.peers.lines import Lines
from jixiao.corpus.scanning import scan_of
from jixiao.desk.corpus.building import build_corpus, files_of, way_of
from jixiao.form import Actual, Form, FundRow, Funds, Indicator, Target, encode, to_wire
from jixiao.review.context import decode_peers
from jixiao.review.statistics import peers_from

UNITS = ("人次", "万人次", "%", "‰", "", "公里", "(万元)", "件", "天", "日")


def quantity(at: int) -> Form:
    """A form with two quantities of common names, its numbers and units differing from form to form."""
    target, actual = UNITS[at % 10], UNITS[(at * 7 + at // 10) % 10]
    value = Decimal(at * 37 % 101 + 1) + Decimal(at % 4).scaleb(-(at % 6))
    names = f"发放{'补贴' if at % 3 else ' 补 贴'}", "培训人数" if at % 11 == 0 else "巡查"
    people = Target("", "≥", str(at % 90 + 1), target)
    lines = (
        Indicator("产出指标", "数量指标", "1.培训人数", people, Actual("", value, actual)),
        Indicator("产出指标", "数量指标", names[0], Target("", "≥", "10", "户"), Actual("", Decimal(at % 8), "户")),
        Indicator("产出指标", "数量指标", names[1], Target("", "=", "5", target), Actual("", Decimal(7), actual)),
        Indicator("产出指标", "质量指标", "合格率", Target("", "≥", "95", "%"), Actual("", Decimal(96 + at % 3), "%")),
    )  # fmt: skip
    spent = FundRow(Decimal(90), Decimal(90), None if at % 13 == 0 else Decimal(at % 60).scaleb(-(at % 3)))
    unit = (None, "万元", "元", "美元")[at % 4]
    return Form(
        title="自评表", fiscal_year=2020 + at % 4, unit=f"单位{at % 9}", currency_unit=unit, funds=Funds(total=spent),
        indicators=lines,
    )  # fmt: skip


FORMS = [*map(quantity, range(160)), *some_forms(60)]


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A corpus of forms whose names repeat, one of them with more decimals than a cell holds."""
    place = tmp_path_factory.mktemp("peers")
    odd = replace(FORMS[5].indicators[0], actual=Actual("", Decimal("12.34567"), "人次"))
    FORMS[5] = replace(FORMS[5], indicators=(odd, *FORMS[5].indicators[1:]))
    (place / "in").mkdir()
    (place / "in" / "a.jsonl").write_bytes(b"".join(encode(to_wire(form)) + b"\n" for form in FORMS))
    build_corpus(files_of(place / "in"), str(place / "out"), way_of(), Asked(70, 1))
    return str(place / "out")


@pytest.mark.parametrize("least", [3, 5, 12])
def test_the_file_from_columns_is_the_one_from_forms(where: str, least: int) -> None:
    """Every name, unit, count and quartile is the same, to the last digit."""
    told = {"source": "甲", "on": "2025-01-01", "least": least}
    made = peers_of(Lines(scan_of(open_corpus(where))), source="甲", on="2025-01-01", least=least)
    wanted = peers_from(FORMS, **told)  # type: ignore[arg-type]
    assert len(wanted.indicators) > 3
    assert made == wanted


def test_the_table_says_what_others_did_for_similar_money(where: str) -> None:
    """A row a name, level and band of money; every project in one band; a unit cost for quantities alone."""
    lines = Lines(scan_of(open_corpus(where)))
    table = table_of(lines, 3)
    rate = table.filter(table["name"] == "合格率")
    held = [form for form in FORMS if form not in lines.beyond]
    assert 0 < len(lines.beyond) < len(FORMS) // 2
    assert rate["projects"].sum() == sum(any(line.name == "合格率" for line in form.indicators) for form in held)
    assert rate["unit_cost_median"].null_count() == len(rate)
    assert set(rate["promised_median"]) == {"95.00"}
    quantity_rows = table.filter(table["name"] == "发放补贴")
    assert quantity_rows["unit_cost_median"].drop_nulls().len() > 0
    assert {"", "0–10000"} <= set(quantity_rows["money"])


def test_the_command_writes_both(where: str, tmp_path: Path) -> None:
    """JSON is what check --peers takes, CSV a table."""
    for kind, name in (("json", "peers.json"), ("csv", "peers.csv")):
        asked = ["corpus", "peers", where, "--format", kind, "--out", str(tmp_path / name)]
        assert CliRunner().invoke(jixiao, asked, standalone_mode=False).return_value == ExitCode.NOTHING
    assert decode_peers((tmp_path / "peers.json").read_bytes()).projects == len(FORMS)
    assert (tmp_path / "peers.csv").read_text("utf-8-sig").startswith("level1,level2,name,unit,money,projects,payers")
