"""The indicator library mined from a corpus: clusters, quartiles that stand on forms, reasons, sources."""

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from jixiao.cli import jixiao
from jixiao.corpus.indicators.mining import canonical
from jixiao.desk.corpus.indicators import indicator_library
from jixiao.form import Actual, Form, Indicator, Operator, Project, Target
from jixiao.form.wire import encode, to_wire
from jixiao.writing.indicators.report import Entry, Library


def line(name: str, operator: Operator, target: str, unit: str, actual: str) -> Indicator:
    """One indicator of output."""
    value = target if operator != "qualitative" else None
    text = f"{operator}{target}{unit}" if value else target
    done = Actual(actual + unit, Decimal(actual), unit) if value else Actual(actual)
    return Indicator("产出指标", "数量指标", name, Target(text, operator, value, unit), done, Decimal(10), Decimal(10))


def some_forms() -> Sequence[Form]:
    """Five forms of three units that train people, one of which praises itself, too."""
    forms = []
    for at, (people, done) in enumerate([("100", "110"), ("80", "80"), ("120", "90"), ("100", "100"), ("300", "310")]):
        name = f"指标{at + 1}：培训 人次" if at % 2 else "培训人次"
        lines = (
            line(name, "≥" if at else "=", people, "人次", done),
            line("良好的社会效益", "qualitative", "良好", "", "良好"),
        )
        form = Form(title="项目支出绩效自评表", fiscal_year=2024, unit=f"第{at % 3}中心", indicators=lines)
        forms.append(replace(form, project=Project(f"培训{at}")))
    return forms


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The corpus of those forms, built by the command."""
    folder = tmp_path_factory.mktemp("indicators")
    (folder / "in").mkdir()
    (folder / "in" / "a.jsonl").write_bytes(b"\n".join(encode(to_wire(form)) for form in some_forms()))
    asked = ["corpus", "build", str(folder / "in"), "--out", str(folder / "out"), "--part", "3", "--processes", "1"]
    assert CliRunner().invoke(jixiao, asked, standalone_mode=False).exception is None
    return str(folder / "out")


@pytest.fixture(scope="module")
def library(corpus: str) -> Library:
    """Its library."""
    return indicator_library(corpus, 3, "")


def entry(library: Library, name: str) -> Entry:
    """The entry of that name."""
    return next(one for one in library.entries if one.name == name)


def test_lines_of_one_name_are_one_entry_however_they_are_numbered(library: Library) -> None:
    """Numbering and white space do not part what is the same; forms and units are counted, not lines."""
    people = entry(library, "培训人次")
    assert (people.forms, people.units, people.years, people.unit) == (5, 3, 1, "人次")
    assert people.operators == "≥ 4，= 1"
    assert canonical("指标12：培训 人次") == canonical("培训人次")


def test_quartiles_are_numbers_that_stand_on_forms(library: Library) -> None:
    """Of 80, 100, 100, 120, 300 the median is 100; of an even number the lower of two."""
    target, actual = entry(library, "培训人次").target, entry(library, "培训人次").actual
    numbers = (target.count, target.least, target.q1, target.median, target.q3, target.most)
    assert numbers == (5, Decimal(80), Decimal(100), Decimal(100), Decimal(120), Decimal(300))
    assert (actual.count, actual.median, actual.most) == (5, Decimal(100), Decimal(310))


def test_measurability_is_told_with_its_reasons(library: Library) -> None:
    """Seven facts of a counted indicator hold; of praise without a scale the failing ones come first."""
    people, praise = entry(library, "培训人次"), entry(library, "良好的社会效益")
    assert (people.measurability, len(people.reasons)) == (7, 7)
    assert praise.measurability < 4
    assert [text.zh for text in praise.reasons[:2]] == ["指标值没有数", "没有比较符号或期限"]
    assert {"指标值只是评语", "名称没有说明衡量什么"} <= {text.zh for text in praise.reasons}


def test_every_entry_names_the_forms_it_rests_on(library: Library) -> None:
    """File, form in the file, line, unit, project, promise and result."""
    sources = entry(library, "培训人次").sources
    assert [(one.file, one.number, one.line) for one in sources] == [("a.jsonl", at, 1) for at in range(1, 6)]
    assert (sources[2].project, sources[2].target, sources[2].actual) == ("培训2", Decimal(120), Decimal(90))


def test_the_library_stands_in_the_corpus_with_what_it_was_mined_from(corpus: str, library: Library) -> None:
    """Two Parquet tables, and in their metadata the digest of the corpus."""
    for name, count in (("indicator_library", 2), ("indicator_sources", 10)):
        path = Path(corpus) / name / "all.parquet"
        assert len(pl.read_parquet(path)) == count
        assert pl.read_parquet_metadata(path)["corpus"] == library.corpus


def test_the_command_searches_and_writes_each_kind(corpus: str) -> None:
    """Text with reasons and places, CSV with quartiles, JSON of the contract; the search holds for all."""
    told = {}
    for kind in ("text", "csv", "json"):
        asked = ["corpus", "indicators", corpus, "--search", "培训", "--format", kind, "--no-tables"]
        told[kind] = CliRunner().invoke(jixiao, asked, standalone_mode=False).stdout
    assert "可衡量性 7/7" in told["text"]
    assert "a.jsonl #3/1" in told["text"]
    (row,) = csv.DictReader(io.StringIO(told["csv"].lstrip("\ufeff")))
    assert (row["target_median"], row["actual_q3"]) == ("100", "110")
    document = json.loads(told["json"])
    assert (document["schema"], len(document["entries"])) == ("jixiao/indicators/1", 1)


def test_what_stands_on_too_few_forms_is_no_entry(corpus: str) -> None:
    """With six forms asked for, nothing is left, and nothing is said wrongly."""
    assert indicator_library(corpus, 6, "", keeping=False).entries == ()
